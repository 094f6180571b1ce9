import GliaCore

/// The quantile (pinball) loss: 1/(n k) Σ q (target - prediction) if the prediction is too low, otherwise
/// (1 - q) (prediction - target). It is minimized by the q-quantile of the targets; the gradient is 0 at equality.
///
/// Source: Koenker and Bassett, "Regression quantiles" (1978).
public struct QuantileLoss: ElementwiseLoss {
  public static let name = "quantile"
  public static let aliases = ["pinball"]
  public static let summary = "the absolute error, weighted by its sign so as to predict a quantile"
  public static var examples: [JSON] {
    [["quantile": 0.9]]
  }
  /// The quantile q to predict, between 0 and 1; 0.5 is the median.
  public var quantile: Float = 0.5
  /// Creates a quantile loss for the median.
  public init() {}
  /// Creates a quantile loss for the given quantile.
  public init(_ quantile: Float) { self.quantile = quantile }

  public func validate() throws {
    try require(quantile > 0 && quantile < 1, "quantile", quantile, expected: "a number above 0 and below 1")
  }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    T(prediction < target ? quantile : 1 - quantile) * magnitude(of: prediction - target)
  }
}

extension Loss where Self == QuantileLoss {
  /// The quantile loss for the median.
  public static var quantile: QuantileLoss { QuantileLoss() }
  /// The quantile loss for the given quantile, between 0 and 1.
  public static func quantile(_ quantile: Float) -> QuantileLoss { QuantileLoss(quantile) }
}
