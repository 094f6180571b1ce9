import GliaCore

/// A sample's score for one class, and whether it is of that class.
struct ScoredSample {
  var score: Double
  var isPositive: Bool
  var weight: Double
}

extension [ScoredSample] {
  /// The total weight of the samples of the class, and of all others.
  var totals: (positives: Double, negatives: Double) {
    reduce(into: (0, 0)) { totals, sample in
      if sample.isPositive { totals.0 += sample.weight } else { totals.1 += sample.weight }
    }
  }

  /// Calls `body` with the weights of the samples of the class and of the others for every score, from the lowest one or the
  /// highest one.
  func forEachScore(descending: Bool = false, _ body: (_ positives: Double, _ negatives: Double) -> Void) {
    let sorted = sorted { descending ? $0.score > $1.score : $0.score < $1.score }
    var start = 0
    while start < sorted.count {
      var (end, positives, negatives) = (start, 0.0, 0.0)
      while end < sorted.count, sorted[end].score == sorted[start].score {
        if sorted[end].isPositive { positives += sorted[end].weight } else { negatives += sorted[end].weight }
        end += 1
      }
      body(positives, negatives)
      start = end
    }
  }
}

extension Predictions {
  /// Returns the mean of `value` over the outputs `columns`, each for its class against the others; columns without a value are
  /// omitted, and the mean is NaN if none remains.
  func meanOverClasses(_ columns: Range<Int>, _ value: ([ScoredSample]) -> Double?) -> Double {
    let scores = scores
    let values = columns.compactMap { column in
      value(
        (0..<rows).map { row in
          ScoredSample(
            score: scores[row * width + column], isPositive: isTarget(row, column), weight: weight(row))
        })
    }
    return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}
