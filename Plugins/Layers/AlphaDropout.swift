import GliaCore

/// Dropout for self-normalizing networks: during training, each input is set to -λα with probability `rate`, and an affine
/// transformation then restores the mean 0 and variance 1 of the inputs.
///
/// y = a (d x + (1 - d) α′) + b with α′ = -λα ≈ -1.7581, d = 1 with probability q = 1 - rate, a = (q + α′² q (1 - q))^(-½)
/// and b = -a (1 - q) α′.
///
/// Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks" (2017).
public struct AlphaDropout: Layer {
  public static let name = "alpha_dropout"
  public static let summary = "dropout that keeps the mean and variance of SELU activations"
  /// The probability of dropping an input, that is, of setting it to -λα.
  public var rate: Float = 0.5

  /// Creates an alpha dropout layer with rate 0.5.
  public init() {}
  /// Creates an alpha dropout layer that drops inputs with probability `rate`.
  public init(_ rate: Float) { self.rate = rate }

  public func validate() throws {
    try require(rate >= 0 && rate < 1, "rate", rate, expected: "a probability of at least 0 and below 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, saved: [SavedPlan("factor", perSample: input)])
  }

  /// -λα, the limit of SELU at -∞.
  private static let saturation: Float = -1.758_099_3

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    guard context.isStochastic else { return y.copy(x) }
    var random = context.random
    let kept = 1 - rate
    let scale = 1 / (kept + Self.saturation * Self.saturation * kept * rate).squareRoot()
    let shift = -scale * rate * Self.saturation
    let factor = context.saved["factor"]
    for i in x.indices {
      factor[i] = random.uniform(0, 1) < rate ? 0 : scale
      y[i] = (factor[i] == 0 ? scale * Self.saturation : scale * x[i]) + shift
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    guard context.isTraining else { return dx.copy(dy.view) }
    dx.assign(dy.view, context.saved["factor"].view) { dy, factor in dy * factor }
  }

  public var isStochastic: Bool { rate > 0 }

  public var detail: String { "\(rate)" }
}
