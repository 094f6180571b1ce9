import GliaCore

/// The negative log-likelihood of Poisson counts: 1/(n k) Σ (prediction - target ln prediction), without the constant
/// ln target!.
///
/// Predictions are positive rates, clipped to at least 1e-7; the gradient is 0 below. Targets must be non-negative.
public struct PoissonLoss: ElementwiseLoss {
  public static let name = "poisson"
  public static let summary = "the mean of prediction - target ln prediction, for counts"
  /// Creates a Poisson loss.
  public init() {}
  public var domain: ClosedRange<Float>? { 0...(.infinity) }
  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    try require(targets, "a number of 0 or more") { $0 >= 0 }
  }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let rate = prediction < 1e-7 ? 1e-7 : prediction
    return rate - target * .log(rate)
  }
}

extension Loss where Self == PoissonLoss {
  /// The negative log-likelihood of Poisson counts.
  public static var poisson: PoissonLoss { PoissonLoss() }
}
