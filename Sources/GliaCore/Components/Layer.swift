/// A layer of a network: maps a batch of inputs to a batch of outputs, and gradients back.
///
/// Layers own no memory. When the network is built, a layer plans the tensors it needs for an input shape, by name; in every
/// pass it finds exactly those in the context, under the same names. A layer given by one formula need not define its backward
/// pass: see ``FormulaLayer``. A layer that contains others is a ``ContainerLayer``.
///
/// ```swift
/// struct Scale: Layer {                                        // yⱼ = gainⱼ xⱼ
///   static let name = "scale"
///   func plan(input: [Int]) throws -> LayerPlan {
///     try LayerPlan(output: input, parameters: [ParameterPlan("gain", shape: [input.last ?? 1], initializer: .ones)])
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
  /// Returns what the layer needs for inputs whose samples have the shape `input`; throws if the shape does not fit.
  func plan(input: [Int]) throws -> LayerPlan

  /// Writes the outputs `y` for the inputs `x`.
  ///
  /// - Parameters:
  ///   - x: the inputs: batch × the shape of a sample.
  ///   - y: the outputs, to be written completely: batch × the planned shape.
  ///   - context: the layer's tensors by name, and whether this is training.
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext)

  /// Computes the gradients with respect to the inputs and the parameters from the gradient with respect to the outputs.
  ///
  /// - Parameters:
  ///   - dy: the gradient with respect to the outputs; the layer may overwrite it.
  ///   - dx: the gradient with respect to the inputs, to be written; ignored where ``BackwardContext/needsInputGradient`` is
  ///     false.
  ///   - context: inputs and outputs of the forward pass, and the layer's tensors by name, including its gradients to be
  ///     written.
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext)

  /// Throws if the layer cannot process the inputs, such as a word index outside an embedding's vocabulary; called on the first
  /// layer whenever a network receives samples.
  func checkInputs(_ samples: Tensor) throws
  /// Returns warnings about settings that are valid but will not work well, for samples of the shape `input` in batches of
  /// `batch`, each with its evidence and a remedy.
  func warnings(input: [Int], batch: Int) -> [String]
  /// Whether each output depends on several inputs, so that inputs on a larger scale dominate the others.
  var mixesInputs: Bool { get }
  /// Returns the inputs that each output depends on, for `inputs` numbers per sample; nil if each may depend on all, or only on
  /// its own.
  func dependencies(inputs: Int) -> [[Int]]?
  /// Returns the layer as it is written to a model file, with the defaults that depend on other settings filled in.
  func resolved() -> any Layer
  /// Returns the layer without its output activation, and that activation, so that a loss can be computed from the logits; nil
  /// if there is none to separate.
  func separatingActivation() -> (logits: any Layer, activation: any Activation)?
  /// The activation that determines the range and the meaning of the outputs, even if it cannot be separated, as in a mean
  /// of probabilities; nil if there is none.
  var outputActivation: (any Activation)? { get }
  /// Whether the layer draws random numbers wherever ``ForwardContext/isStochastic`` is true, as dropout does.
  var isStochastic: Bool { get }
  /// A short note for the table of layers, such as `tanh`.
  var detail: String { get }
}

extension Layer {
  /// The kind `layer`.
  public static var kind: ComponentKind { .layer }
  /// Accepts all numbers.
  public func checkInputs(_ samples: Tensor) throws {}
  /// Returns no warnings.
  public func warnings(input: [Int], batch: Int) -> [String] { [] }
  /// False: each output depends on one input.
  public var mixesInputs: Bool { false }
  /// Returns nil: unknown.
  public func dependencies(inputs: Int) -> [[Int]]? { nil }
  /// Returns itself.
  public func resolved() -> any Layer { self }
  /// Returns nil: no activation to separate.
  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? { nil }
  /// The activation that can be separated.
  public var outputActivation: (any Activation)? { separatingActivation()?.activation }
  /// False: no random numbers.
  public var isStochastic: Bool { false }
  /// Empty: no note.
  public var detail: String { "" }
}

extension [any Layer] {
  /// Returns the warnings of the layers in a sequence.
  public func warnings(input: [Int], batch: Int) -> [String] {
    var shape = input
    return flatMap { layer in
      defer { shape = (try? layer.plan(input: shape).output) ?? shape }
      return layer.warnings(input: shape, batch: batch)
    }
  }
}
