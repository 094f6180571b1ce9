import GliaCore

/// The area under the receiver operating characteristic (ROC) curve.
///
/// It is the probability P(a > b) that the output a for a random sample of the class is larger than the output b for a random
/// sample of another class, where ties count half. If the loss is computed from logits, the logits are compared.
///
/// For more than two classes, it is the mean over the classes, each against the rest; for several labels, the mean over the
/// labels. Classes with no samples or with all samples are omitted; if no class remains, the area is NaN.
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve"
/// (1982).
public struct ROCAUC: Metric {
  public static let name = "roc_auc"
  public static let aliases = ["auc"]
  public static let summary = "the area under the receiver operating characteristic (ROC) curve"
  public var higherIsBetter: Bool { true }
  /// Creates an ROC AUC metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(of predictions: Predictions) -> Double {
    let (width, scores, encoding) = (predictions.width, predictions.scores, predictions.encoding)
    var samples = [Sample](repeating: Sample(score: 0, isPositive: false, weight: 0), count: predictions.rows)
    var areas: [Double] = []
    for column in 0..<width {
      for row in samples.indices {
        let place = row * width + column
        samples[row] = Sample(
          score: scores[place],
          isPositive: encoding == .index
            ? predictions.targets[row] == Float(column) : predictions.targets[place] > encoding.threshold,
          weight: predictions.weight(row))
      }
      if let area = Self.area(samples) { areas.append(area) }
    }
    return areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)
  }

  private struct Sample {
    var score: Double
    var isPositive: Bool
    var weight: Double
  }

  /// Returns the area for one class against the rest; nil if either has no samples.
  private static func area(_ samples: [Sample]) -> Double? {
    func total(_ isPositive: Bool) -> Double {
      samples.reduce(0) { $1.isPositive == isPositive ? $0 + $1.weight : $0 }
    }
    let (positives, negatives) = (total(true), total(false))
    guard positives > 0, negatives > 0 else { return nil }
    guard !samples.contains(where: { $0.score.isNaN }) else { return .nan }
    let sorted = samples.sorted { $0.score < $1.score }
    var (area, below, start) = (0.0, 0.0, 0)
    while start < sorted.count {
      var (end, equalPositives, equalNegatives) = (start, 0.0, 0.0)
      while end < sorted.count, sorted[end].score == sorted[start].score {
        if sorted[end].isPositive { equalPositives += sorted[end].weight } else { equalNegatives += sorted[end].weight }
        end += 1
      }
      area += equalPositives * (below + equalNegatives / 2)
      below += equalNegatives
      start = end
    }
    return area / positives / negatives
  }
}

extension Metric where Self == ROCAUC {
  /// The area under the ROC curve.
  public static var rocAUC: ROCAUC { ROCAUC() }
}
