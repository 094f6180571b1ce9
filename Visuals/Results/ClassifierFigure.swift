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

extension Figure {
  /// The page with `summary` as its second line if it has none.
  func page(summarizing summary: String) -> Page {
    var page = page
    if page.subtitle.isEmpty { page.subtitle = summary }
    return page
  }
}

extension NumberText {
  /// A part of a whole, as in `92.1 %`.
  static func percent(_ part: Double, decimals: Int = 1) -> String {
    part.isFinite ? fixed(100 * part, decimals: decimals) + " %" : "—"
  }

  /// A number as it is written in code, whole ones without a point.
  static func plain(_ value: Float) -> String {
    let digits = Int(exactly: value.magnitude).map { "\($0)" } ?? "\(value.magnitude)"
    return value < 0 ? "−" + digits : digits
  }

  /// A whole number with commas between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let groups = stride(from: digits.count % 3 - 3, to: digits.count, by: 3).map { start in
      String(digits[max(start, 0)..<start + 3])
    }
    return (number < 0 ? "−" : "") + groups.filter { !$0.isEmpty }.joined(separator: ",")
  }

  /// `count` of something, as in `1 sample` and `1,200 samples`.
  static func count(_ count: Int, _ name: String, _ names: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? name : names ?? name + "s")"
  }
}
