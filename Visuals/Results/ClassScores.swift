import GliaCore
import RealModule

/// The scores that a classifier gave to samples whose classes are known.
///
/// One value makes all figures of a classifier's results:
///
/// ```swift
/// let results = try ClassScores(of: network, on: test)
/// try ConfusionMatrixPlot(results).write(to: "confusion.png")
/// try ROCCurve(results).write(to: "roc.png")
/// try PrecisionRecallCurve(results).write(to: "precision_recall.png")
/// try CalibrationCurve(results).write(to: "calibration.png")
/// ```
public struct ClassScores: Hashable, Sendable {
  /// The names of the classes; the second of two is the positive one.
  public let classes: [String]
  /// What the scores mean.
  public let scoreKind: ScoreKind
  /// The class of each sample, counted from 0.
  public let labels: [Int]
  /// How many samples were left out because a score of theirs is not finite.
  public let skipped: Int
  /// One number a sample for two classes, else one for each class, row by row.
  private let values: [Float]
  /// What orders samples whose scores are equal, in the same places; nil if nothing does.
  private let ties: [Double]?

  /// The scores of samples, row by row.
  ///
  /// - Parameters:
  ///   - scores: for two classes one or two numbers a sample, for more classes one for each.
  ///   - labels: the true class of each sample, counted from 0.
  ///   - classes: the names of the classes, at least two.
  ///   - scoreKind: what the scores mean.
  ///   - ties: as many numbers as scores, which order samples that rounding made equal, such as logits; nil if there are none.
  /// - Throws: when these do not fit each other, and when no sample has finite scores.
  public init(
    _ scores: [Float], labels: [Int], classes: [String], scoreKind: ScoreKind = .probability, ties: [Double]? = nil
  ) throws {
    try Self.check(labels, classes: classes)
    let width = scores.count / labels.count
    guard scores.count == width * labels.count, width == classes.count || (width == 1 && classes.count == 2) else {
      throw GliaError(
        "\(scores.count) scores for \(labels.count) samples of \(classes.count) classes", at: "scores",
        expected: classes.count == 2 ? "1 or 2 scores a sample" : "\(classes.count) scores a sample, one for each class"
      )
    }
    guard ties.map({ $0.count == scores.count }) ?? true else {
      throw GliaError("\(ties?.count ?? 0) ties of \(scores.count) scores", at: "ties", expected: "equally many")
    }
    let isBinary = classes.count == 2
    var (kept, keptTies): ([Int], [Double]) = ([], [])
    var values: [Float] = []
    values.reserveCapacity(isBinary ? labels.count : scores.count)
    for row in labels.indices {
      let own = scores[row * width..<(row + 1) * width]
      guard own.allSatisfy(\.isFinite) else { continue }
      if isBinary {
        let value = scoreKind.balance(own)
        guard value.isFinite else { continue }
        values.append(value)
        // Of two outputs the second one speaks for the class.
        if let ties { keptTies.append(ties[row * width + width - 1]) }
      } else {
        values += own
        if let ties { keptTies += ties[row * width..<(row + 1) * width] }
      }
      kept.append(labels[row])
    }
    guard !kept.isEmpty else {
      throw GliaError(
        "none of the \(labels.count) samples has finite scores", at: "scores", expected: "at least one finite sample")
    }
    (self.classes, self.scoreKind, self.labels, self.values) = (classes, scoreKind, kept, values)
    self.ties = ties == nil ? nil : keptTies
    skipped = labels.count - kept.count
  }

  static func check(_ labels: [Int], classes: [String]) throws {
    guard classes.count > 1 else {
      throw GliaError("\(classes.count) classes", at: "classes", expected: "two or more names")
    }
    guard !labels.isEmpty else {
      throw GliaError("there are no samples", at: "labels", expected: "at least one sample")
    }
    if let row = labels.firstIndex(where: { !classes.indices.contains($0) }) {
      throw GliaError(
        "a sample has the class \(labels[row])", at: "labels, sample \(row)",
        expected: "a class from 0 to \(classes.count - 1)", remedy: "name as many classes as the labels use")
    }
  }

  /// How many samples have finite scores.
  public var count: Int { labels.count }
  var isBinary: Bool { classes.count == 2 }

  /// The class that each sample is taken for: the second of two above the threshold, else that of the largest score.
  public var decisions: [Int] {
    if isBinary { return values.map { $0 > threshold ? 1 : 0 } }
    return labels.indices.map { sample in
      let own = row(sample)
      return (own.indices.max { own[$0] < own[$1] } ?? own.startIndex) - own.startIndex
    }
  }

  /// Above which number a class is more likely than not.
  public var threshold: Float {
    switch scoreKind {
    case .probability: 0.5
    case .logit: 0
    case .decision(let threshold, _): Float(threshold)
    }
  }

  /// A number for each sample that is the larger the more its scores speak for class `index`.
  ///
  /// Logits give z − log Σ e^z over the other classes, which orders as the probability does but is not rounded to 0 or 1.
  func ranking(of index: Int) -> [Float] {
    if isBinary { return index == 1 ? values : values.map { scoreKind == .probability ? 1 - $0 : -$0 } }
    return labels.indices.map { sample in
      let own = row(sample)
      let place = own.startIndex + index
      guard scoreKind == .logit else { return own[place] }
      let largest = own.indices.lazy.filter { $0 != place }.map { own[$0] }.max() ?? 0
      let sum = own.indices.reduce(Float(0)) { $1 == place ? $0 : $0 + Float.exp(own[$1] - largest) }
      return own[place] - largest - Float.log(sum)
    }
  }

  /// What orders samples of equal ``ranking(of:)``.
  func ties(of index: Int) -> [Double]? {
    guard let ties else { return nil }
    if isBinary { return index == 1 ? ties : ties.map { -$0 } }
    return labels.indices.map { ties[$0 * classes.count + index] }
  }

  /// Whether each sample is of class `index`.
  func membership(of index: Int) -> [Bool] { labels.map { $0 == index } }

  /// How many samples each class has.
  var counts: [Int] { labels.reduce(into: classes.map { _ in 0 }) { $0[$1] += 1 } }

  /// Refuses samples of one class, of which nothing can be told apart.
  func requireTwoClasses() throws {
    guard let only = counts.firstIndex(of: count) else { return }
    throw GliaError(
      "all \(NumberText.count(count, "sample")) are of the class '\(classes[only].excerpt)'", at: "labels",
      expected: "samples of at least two classes",
      remedy: "take a larger part of the data, or one split with equal shares of the classes")
  }

  /// Probabilities, and for each whether it came true: that of the second of two classes, else that of the predicted class.
  ///
  /// Throws for decision values, which are not probabilities.
  func probabilities() throws -> (values: [Float], cameTrue: [Bool]) {
    if case .decision = scoreKind {
      throw GliaError(
        "decision values are not probabilities", at: "scores", expected: "probabilities or logits",
        remedy: "let the network end in a sigmoid or softmax")
    }
    if isBinary { return (values.map { scoreKind == .logit ? 1 / (1 + Float.exp(-$0)) : $0 }, membership(of: 1)) }
    let decisions = decisions
    let chances = labels.indices.map { sample in
      var all: [Float] = []
      scoreKind.appendProbabilities(row(sample), to: &all)
      return all[decisions[sample]]
    }
    return (chances, zip(decisions, labels).map { $0 == $1 })
  }

  private func row(_ index: Int) -> ArraySlice<Float> { values[index * classes.count..<(index + 1) * classes.count] }
}

extension ScoreKind {
  /// One number for two classes, the larger the more the scores of a sample speak for the second.
  fileprivate func balance(_ scores: ArraySlice<Float>) -> Float {
    guard let first = scores.first, let last = scores.last, scores.count == 2 else { return scores.first ?? .nan }
    return self == .probability ? last / (first + last) : last - first
  }
}

/// A figure of what a classifier makes of samples whose classes are known.
public protocol ClassifierFigure: Figure {
  /// The figure of these scores. Throws when they cannot be drawn in this way.
  init(_ results: ClassScores) throws
}

extension ClassifierFigure {
  /// The figure of plain numbers.
  ///
  /// - Parameters:
  ///   - scores: row by row; for two classes one or two numbers a sample, for more classes one for each.
  ///   - labels: the true class of each sample, counted from 0.
  ///   - classes: the names of the classes; the second of two is the positive one.
  ///   - scoreKind: what the scores mean.
  /// - Throws: when these do not fit each other, or cannot be drawn in this way.
  public init(scores: [Float], labels: [Int], classes: [String], scoreKind: ScoreKind = .probability) throws {
    try self.init(ClassScores(scores, labels: labels, classes: classes, scoreKind: scoreKind))
  }
}
