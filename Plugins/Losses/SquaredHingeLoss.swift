import GliaCore

/// The squared hinge loss of a score z and a label y of ±1: 1/(n k) Σ max(0, 1 - y z)². The decision threshold is 0.
public struct SquaredHingeLoss: ElementwiseLoss {
  public static let name = "squared_hinge"
  public static let summary = "the mean of max(0, 1 - y z)² for labels y = ±1"
  /// Creates a squared hinge loss.
  public init() {}
  public var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let margin = 1 - target * prediction
    return margin <= 0 ? 0 : margin * margin
  }
}

extension Loss where Self == SquaredHingeLoss {
  /// The squared hinge loss.
  public static var squaredHinge: SquaredHingeLoss { SquaredHingeLoss() }
}
