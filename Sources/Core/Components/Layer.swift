/// A step of a network: turns a batch of inputs into a batch of outputs, and gradients back.
///
/// Layers own no memory. When the network is built, a layer plans what it needs for an input shape, by names; in every pass it
/// finds exactly that in the context, by the same names. A layer that is one formula need not say how gradients go back: see
/// ``FormulaLayer``. A layer that holds others is a ``ContainerLayer``.
///
/// ```swift
/// struct Scale: Layer {                                        // yⱼ = gainⱼ xⱼ
///   static let name = "scale"
///   func plan(input: [Int]) throws -> LayerPlan {
///     try LayerPlan(output: input, parameters: [ParameterPlan("gain", shape: input)])
///   }
///   func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
///     let gain = context.parameters["gain"]
///     for i in 0..<x.rows { y.row(i).assign(x.row(i), gain) { x, gain in gain * x } }
///   }
///   func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
///     let gain = context.parameters["gain"]
///     let slope = context.gradients["gain"]
///     slope.fill(0)
///     for i in 0..<dy.rows {
///       slope.update(dy.view.row(i), context.x.row(i)) { slope, dy, x in slope += dy * x }
///       dx.row(i).assign(dy.view.row(i), gain) { dy, gain in gain * dy }
///     }
///   }
/// }
/// ```
public protocol Layer: Component {
  /// What the layer needs for inputs whose samples have the shape `input`; throws if they do not fit.
  func plan(input: [Int]) throws -> LayerPlan

  /// Writes the outputs `y` for the inputs `x`.
  ///
  /// - Parameters:
  ///   - x: the inputs: batch × the shape of a sample.
  ///   - y: the outputs, all to be written: batch × the planned shape.
  ///   - context: the layer's tensors by name, and whether this is training.
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext)

  /// Turns the loss's gradient with respect to the outputs into those with respect to the inputs and the parameters.
  ///
  /// - Parameters:
  ///   - dy: the gradient with respect to the outputs; the layer may overwrite it.
  ///   - dx: the gradient with respect to the inputs, to be written; what is written where
  ///     ``BackwardContext/needsInputGradient`` is false is not used.
  ///   - context: inputs and outputs of the forward pass, and the layer's tensors by name, its gradients to be written.
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext)

  /// Refuses inputs that the layer cannot take, such as a word that an embedding does not have; asked of the first layer
  /// whenever a network is given samples.
  func checkInputs(_ samples: Tensor) throws
  /// What will not work although nothing is wrong with it, for samples of the shape `input` in batches of `batch`, each with
  /// its evidence and what helps.
  func warnings(input: [Int], batch: Int) -> [String]
  /// Whether each output depends on several inputs, so that those of a larger scale drown the others.
  var mixesInputs: Bool { get }
  /// The layer as it is written into a model file, with the defaults that depend on other settings filled in.
  func resolved() -> any Layer
  /// The layer without its output activation, and that activation, so that a loss can be computed from the logits;
  /// nil if there is none to take off.
  func separatingActivation() -> (logits: any Layer, activation: any Activation)?
  /// A few words for the table of layers, such as `tanh`.
  var detail: String { get }
}

extension Layer {
  /// The kind `layer`.
  public static var kind: ComponentKind { .layer }
  /// Every number is accepted.
  public func checkInputs(_ samples: Tensor) throws {}
  /// Nothing to warn of.
  public func warnings(input: [Int], batch: Int) -> [String] { [] }
  /// Each input goes its own way.
  public var mixesInputs: Bool { false }
  /// Itself.
  public func resolved() -> any Layer { self }
  /// Nothing to take off.
  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? { nil }
  /// Nothing to add.
  public var detail: String { "" }
}

extension [any Layer] {
  /// What the layers, one after the other, warn of.
  public func warnings(input: [Int], batch: Int) -> [String] {
    var shape = input
    return flatMap { layer in
      defer { shape = (try? layer.plan(input: shape).output) ?? shape }
      return layer.warnings(input: shape, batch: batch)
    }
  }
}
