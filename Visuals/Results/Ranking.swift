import GliaCore

/// The curves of a classifier: that of the second of two classes, or one per class against the rest.
struct RankedClasses<Curve> {
  /// The curves; for more than two classes, with the index of the class.
  private(set) var curves: [(name: String, curve: Curve, place: Int?)] = []
  /// The micro-average, for more than two classes.
  private(set) var average: Curve?
  let summary: String
  private(set) var notes: [String]

  init(
    _ results: ClassScores, _ curve: (_ scores: [Float], _ isPositive: [Bool], _ ties: [Double]?) throws -> Curve
  ) throws {
    notes = [ROCCurve.skippedNote(results.skipped)]
    let counts = results.counts
    let samples = NumberText.count(results.count, "sample")
    try results.requireTwoClasses()
    let names = results.classes.namedAsClasses
    if results.isBinary {
      curves = [(names[1], try curve(results.ranking(of: 1), results.membership(of: 1), results.ties(of: 1)), nil)]
      let part = NumberText.grouped(counts[1])
      summary =
        "\(names[1]) against \(names[0]) · \(samples), \(part) of them \(names[1])"
      return
    }
    summary = "\(results.classes.count) classes, each against the rest · \(samples)"
    let absent = counts.indices.filter { counts[$0] == 0 }
    if !absent.isEmpty {
      notes.append("no curve of \(NumberText.count(absent.count, "class", "classes")) without a sample")
    }
    let all = results.classes.indices.map {
      (scores: results.ranking(of: $0), isPositive: results.membership(of: $0), ties: results.ties(of: $0))
    }
    for (index, one) in all.enumerated() where counts[index] > 0 {
      curves.append((names[index], try curve(one.scores, one.isPositive, one.ties), index))
    }
    average = try curve(
      all.flatMap(\.scores), all.flatMap(\.isPositive), all[0].ties == nil ? nil : all.flatMap { $0.ties ?? [] })
  }
}

/// Cumulative counts of positive and negative samples in descending order of the scores; equal scores are counted
/// together.
struct Ranking: Hashable, Sendable {
  /// The distinct scores in descending order.
  private(set) var thresholds: [Float] = []
  /// The number of positive samples with at least each threshold.
  private(set) var hits: [Int] = []
  /// The number of negative samples with at least each threshold.
  private(set) var alarms: [Int] = []
  /// The number of samples with a score that is not finite.
  let skipped: Int

  var positives: Int { hits.last ?? 0 }
  var negatives: Int { alarms.last ?? 0 }

  /// Throws an error unless there is one label per score, with finite scores of both positive and negative samples.
  ///
  /// - Parameter ties: Values that order samples with equal scores; if `nil`, these are counted together.
  init(_ scores: [Float], _ isPositive: [Bool], ties: [Double]? = nil) throws {
    guard scores.count == isPositive.count, ties.map({ $0.count == scores.count }) ?? true else {
      throw GliaError(
        "\(scores.count) scores do not fit \(isPositive.count) labels", at: "scores",
        expected: "one score for every label")
    }
    var samples: [(key: UInt64, score: Float)] = []
    samples.reserveCapacity(scores.count)
    for place in scores.indices where scores[place].isFinite {
      let score = scores[place]
      samples.append((Self.key(ties.map { Float($0[place]) } ?? score, isPositive[place]), score))
    }
    skipped = scores.count - samples.count
    samples.sort { $0.key > $1.key }
    var last: UInt64?
    for (key, score) in samples {
      if last != key >> 1 {
        thresholds.append(score)
        hits.append(positives)
        alarms.append(negatives)
      }
      if key & 1 == 1 { hits[hits.count - 1] += 1 } else { alarms[alarms.count - 1] += 1 }
      last = key >> 1
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

  /// Returns bits that have the order of the numbers, followed by the label; 0 and -0 are equal.
  private static func key(_ number: Float, _ isPositive: Bool) -> UInt64 {
    let bits = (number + 0).bitPattern
    let ordered = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
    return UInt64(ordered) << 1 | (isPositive ? 1 : 0)
  }
}

extension [Float] {
  /// Returns how many numbers of a descending list are larger than `limit`.
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
  /// Returns the line without points that are closer than `distance` to the previous one; the ends are kept.
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
