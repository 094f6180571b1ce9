import GliaCore

/// The fraction of samples whose true class is among the `k` largest outputs; equal outputs rank in class order.
///
/// With `k` = 1, it is the accuracy; if `k` is at least the number of classes, it is 1.
public struct TopKAccuracy: Metric {
  public static let name = "top_k_accuracy"
  public static let aliases = ["top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy"]
  public static let summary = "the fraction of samples whose true class is among the k largest outputs"
  /// The number of largest outputs to consider.
  public var k = 5
  public var unit: String { "%" }
  public var higherIsBetter: Bool { true }

  /// Creates a metric that considers the five largest outputs.
  public init() {}
  /// Creates a metric that considers the `k` largest outputs.
  public init(k: Int) { self.k = k }

  public func validate() throws { try require(k >= 1, "k", k, expected: "a whole number of at least 1") }

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireClasses(encoding)
    guard case .binary = encoding else { return }
    throw GliaError(
      "\(Self.name) is undefined for binary targets", expected: "one output per class",
      remedy: "use accuracy instead")
  }

  public func value(of predictions: Predictions) -> Double {
    let (width, scores) = (predictions.width, predictions.logits ?? predictions.outputs)
    return predictions.mean { row in
      let right = predictions.targetClass(row)
      guard right < width else { return 0 }
      let own = scores[row * width + right]
      // NaN, which is not comparable, counts as larger.
      let larger = (0..<width).count { other in
        let score = scores[row * width + other]
        return other != right && !(score < own || (score == own && other > right))
      }
      return larger < k ? 1 : 0
    }
  }
}

extension Metric where Self == TopKAccuracy {
  /// The fraction of samples whose true class is among the `k` largest outputs.
  public static func topKAccuracy(k: Int = 5) -> TopKAccuracy { TopKAccuracy(k: k) }
}
