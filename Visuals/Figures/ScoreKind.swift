import GliaCore
import RealModule

/// How to interpret the scores of a classifier.
public enum ScoreKind: Hashable, Sendable {
  /// Probabilities: that of the second of two classes, or one per class. The decision is made at one half or by the
  /// largest.
  case probability
  /// Logits, as before a sigmoid or softmax.
  case logit
  /// Decision values, as for a hinge loss: the second class starts at `threshold`, and colors span `range`.
  case decision(threshold: Double = 0, range: ClosedRange<Double> = -2...2)

  /// Returns the scores of one point on a scale from the first class (0) over undecided (0.5) to the second class (1).
  func normalized(_ scores: ArraySlice<Float>) -> Float {
    guard let first = scores.first, let last = scores.last else { return .nan }
    let isPair = scores.count == 2
    switch self {
    case .probability: return isPair ? last / (first + last) : first
    case .logit: return 1 / (1 + Float.exp(isPair ? first - last : -first))
    case .decision(let threshold, let range):
      let value = Double(isPair ? last - first : first)
      let reach = value < threshold ? threshold - range.lowerBound : range.upperBound - threshold
      guard reach > 0 else { return value < threshold ? 0 : value.isNaN ? .nan : 1 }
      return Float(min(max(0.5 + (value - threshold) / reach / 2, 0), 1))
    }
  }

  /// Appends the probabilities of many classes, which are the softmax of scores of other kinds.
  func appendProbabilities(_ scores: ArraySlice<Float>, to all: inout [Float]) {
    if self == .probability { return all += scores }
    let largest = scores.max() ?? 0
    var sum: Float = 0
    for score in scores { sum += Float.exp(score - largest) }
    for score in scores { all.append(Float.exp(score - largest) / sum) }
  }

  /// The ticks of the color bar.
  var ticks: [(place: Double, label: String)] {
    guard case .decision(let threshold, let range) = self else {
      return [(0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1, "1")]
    }
    let values = [
      range.lowerBound, (range.lowerBound + threshold) / 2, threshold, (threshold + range.upperBound) / 2,
      range.upperBound,
    ]
    let decimals = (0..<4).first { decimals in
      values.allSatisfy { abs($0 * NumberText.power(decimals) - ($0 * NumberText.power(decimals)).rounded()) < 1e-6 }
    }
    return zip([0, 0.25, 0.5, 0.75, 1], values).map { place, value in
      (place, decimals.map { NumberText.fixed(value, decimals: $0) } ?? NumberText.short(value))
    }
  }

  /// Returns the name of the quantity in the color bar for the class `name`.
  func quantity(of name: String) -> String {
    if case .decision = self { "score of \(name)" } else { "P(\(name))" }
  }
}

extension ScoreKind {
  /// Returns the index of the predicted class for the scores of one point.
  func decision(_ scores: ArraySlice<Float>, classes: Int) throws -> Int {
    try Self.check(scoresPerPoint: scores.count, classes: classes)
    if classes == 2 { return normalized(scores) > 0.5 ? 1 : 0 }
    return (scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex) - scores.startIndex
  }

  /// Throws an error when the number of scores per point doesn't fit the classes.
  static func check(scoresPerPoint count: Int, classes: Int) throws {
    guard count == classes || (count == 1 && classes == 2) else {
      throw GliaError(
        "the classifier gives \(count) scores a point for \(classes) classes", at: "scores",
        expected: classes == 2 ? "1 or 2 scores a point" : "\(classes) scores a point")
    }
  }
}
