import GliaCore

/// Samples counted from the highest score down, equal scores together: those of a class apart from the rest.
struct Ranking: Hashable, Sendable {
  /// The different scores, falling.
  private(set) var thresholds: [Float] = []
  /// How many samples of the class score at least each threshold.
  private(set) var hits: [Int] = []
  /// How many samples of the rest do.
  private(set) var alarms: [Int] = []
  /// How many samples had a score that is not finite.
  let skipped: Int

  var positives: Int { hits.last ?? 0 }
  var negatives: Int { alarms.last ?? 0 }

  /// Throws unless there is one label a score, and a finite score of each of both kinds.
  ///
  /// - Parameter ties: what orders samples of equal scores, one number a sample; nil to count them together.
  init(_ scores: [Float], _ isPositive: [Bool], ties: [Double]? = nil) throws {
    guard scores.count == isPositive.count, ties.map({ $0.count == scores.count }) ?? true else {
      throw GliaError(
        "\(scores.count) scores do not fit \(isPositive.count) labels", at: "scores",
        expected: "one score for every label")
    }
    func isHigher(_ a: Int, _ b: Int) -> Bool {
      guard scores[a] == scores[b], let ties else { return scores[a] > scores[b] }
      return ties[a] > ties[b]
    }
    let order = scores.indices.filter { scores[$0].isFinite }.sorted(by: isHigher)
    skipped = scores.count - order.count
    var last: Int?
    for sample in order {
      if last.map({ isHigher($0, sample) }) ?? true {
        thresholds.append(scores[sample])
        hits.append(positives)
        alarms.append(negatives)
      }
      if isPositive[sample] { hits[hits.count - 1] += 1 } else { alarms[alarms.count - 1] += 1 }
      last = sample
    }
    guard positives > 0, negatives > 0 else { throw refusal(scores.count) }
  }

  private func refusal(_ count: Int) -> GliaError {
    let what =
      count == 0
      ? "there are no scores"
      : thresholds.isEmpty
        ? "none of the \(count) scores is finite"
        : "all \(positives + negatives) samples are \(positives == 0 ? "of the rest, none of the class" : "of one class")"
    return GliaError(
      what, at: "scores", expected: "samples of the class and of the rest",
      remedy: "take a larger part of the data, or one split with equal shares of the classes")
  }
}

extension [Float] {
  /// How many numbers of a falling list are larger than `limit`.
  func countAbove(_ limit: Float) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] > limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension [Point] {
  /// The line through points of which none is nearer than `distance` to the one before, the ends kept.
  func thinned(_ distance: Double) -> [Point] {
    guard let first, let last, count > 2 else { return self }
    var kept = [first]
    for point in dropFirst().dropLast() {
      let step = point - kept[kept.count - 1]
      if abs(step.x) >= distance || abs(step.y) >= distance { kept.append(point) }
    }
    return kept + [last]
  }
}
