import GliaCore

/// How many samples of each class are taken for each.
///
/// ```swift
/// let confusion = try Confusion(labels: [0, 0, 1, 1, 1], predictions: [0, 1, 1, 1, 0], classes: 2)
/// confusion.counts    // [[1, 1], [1, 2]]
/// confusion.accuracy  // 0.6
/// ```
public struct Confusion: Hashable, Sendable {
  /// The samples by true class (row) and predicted class (column).
  public let counts: [[Int]]
  /// The samples of each true class.
  public let actual: [Int]
  /// The samples taken for each class.
  public let predicted: [Int]
  /// All samples.
  public let total: Int

  /// The table of these counts, one row a true class, such as a metric gives.
  ///
  /// Throws unless there are as many rows as columns, none of them negative, with at least one sample together.
  public init(_ counts: [[Int]]) throws {
    if let row = counts.firstIndex(where: { $0.count != counts.count }) {
      throw GliaError(
        "\(counts[row].count) counts in a row of \(counts.count) classes", at: "counts, row \(row)",
        expected: "one count for each class")
    }
    var total = 0
    for (row, own) in counts.enumerated() {
      for count in own {
        let (sum, overflows) = total.addingReportingOverflow(count)
        guard count >= 0, !overflows else {
          throw GliaError(
            "a count is \(count)", at: "counts, row \(row)",
            expected: "numbers of samples, from 0 to \(Int.max) together")
        }
        total = sum
      }
    }
    guard total > 0 else {
      throw GliaError("there are no samples", at: "counts", expected: "at least one sample")
    }
    (self.counts, self.total) = (counts, total)
    actual = counts.map { $0.reduce(0, +) }
    predicted = counts.reduce(into: counts.map { _ in 0 }) { sums, row in
      for (column, count) in row.enumerated() { sums[column] += count }
    }
  }

  /// Counts samples by their true and predicted class, both from 0.
  ///
  /// Throws when these differ in number, are none, or a class is not below `classes`, which may be 1 to 2000.
  public init(labels: [Int], predictions: [Int], classes: Int) throws {
    guard (1...2000).contains(classes) else {
      throw GliaError("\(classes) classes", at: "classes", expected: "1 to 2000")
    }
    guard labels.count == predictions.count else {
      throw GliaError(
        "\(predictions.count) predictions do not fit \(labels.count) labels", at: "predictions",
        expected: "one prediction for every label")
    }
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (row, (label, prediction)) in zip(labels, predictions).enumerated() {
      for (index, name) in [(label, "labels"), (prediction, "predictions")] where !counts.indices.contains(index) {
        throw GliaError(
          "a sample has the class \(index)", at: "\(name), sample \(row)", expected: "a class from 0 to \(classes - 1)")
      }
      counts[label][prediction] += 1
    }
    try self.init(counts)
  }

  /// The part of all samples that is taken for its own class.
  public var accuracy: Double { Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total) }

  /// The part of each class that is found, TP / (TP + FN); NaN for a class without samples.
  public var recalls: [Double] { counts.indices.map { Double(counts[$0][$0]) / Double(actual[$0]) } }

  /// The part of what is taken for each class that is of it, TP / (TP + FP); NaN for a class that is never predicted.
  public var precisions: [Double] { counts.indices.map { Double(counts[$0][$0]) / Double(predicted[$0]) } }

  /// The mean recall of the classes that have samples.
  public var balancedAccuracy: Double {
    let finite = recalls.filter(\.isFinite)
    return finite.reduce(0, +) / Double(finite.count)
  }

  /// The mean of F₁ = 2 TP / (2 TP + FP + FN) over the classes that occur.
  public var macroF1: Double {
    let scores = counts.indices.compactMap { index in
      let sum = Double(actual[index]) + Double(predicted[index])
      return sum > 0 ? 2 * Double(counts[index][index]) / sum : nil
    }
    return scores.reduce(0, +) / Double(scores.count)
  }
}
