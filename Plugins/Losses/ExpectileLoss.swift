import GliaCore

/// The asymmetric squared error: 1/(n k) Σ τ (target - prediction)² if the prediction is too low, otherwise
/// (1 - τ) (prediction - target)². It is minimized by the τ-expectile of the targets.
///
/// With τ = ½, it is half the mean squared error, minimized by the mean. Expectiles generalize the mean as quantiles generalize
/// the median, but the loss is smooth at equality.
///
/// Source: Newey and Powell, "Asymmetric least squares estimation and testing" (1987).
///
/// See also ``QuantileLoss``.
public struct ExpectileLoss: ElementwiseLoss {
  public static let name = "expectile"
  public static let summary = "the squared error, weighted by the sign of the error so as to predict an expectile"
  public static var examples: [JSON] {
    [["tau": 0.9]]
  }
  /// The expectile τ to predict, between 0 and 1; 0.5 is the mean.
  public var tau: Float = 0.5
  /// Creates an expectile loss for the mean.
  public init() {}
  /// Creates an expectile loss for the given expectile.
  public init(tau: Float) { self.tau = tau }

  public func validate() throws {
    try require(tau > 0 && tau < 1, "tau", tau, expected: "a number above 0 and below 1")
  }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let error = prediction - target
    return T(error < 0 ? tau : 1 - tau) * error * error
  }
}

extension Loss where Self == ExpectileLoss {
  /// The expectile loss for the mean.
  public static var expectile: ExpectileLoss { ExpectileLoss() }
  /// The expectile loss for the given expectile, between 0 and 1.
  public static func expectile(tau: Float) -> ExpectileLoss { ExpectileLoss(tau: tau) }
}
