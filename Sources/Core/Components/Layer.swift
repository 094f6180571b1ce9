/// A step of a network: turns a batch of inputs into a batch of outputs, and gradients back.
///
/// Layers own no memory. When the network is built, a layer plans what it needs for an input shape; in every pass it is
/// handed views of exactly that. Containers are layers that hand views on to the layers they hold (``LayerStack``).
public protocol Layer: Component {
  /// What the layer needs for inputs whose samples have the shape `input`; throws if they do not fit.
  func plan(input: [Int]) throws -> LayerPlan

  /// Writes the outputs `y` for the inputs `x`.
  ///
  /// - Parameters:
  ///   - x: batch × input numbers.
  ///   - y: batch × output numbers, to be written.
  ///   - parameters: what the layer learned, as planned.
  ///   - state: what the layer remembers beside, as planned; changed in training only.
  ///   - memory: what the layer keeps from forward to backward, as planned.
  ///   - pass: the batch size, and whether this is training.
  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass)

  /// Turns the loss's gradient with respect to `y` into those with respect to `x` and the parameters.
  ///
  /// - Parameters:
  ///   - dy: batch × output numbers; the layer may use them up.
  ///   - dx: batch × input numbers, to be written; empty where nobody needs them.
  ///   - x: the inputs of the forward pass.
  ///   - y: its outputs.
  ///   - parameters: what the layer learned.
  ///   - gradients: one number a parameter, to be written.
  ///   - memory: what the forward pass kept.
  ///   - pass: the same as in the forward pass.
  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass)

  /// Refuses inputs that the layer cannot take, such as a word that an embedding does not have; asked of the first layer
  /// whenever a network is given samples.
  func check(_ samples: Tensor) throws
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
  public func check(_ samples: Tensor) throws {}
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

/// The context of one forward or backward pass.
public struct LayerPass: Sendable {
  /// How many samples.
  public let batch: Int
  /// Whether the network is being trained; dropout, for one, acts only then.
  public let isTraining: Bool
  /// What the layer planned.
  public let plan: LayerPlan
  /// What this layer's random draws in this step start from.
  let key: UInt64
  /// What layers report; nil where nobody asks.
  nonisolated(unsafe) var report: UnsafeMutablePointer<PassReport>?

  /// A pass of `batch` samples through the layer that made `plan`.
  public init(
    batch: Int, isTraining: Bool = false, plan: LayerPlan, key: UInt64 = 0
  ) {
    self.batch = batch
    self.isTraining = isTraining
    self.plan = plan
    self.key = key
  }

  /// A generator for this layer and this step.
  public var random: Random { Random(seed: key) }

  /// Tells that `count` of the layer's parameter gradients, each told once, are finite: when all are, nobody looks again.
  ///
  /// Nobody listens in networks with containers, which may change what their layers wrote.
  public func vouch(forFinite count: Int) { report?.pointee.finiteGradients += count }

  /// The same pass for the layer's child `index`.
  public func child(_ index: Int) -> LayerPass {
    var pass = LayerPass(
      batch: batch, isTraining: isTraining, plan: plan.children[index],
      key: Random.mix(key &+ UInt64(index) &+ 1))
    pass.report = report
    return pass
  }
}

/// What the layers tell about a pass.
struct PassReport {
  /// The penalty on their activities.
  var penalty: Float = 0
  /// How many gradients they vouch for.
  var finiteGradients = 0
}
