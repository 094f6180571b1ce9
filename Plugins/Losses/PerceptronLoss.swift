import GliaCore

/// What the perceptron makes small, for a score z and a label y of ±1: 1/(n k) Σ max(0, -y z). Scores are decided at 0.
///
/// With plain gradient descent, one sample at a time, it is the perceptron learning rule: w ← w + η y x for each sample on the
/// wrong side, and for one on the border, so that weights of 0 start to learn (the gradient at z = 0 is -y). After an
/// activation with the link `threshold` it is computed from that activation's input.
///
/// Source: Rosenblatt, "The perceptron" (1958).
public struct PerceptronLoss: ElementwiseLoss {
  public static let name = "perceptron"
  public static let summary = "mean of max(0, -y z), labels ±1; the perceptron rule"
  /// The loss of the perceptron learning rule.
  public init() {}
  public var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  public func fromLogits(of link: Link) -> (any Loss)? { link == .threshold ? self : nil }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let agreement = target * prediction
    return agreement > 0 ? 0 : -agreement
  }
}

extension Loss where Self == PerceptronLoss {
  /// The loss of the perceptron learning rule.
  public static var perceptron: PerceptronLoss { PerceptronLoss() }
}
