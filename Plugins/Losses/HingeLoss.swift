import GliaCore

/// The hinge loss of a score z and a label y of ±1: 1/(n k) Σ max(0, 1 - y z). The decision threshold is 0.
///
/// Source: Cortes and Vapnik, "Support-vector networks" (1995).
public struct HingeLoss: ElementwiseLoss {
  public static let name = "hinge"
  public static let summary = "the mean of max(0, 1 - y z) for labels y = ±1"
  /// Creates a hinge loss.
  public init() {}
  public var targetEncoding: TargetEncoding { .binary(negative: -1, positive: 1) }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let margin = 1 - target * prediction
    return margin <= 0 ? 0 : margin
  }
}

extension Loss where Self == HingeLoss {
  /// The hinge loss.
  public static var hinge: HingeLoss { HingeLoss() }
}
