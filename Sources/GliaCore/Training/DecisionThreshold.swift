import RealModule

/// Where the decision between two classes, or for a label, is made: at a given score, or where a metric is highest on the
/// validation part.
public enum DecisionThreshold: Hashable, Sendable, Codable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// The second class, or the label, is predicted above this output: a probability or, for losses that decide at 0, a score.
  case score(Float)
  /// The threshold that maximizes a metric on the validation part, of the positive class: the second of two, or the one named.
  case maximizing(ThresholdMetric, positive: String? = nil)

  /// Creates a threshold at a score.
  public init(floatLiteral score: Float) { self = .score(score) }
  /// Creates a threshold at a score.
  public init(integerLiteral score: Int) { self = .score(Float(score)) }

  /// The score; nil if it is to be chosen.
  public var score: Float? { if case .score(let score) = self { score } else { nil } }

  /// A metric of the class named, as in `{"metric": "f1", "positive": "yes"}`.
  private struct MetricOfClass: Codable {
    let metric: ThresholdMetric
    let positive: String?
  }

  /// Decodes a number, the name of a metric, or an object with `metric` and `positive`; throws for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(JSON.self) {
    case .number: self = .score(try container.decode(Float.self))
    case .string: self = .maximizing(try container.decode(ThresholdMetric.self))
    case .object:
      let form = try container.decode(MetricOfClass.self)
      self = .maximizing(form.metric, positive: form.positive)
    case let json:
      throw GliaError(
        "expected a threshold, found \(json.found)", at: decoder.dottedPath,
        expected: "a number, or one of " + ThresholdMetric.allCases.map(\.rawValue).joined(separator: ", ")
          + #", or an object such as {"metric": "f1", "positive": "yes"}"#)
    }
  }

  /// Encodes the number, the name of the metric, or the metric with its positive class.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .score(let score): try container.encode(score)
    case .maximizing(let metric, nil) where !encoder.writesInFull: try container.encode(metric)
    case .maximizing(let metric, let positive):
      try container.encode(MetricOfClass(metric: metric, positive: positive))
    }
  }
}

/// A metric of the decisions between two classes that a threshold can maximize.
public enum ThresholdMetric: String, Choice {
  /// The F1 score of the positive class: 2 tp / (2 tp + fp + fn). The other metrics are the same for both classes.
  case f1
  /// The mean recall of the two classes; it is highest where Youden's index is (Youden, "Index for rating diagnostic tests",
  /// 1950).
  case balancedAccuracy = "balanced_accuracy"
  /// The fraction of correct decisions.
  case accuracy
  /// The Matthews correlation coefficient (Matthews, 1975).
  case matthewsCorrelation = "matthews_correlation"

  /// Returns the value for the weights of true and false positives and negatives; 0 where it is undefined.
  func callAsFunction(tp: Double, fp: Double, tn: Double, fn: Double) -> Double {
    func ratio(_ a: Double, _ b: Double) -> Double { b > 0 ? a / b : 0 }
    return switch self {
    case .f1: ratio(2 * tp, 2 * tp + fp + fn)
    case .balancedAccuracy: (ratio(tp, tp + fn) + ratio(tn, tn + fp)) / 2
    case .accuracy: ratio(tp + tn, tp + fp + tn + fn)
    case .matthewsCorrelation:
      ratio(
        tp * tn - fp * fn,
        (tp + fp).squareRoot() * (tp + fn).squareRoot() * (tn + fp).squareRoot()
          * (tn + fn).squareRoot())
    }
  }
}
