import GliaCore

/// The receiver operating characteristic of a classifier: of two classes the curve of the second, of more a curve for each
/// against the rest, with their averages.
///
/// ```swift
/// var figure = try ROCCurve(scores: probabilities, labels: labels, classes: ["benign", "malignant"])
/// figure.title = "biopsies · 30–16–1 relu"
/// try figure.write(to: "roc.png")
/// ```
///
/// The sign on a curve is where the classifier decides: at one half, or at the threshold of its ``ScoreKind``.
public struct ROCCurve: ClassifierFigure {
  /// A curve with its name, as of a class or of a model among others.
  public struct Curve: Hashable, Sendable {
    /// Its name in the legend.
    public var name: String
    /// The curve.
    public var roc: ROC
    /// Above which score samples are taken for the class; no point is marked if nil.
    public var threshold: Float?
    /// The place of its hue and its sign, that of its class; the one among the curves if nil.
    var place: Int?

    /// A named curve.
    public init(_ name: String, _ roc: ROC, threshold: Float? = nil) {
      (self.name, self.roc, self.threshold) = (name, roc, threshold)
    }
  }

  /// Size, look and words; without a subtitle, the figure says what it is about.
  public var page = Page()
  /// The curves, each in its color.
  public var curves: [Curve]
  /// The curve of all decisions about any class together; drawn dashed.
  public var microAverage: ROC?
  /// Whether the mean of the curves is drawn, in which each counts the same.
  public var showsMacroAverage = false
  private var summary = ""
  private var notes: [String] = []

  /// Curves side by side, such as those of several models.
  public init(_ curves: [Curve]) {
    self.curves = curves
    notes = [Self.skippedNote(curves.map(\.roc.skipped).reduce(0, +))]
  }

  /// The curves of a classifier. Throws when all samples are of one class.
  public init(_ results: ClassScores) throws {
    let ranked = try RankedClasses(results) { try ROC(scores: $0, isPositive: $1, ties: $2) }
    curves = ranked.curves.map { ranked in
      var curve = Curve(ranked.name, ranked.curve, threshold: results.threshold)
      curve.place = ranked.place
      return curve
    }
    microAverage = ranked.average
    showsMacroAverage = ranked.average != nil
    summary = ranked.summary
    notes = ranked.notes
  }

  static func skippedNote(_ skipped: Int) -> String {
    skipped == 0 ? "" : "\(NumberText.count(skipped, "sample")) with scores that are not finite left out"
  }

  /// Draws the curves, the line of chance and what they mean. Throws when there is no curve.
  public func draw(on canvas: inout Canvas) throws {
    guard !curves.isEmpty else {
      throw GliaError("there are no curves to draw", at: "curves", expected: "at least one")
    }
    let theme = page.theme
    let style = CurveStyle(theme: theme, values: curves.map(\.roc.area), places: curves.map(\.place))
    let drawn = curves.enumerated().map { index, curve in
      let rates = curve.threshold.map(curve.roc.rates)
      return style.curve(
        index, curve.roc.points.thinned(1e-4), curve.name,
        decision: rates.map { Point($0.falsePositive, $0.truePositive) })
    }
    let averages = averages(style, drawn)
    var curvePlot = CurvePlot(
      page: page(summarizing: summary), axes: ("false positive rate", "true positive rate"),
      curves: style.layered(drawn, averages))
    curvePlot.zoom = zoom
    let chance = Stroke(1.2, dashes: [5, 4])
    curvePlot.entries = [(.heading, "area under the curve")] + style.entries(drawn) + averages.map(\.entry)
    curvePlot.entries += [(.line(theme.spine, chance), style.entry(0.5, "chance"))] + decision
    curvePlot.note = notes.filter { !$0.isEmpty }.joined(separator: " · ")
    curvePlot.draw(on: &canvas) { canvas, plot in
      if let only = drawn.first, drawn.count == 1 {
        let outline = (only.points + [Point(1, 0)]).map { plot.place($0.x, $0.y) }
        canvas.fill(Path(outline, closed: true), only.color.opacity(0.09))
      }
      canvas.stroke(.line(plot.place(0, 0), plot.place(1, 1)), chance, theme.spine)
    }
  }

  /// The part of the corner that holds the bends of good curves.
  var zoom: Double {
    let mean = curves.map(\.roc.area).reduce(0, +) / Double(curves.count)
    return mean == 1 ? 0 : mean > 0.99 ? 0.1 : mean > 0.95 ? 0.2 : 0
  }

  private func averages(_ style: CurveStyle, _ drawn: [CurvePlot.Curve]) -> [CurvePlot.Curve] {
    var averages: [CurvePlot.Curve] = []
    if showsMacroAverage {
      let mean = curves.map(\.roc.area).reduce(0, +) / Double(curves.count)
      averages.append(style.macro(ROC.mean(of: drawn.map(\.points)), mean))
    }
    if let microAverage { averages.append(style.micro(microAverage.points, microAverage.area)) }
    return averages
  }

  /// What the marked points say.
  private var decision: [LegendEntry] {
    guard let threshold = curves.compactMap(\.threshold).first else { return [] }
    let words = "at threshold \(NumberText.plain(threshold))"
    guard curves.count == 1, let rates = curves.first?.roc.rates(above: threshold) else {
      return [(.space, ""), (.marker(.circle, page.theme.secondary, isHollow: false), words)]
    }
    return [
      (.space, ""), (.marker(CurveStyle.marker(0, page.theme), page.theme.hue(0), isHollow: false), words),
      (.detail, "\(NumberText.percent(rates.truePositive)) found"),
      (.detail, "\(NumberText.percent(rates.falsePositive)) false alarms"),
    ]
  }
}

/// The receiver operating characteristic of scores: how many samples of a class are found against how many of the rest are
/// mistaken for it, for every threshold.
///
/// ```swift
/// let roc = try ROC(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// roc.area  // 0.75
/// ```
///
/// Samples of equal score pass the threshold together, so that their part of the curve is one straight slope and no order
/// among them is rewarded.
///
/// Source: T. Fawcett, "An introduction to ROC analysis" (2006).
public struct ROC: Hashable, Sendable {
  /// ∞, then every score that occurs, falling; a sample counts as found if its score is at least the threshold.
  public let thresholds: [Float]
  /// The part of the rest that is mistaken, FP / N, at each threshold.
  public let falsePositiveRates: [Double]
  /// The part of the class that is found, TP / P, at each threshold.
  public let truePositiveRates: [Double]
  /// The area under the curve: how likely a sample of the class scores higher than one of the rest, equal scores counting half.
  public let area: Double
  /// How many samples are of the class.
  public let positives: Int
  /// How many samples are of the rest.
  public let negatives: Int
  /// How many samples were left out because their score is not finite.
  public let skipped: Int

  /// The curve of `scores`, larger ones speaking for the class.
  ///
  /// - Parameters:
  ///   - scores: one a sample.
  ///   - isPositive: whether each is of the class.
  ///   - ties: what orders samples of equal scores, such as the logits of probabilities that round to 1; nil to count them
  ///     together.
  /// - Throws: when there is not one label for every score, and unless finite scores of both kinds are among them.
  public init(scores: [Float], isPositive: [Bool], ties: [Double]? = nil) throws {
    let ranking = try Ranking(scores, isPositive, ties: ties)
    (positives, negatives, skipped) = (ranking.positives, ranking.negatives, ranking.skipped)
    let (hits, alarms) = ([0] + ranking.hits, [0] + ranking.alarms)
    thresholds = [.infinity] + ranking.thresholds
    let (all, rest) = (Double(ranking.positives), Double(ranking.negatives))
    truePositiveRates = hits.map { Double($0) / all }
    falsePositiveRates = alarms.map { Double($0) / rest }
    let doubled = hits.indices.dropFirst().reduce(0.0) { sum, i in
      sum + Double(alarms[i] - alarms[i - 1]) * Double(hits[i] + hits[i - 1])
    }
    area = doubled / (2 * all * rest)
  }

  /// Both rates when samples with a score above `threshold` are taken for the class.
  public func rates(above threshold: Float) -> (falsePositive: Double, truePositive: Double) {
    let index = max(thresholds.countAbove(threshold) - 1, 0)
    return (falsePositiveRates[index], truePositiveRates[index])
  }

  /// The curve as points from (0, 0) to (1, 1).
  var points: [Point] { zip(falsePositiveRates, truePositiveRates).map { Point($0, $1) } }

  /// The mean height of `curves`, which do not fall; upright parts stay upright, so that the area is the mean area.
  static func mean(of curves: [[Point]]) -> [Point] {
    let places = Set(curves.joined().map(\.x)).sorted()
    var low = [Double](repeating: 0, count: places.count)
    var high = low
    for curve in curves {
      var next = 0
      for (index, x) in places.enumerated() {
        while next < curve.count - 1, curve[next].x < x { next += 1 }
        let end = curve[next]
        let start = curve[max(next - 1, 0)]
        let isBetween = end.x > x && end.x > start.x
        let height = isBetween ? start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x) : end.y
        low[index] += height
        while next < curve.count - 1, curve[next + 1].x == x { next += 1 }
        high[index] += isBetween ? height : curve[next].y
      }
    }
    let share = 1 / Double(max(curves.count, 1))
    return places.indices.flatMap { i in
      [Point(places[i], low[i] * share)] + (high[i] > low[i] ? [Point(places[i], high[i] * share)] : [])
    }
  }
}
