import GliaCore

/// The logistic loss of a score z and a label y of ±1: 1/(n k) Σ ln(1 + e^(-y z)), with gradient -y σ(-y z) / (n k).
///
/// It equals the binary cross-entropy of σ(z) for labels ±1; the output layer is linear, and the decision threshold is 0.
public struct LogisticLoss: ElementwiseLoss {
  public static let name = "logistic"
  public static let summary = "the mean of ln(1 + e^(-y z)) for labels y = ±1"
  /// Creates a logistic loss.
  public init() {}
  public var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    .softplus(-target * prediction)
  }
}

extension Loss where Self == LogisticLoss {
  /// The logistic loss.
  public static var logistic: LogisticLoss { LogisticLoss() }
}
