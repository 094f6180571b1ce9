import GliaCore

/// A layer that randomly sets inputs to zero during training: y = x · d / (1 - rate), where d is 0 with probability `rate`
/// and 1 otherwise.
///
/// The scaling keeps the expected value, so inference passes the inputs through unchanged.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks
/// from overfitting" (2014).
public struct Dropout: Layer {
  public static let name = "dropout"
  public static let summary = "a layer that randomly sets inputs to zero during training"
  /// The probability of dropping an input.
  public var rate: Float = 0.5

  /// Creates a dropout layer with rate 0.5.
  public init() {}
  /// Creates a dropout layer that drops inputs with probability `rate`.
  public init(_ rate: Float) { self.rate = rate }

  public func validate() throws {
    try require(rate >= 0 && rate < 1, "rate", rate, expected: "a probability of at least 0 and below 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, saved: [SavedPlan("factor", perSample: input)])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    guard context.isStochastic else { return y.copy(x) }
    var random = context.random
    let scale = 1 / (1 - rate)
    let factor = context.saved["factor"]
    for i in x.indices {
      factor[i] = random.uniform(0, 1) < rate ? 0 : scale
      y[i] = x[i] * factor[i]
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    guard context.isTraining else { return dx.copy(dy.view) }
    dx.assign(dy.view, context.saved["factor"].view) { dy, factor in dy * factor }
  }

  public var isStochastic: Bool { rate > 0 }

  public var detail: String { "\(rate)" }
}
