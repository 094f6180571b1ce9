import GliaCore

/// The perceptron criterion for a score z and a label y of ±1: 1/(n k) Σ max(0, -y z). The decision threshold is 0.
///
/// Stochastic gradient descent on single samples amounts to the perceptron learning rule: w ← w + η y x for each
/// misclassified sample. Samples on the decision boundary count as misclassified (the gradient at z = 0 is -y), so training can
/// start from zero weights. After an activation with the link `threshold`, the loss is computed from the activation's input.
///
/// Source: Rosenblatt, "The perceptron" (1958).
public struct PerceptronLoss: ElementwiseLoss {
  public static let name = "perceptron"
  public static let summary = "the mean of max(0, -y z) for labels y = ±1; yields the perceptron learning rule"
  /// Creates a perceptron loss.
  public init() {}
  public var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  public func fromLogits(of link: Link) -> (any Loss)? { link == .threshold ? self : nil }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let agreement = target * prediction
    return agreement > 0 ? 0 : -agreement
  }
}

extension Loss where Self == PerceptronLoss {
  /// The perceptron criterion.
  public static var perceptron: PerceptronLoss { PerceptronLoss() }
}
