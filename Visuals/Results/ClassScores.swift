import GliaCore
import RealModule

/// The scores of a classifier for samples whose classes are known.
///
/// All figures of a classifier's results can be made from one value:
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
  /// How to interpret the scores.
  public let scoreKind: ScoreKind
  /// The decision threshold of the scores.
  public let threshold: Float
  /// The index of the true class of each sample.
  public let labels: [Int]
  /// The number of samples skipped because one of their scores is not finite.
  public let skipped: Int
  /// One number per sample for two classes, or one per class for more classes, row by row.
  private let values: [Float]
  /// Values that order samples whose scores are equal, in the same layout; `nil` for none.
  private let ties: [Double]?
  /// The true probability of each class, row by row; `nil` if each sample has one class.
  let softLabels: [Float]?

  /// Creates the scores of samples with known classes.
  ///
  /// - Parameters:
  ///   - scores: The scores, row by row: one or two numbers per sample for two classes, one per class for more classes.
  ///   - labels: The index of the true class of each sample.
  ///   - classes: The names of the classes, at least two.
  ///   - scoreKind: How to interpret the scores.
  ///   - ties: One value per score, such as its logit, which orders samples whose scores are equal after rounding;
  ///     `nil` for none.
  ///   - threshold: The score that the second of two classes must exceed; if `nil`, that of the `scoreKind`.
  ///   - softLabels: The true probabilities of the classes, row by row, of which `labels` are the largest; `nil` if each
  ///     sample has one class.
  /// - Throws: An error if these don't match, or if no sample has finite scores.
  public init(
    _ scores: [Float], labels: [Int], classes: [String], scoreKind: ScoreKind = .probability, ties: [Double]? = nil,
    threshold: Float? = nil, softLabels: [Float]? = nil
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
    guard softLabels.map({ $0.count == labels.count * classes.count }) ?? true else {
      throw GliaError(
        "\(softLabels?.count ?? 0) soft labels for \(labels.count) samples of \(classes.count) classes",
        at: "softLabels",
        expected: "one for each class of each sample")
    }
    let isBinary = classes.count == 2
    var (kept, keptTies, keptSoft): ([Int], [Double], [Float]) = ([], [], [])
    var values: [Float] = []
    values.reserveCapacity(isBinary ? labels.count : scores.count)
    for row in labels.indices {
      let own = scores[row * width..<(row + 1) * width]
      guard own.allSatisfy(\.isFinite) else { continue }
      if isBinary {
        let value = scoreKind.balance(own)
        guard value.isFinite else { continue }
        values.append(value)
        // Of two outputs, the second one is that of the positive class.
        if let ties { keptTies.append(ties[row * width + width - 1]) }
      } else {
        values += own
        if let ties { keptTies += ties[row * width..<(row + 1) * width] }
      }
      kept.append(labels[row])
      if let softLabels { keptSoft += softLabels[row * classes.count..<(row + 1) * classes.count] }
    }
    guard !kept.isEmpty else {
      throw GliaError(
        "none of the \(labels.count) samples has finite scores", at: "scores", expected: "at least one finite sample")
    }
    (self.classes, self.scoreKind, self.labels, self.values) = (classes, scoreKind, kept, values)
    self.ties = ties == nil ? nil : keptTies
    self.softLabels = softLabels == nil ? nil : keptSoft
    skipped = labels.count - kept.count
    self.threshold = threshold ?? scoreKind.threshold
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

  /// The number of samples with finite scores.
  public var count: Int { labels.count }
  var isBinary: Bool { classes.count == 2 }

  /// The predicted class of each sample: the second of two classes above the threshold, or the class with the largest
  /// score.
  public var decisions: [Int] {
    if isBinary { return values.map { $0 > threshold ? 1 : 0 } }
    return labels.indices.map { sample in
      let own = row(sample)
      return (own.indices.max { own[$0] < own[$1] } ?? own.startIndex) - own.startIndex
    }
  }

  /// Returns a number per sample that orders the samples by how likely class `index` is.
  ///
  /// For logits, this is z − log Σ e^z over the other classes, which orders like the probability but doesn't round to 0
  /// or 1.
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

  /// Returns the values that order samples with equal ``ranking(of:)``.
  func ties(of index: Int) -> [Double]? {
    guard let ties else { return nil }
    if isBinary { return index == 1 ? ties : ties.map { -$0 } }
    return labels.indices.map { ties[$0 * classes.count + index] }
  }

  /// Returns whether each sample belongs to class `index`.
  func membership(of index: Int) -> [Bool] { labels.map { $0 == index } }

  /// The number of samples of each class.
  var counts: [Int] { labels.reduce(into: classes.map { _ in 0 }) { $0[$1] += 1 } }

  /// Throws an error if all samples belong to one class.
  func requireTwoClasses() throws {
    guard let only = counts.firstIndex(of: count) else { return }
    throw GliaError(
      "all \(NumberText.count(count, "sample")) are of the class '\(classes[only].excerpt)'", at: "labels",
      expected: "samples of at least two classes",
      remedy: "take a larger part of the data, or one split with equal shares of the classes")
  }

  /// Returns probabilities with their labels, from 0 to 1: for the second of two classes, or for the predicted class of
  /// more classes.
  ///
  /// Throws an error for decision values, which are not probabilities.
  func probabilities() throws -> (values: [Float], labels: [Double]) {
    if case .decision = scoreKind {
      throw GliaError(
        "decision values are not probabilities", at: "scores", expected: "probabilities or logits",
        remedy: "let the network end in a sigmoid or softmax")
    }
    if isBinary {
      return (values.map { scoreKind == .logit ? 1 / (1 + Float.exp(-$0)) : $0 }, labels.indices.map { label($0, 1) })
    }
    let decisions = decisions
    let chances = labels.indices.map { sample in
      var all: [Float] = []
      scoreKind.appendProbabilities(row(sample), to: &all)
      return all[decisions[sample]]
    }
    return (chances, labels.indices.map { label($0, decisions[$0]) })
  }

  /// The true probability of class `index` for a sample.
  private func label(_ sample: Int, _ index: Int) -> Double {
    softLabels.map { Double($0[sample * classes.count + index]) } ?? (labels[sample] == index ? 1 : 0)
  }

  private func row(_ index: Int) -> ArraySlice<Float> { values[index * classes.count..<(index + 1) * classes.count] }
}

extension ScoreKind {
  /// The usual decision threshold.
  fileprivate var threshold: Float {
    switch self {
    case .probability: 0.5
    case .logit: 0
    case .decision(let threshold, _): Float(threshold)
    }
  }

  /// Returns one number that grows with the evidence for the second of two classes.
  fileprivate func balance(_ scores: ArraySlice<Float>) -> Float {
    guard let first = scores.first, let last = scores.last, scores.count == 2 else { return scores.first ?? .nan }
    return self == .probability ? last / (first + last) : last - first
  }
}

/// A figure of a classifier's results on samples whose classes are known.
public protocol ClassifierFigure: Figure {
  /// Creates the figure of scores. Throws an error when it can't show them.
  init(_ results: ClassScores) throws
}

extension ClassifierFigure {
  /// Creates the figure from plain numbers.
  ///
  /// - Parameters:
  ///   - scores: The scores, row by row: one or two numbers per sample for two classes, one per class for more classes.
  ///   - labels: The index of the true class of each sample.
  ///   - classes: The names of the classes; the second of two classes is the positive one.
  ///   - scoreKind: How to interpret the scores.
  /// - Throws: An error if these don't match, or if the figure can't show them.
  public init(scores: [Float], labels: [Int], classes: [String], scoreKind: ScoreKind = .probability) throws {
    try self.init(ClassScores(scores, labels: labels, classes: classes, scoreKind: scoreKind))
  }
}
