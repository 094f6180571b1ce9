import GliaCore

/// Checks and ranks that the statistics share.
enum Samples {
  /// Throws an error about an argument unless `isRight`.
  static func require(_ isRight: Bool, _ argument: String, _ value: some Any, expected: String) throws {
    guard isRight else { throw GliaError("\(argument) is \(value)", at: argument, expected: expected) }
  }

  /// Throws if there are fewer than `least` values, or if one of them is NaN or negative infinity.
  static func requireScores(_ values: [Double], least: Int = 1, at place: String) throws {
    guard values.count >= least else {
      throw GliaError(
        "\(values.count) value\(values.count == 1 ? "" : "s")", at: place,
        expected: "at least \(least)", remedy: "run more seeds or problems")
    }
    guard let wrong = values.firstIndex(where: { $0.isNaN || $0 == -.infinity }) else { return }
    throw GliaError(
      "value \(wrong) is \(values[wrong])", at: place, expected: "numbers, or infinity for a run that diverged",
      remedy: "replace the score of a failed run with infinity")
  }

  /// Returns the ranks of the values from 1 for the smallest, equal values sharing their average rank, and the number of
  /// values in each group of equal ones.
  static func ranks(_ values: [Double]) -> (ranks: [Double], groups: [Int]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var (groups, start): ([Int], Int) = ([], 0)
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in order[start..<end] { ranks[index] = Double(start + end + 1) / 2 }
      groups.append(end - start)
      start = end
    }
    return (ranks, groups)
  }

  /// Returns Σ (t³ - t) over the groups of equal values, which the corrections for ties subtract.
  static func tieSum(_ groups: [Int]) -> Double {
    groups.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
  }
}
