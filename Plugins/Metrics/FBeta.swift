import GliaCore

/// The F-beta score, the weighted harmonic mean of precision and recall, in which the recall counts β times as much.
///
/// Per class, it is (1 + β²) · true positives / (predicted + β² · actual), or 0 if the denominator is 0. With β = 1, it is the
/// F1 score; with β = 0, the precision. Source: van Rijsbergen, "Information retrieval" (1979).
///
/// See also ``F1Score``.
public struct FBeta: Metric {
  public static let name = "f_beta"
  public static let aliases = ["fbeta", "fbeta_score"]
  public static let summary = "the harmonic mean of precision and recall, with recall weighted by beta"
  public static var examples: [JSON] {
    [["beta": 0.5, "average": "micro"]]
  }
  /// The weight β of the recall relative to the precision.
  public var beta = 1.0
  /// How the classes are averaged; nil for `binary` with two classes and `macro` otherwise.
  public var average: MetricAverage? = nil
  public var higherIsBetter: Bool { true }

  /// Creates an F-beta score with β = 1.
  public init() {}
  /// Creates an F-beta score with the given β and average over the classes.
  public init(beta: Double, average: MetricAverage? = nil) { (self.beta, self.average) = (beta, average) }

  public func validate() throws {
    try require(beta >= 0 && beta <= 1e6, "beta", beta, expected: "a number from 0 to 1e6")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
    try average.check(Self.name, outputs: outputs, encoding: encoding)
  }

  public func value(of predictions: Predictions) -> Double {
    let square = beta * beta
    return average.value(of: ClassCounts(predictions)) { hits, predicted, actual in
      ((1 + square) * hits, predicted + square * actual)
    }
  }
}

extension Metric where Self == FBeta {
  /// The F-beta score with the given β.
  public static func fBeta(_ beta: Double) -> FBeta { FBeta(beta: beta) }
  /// The F-beta score with the given β and average over the classes.
  public static func fBeta(_ beta: Double, average: MetricAverage) -> FBeta { FBeta(beta: beta, average: average) }
}
