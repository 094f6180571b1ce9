import GliaCore

/// How a metric is averaged over the classes.
public enum MetricAverage: String, Choice {
  /// The unweighted mean over the classes.
  case macro
  /// The value computed from the counts summed over all classes.
  case micro
  /// The mean over the classes, weighted by their numbers of samples.
  case weighted
  /// The value of the positive class, the second of two.
  case binary
}

extension MetricAverage? {
  /// Throws if the average is `binary`, but there are not two classes.
  func check(_ name: String, outputs: Int, encoding: TargetEncoding) throws {
    let isTwo = encoding.classCount(width: outputs) == 2 && !encoding.isMultiLabel(width: outputs)
    guard self == .binary, !isTwo else { return }
    throw GliaError(
      "\(name) has no positive class: there are \(outputs) \(encoding.isMultiLabel(width: outputs) ? "labels" : "classes")",
      at: "average", expected: "two classes", remedy: "use macro, micro or weighted")
  }

  /// Returns the average of `numerator` / `denominator`, where a quotient with denominator 0 is 0.
  ///
  /// If nil, the average is `binary` for two classes, otherwise `macro`. Means are taken over the classes that occur.
  func value(
    of counts: ClassCounts, _ quotient: (_ hits: Double, _ predicted: Double, _ actual: Double) -> (Double, Double)
  ) -> Double {
    func score(_ hits: Double, _ predicted: Double, _ actual: Double) -> Double {
      let (numerator, denominator) = quotient(hits, predicted, actual)
      return denominator == 0 ? 0 : numerator / denominator
    }
    func score(_ index: Int) -> Double { score(counts.hits[index], counts.predicted[index], counts.actual[index]) }
    func mean(_ weight: (Int) -> Double) -> Double {
      let total = counts.occurring.reduce(0) { $0 + weight($1) }
      return total == 0 ? 0 : counts.occurring.reduce(0) { $0 + weight($1) * score($1) } / total
    }
    switch self {
    case nil where counts.hits.count == 2 && !counts.isMultiLabel, .binary: return score(1)
    case nil, .macro: return mean { _ in 1 }
    case .weighted: return mean { counts.actual[$0] }
    case .micro: return score(counts.hits.reduce(0, +), counts.predicted.reduce(0, +), counts.actual.reduce(0, +))
    }
  }
}
