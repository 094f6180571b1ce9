import GliaCore

/// The perceptron criterion for a score z and a label y of ±1: 1/(n k) Σ max(0, -y z). The decision threshold is 0.
///
/// With plain gradient descent, one sample at a time, it gives the perceptron learning rule: w ← w + η y x for each
/// misclassified sample, and for one on the boundary (the gradient at z = 0 is -y), so that zero weights can learn. After an
/// activation with the link `threshold`, it is computed from the input of that activation.
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
