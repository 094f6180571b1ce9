import GliaCore

/// The mean pinball (quantile) loss: 1/n Σ q (target - prediction) if the prediction is too low, otherwise
/// (1 - q) (prediction - target), averaged over the outputs.
///
/// It measures predictions of the q-quantile of the targets. With q = ½, it is half the mean absolute error. Source: Koenker and
/// Bassett, "Regression quantiles" (1978).
///
/// See also the loss `quantile`.
public struct Pinball: Metric {
  public static let name = "pinball"
  public static let aliases = ["mean_pinball_loss"]
  public static let summary = "the mean absolute error, weighted by its sign so as to measure quantiles"
  public static var examples: [JSON] {
    [["quantile": 0.9]]
  }
  /// The quantile q, between 0 and 1; 0.5 is the median.
  public var quantile = 0.5
  public var higherIsBetter: Bool { false }

  /// Creates a pinball metric for the median.
  public init() {}
  /// Creates a pinball metric for the given quantile.
  public init(quantile: Double) { self.quantile = quantile }

  public func validate() throws {
    try require(quantile > 0 && quantile < 1, "quantile", quantile, expected: "a number above 0 and below 1")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireNumbers(encoding) }

  public var isShiftInvariant: Bool { true }
  public func value(of predictions: Predictions) -> Double {
    predictions.meanOverOutputs { prediction, target in
      prediction < target ? quantile * (target - prediction) : (1 - quantile) * (prediction - target)
    }
  }
}

extension Metric where Self == Pinball {
  /// The mean pinball loss for the given quantile, between 0 and 1.
  public static func pinball(quantile: Double = 0.5) -> Pinball { Pinball(quantile: quantile) }
}
