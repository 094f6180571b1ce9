import GliaCore

/// The receiver operating characteristic (ROC) of a classifier. For two classes, the figure shows the curve of the
/// second one; for more classes, one curve per class against the rest and their averages.
///
/// ```swift
/// var figure = try ROCCurve(scores: probabilities, labels: labels, classes: ["benign", "malignant"])
/// figure.title = "biopsies · 30–16–1 relu"
/// try figure.write(to: "roc.png")
/// ```
///
/// The marker on a curve shows the decision threshold: one half, or the threshold of the ``ScoreKind``.
public struct ROCCurve: ClassifierFigure {
  /// A named curve, such as that of one class or of one of several models.
  public struct Curve: Hashable, Sendable {
    /// The name of the curve in the legend.
    public var name: String
    /// The curve.
    public var roc: ROC
    /// The threshold above which a sample is predicted positive, marked on the curve; `nil` for no mark.
    public var threshold: Float?
    /// The index of the curve's hue and marker, which is that of its class; if `nil`, the index of the curve.
    var place: Int?

    /// Creates a named curve.
    public init(_ name: String, _ roc: ROC, threshold: Float? = nil) {
      (self.name, self.roc, self.threshold) = (name, roc, threshold)
    }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure describes its data there.
  public var page = Page()
  /// The curves, each in its own color.
  public var curves: [Curve]
  /// The micro-average over all classes, drawn dashed.
  public var microAverage: ROC?
  /// Whether the macro-average, the unweighted mean of the curves, is drawn.
  public var showsMacroAverage = false
  private var summary = ""
  private var notes: [String] = []

  /// Creates a figure of several curves, such as those of different models.
  public init(_ curves: [Curve]) {
    self.curves = curves
    notes = [Self.skippedNote(curves.map(\.roc.skipped).reduce(0, +))]
  }

  /// Creates a figure of the curves of a classifier. Throws an error if all samples belong to one class.
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

  /// Draws the curves, the diagonal of chance, and the legend. Throws an error when there is no curve.
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

  /// The size of the corner that contains the bends of good curves.
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

  /// The legend entries for the marked points.
  private var decision: [LegendEntry] {
    guard let threshold = curves.compactMap(\.threshold).first else { return [] }
    let label = "at threshold \(NumberText.plain(Double(threshold), digits: 3))"
    guard curves.count == 1, let rates = curves.first?.roc.rates(above: threshold) else {
      return [(.space, ""), (.marker(.circle, page.theme.secondary, isHollow: false), label)]
    }
    return [
      (.space, ""), (.marker(CurveStyle.marker(0, page.theme), page.theme.hue(0), isHollow: false), label),
      (.detail, "\(NumberText.percent(rates.truePositive)) found"),
      (.detail, "\(NumberText.percent(rates.falsePositive)) false alarms"),
    ]
  }
}

/// The receiver operating characteristic of scores: the true and false positive rates at every threshold.
///
/// ```swift
/// let roc = try ROC(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// roc.area  // 0.75
/// ```
///
/// Samples with equal scores pass the threshold together, so their part of the curve is a straight line that doesn't
/// depend on their order.
///
/// Source: T. Fawcett, "An introduction to ROC analysis" (2006).
public struct ROC: Hashable, Sendable {
  /// Infinity, followed by the distinct scores in descending order. A sample is predicted positive if its score is at
  /// least the threshold.
  public let thresholds: [Float]
  /// The false positive rate, FP / N, at each threshold.
  public let falsePositiveRates: [Double]
  /// The true positive rate, TP / P, at each threshold.
  public let truePositiveRates: [Double]
  /// The area under the curve: the probability that a sample of the class scores higher than one of the others, where
  /// ties count half.
  public let area: Double
  /// The number of samples of the class.
  public let positives: Int
  /// The number of samples of the other classes.
  public let negatives: Int
  /// The number of samples skipped because their score is not finite.
  public let skipped: Int

  /// Creates the curve of `scores`, where a larger score means that the class is more likely.
  ///
  /// - Parameters:
  ///   - scores: One score per sample.
  ///   - isPositive: Whether each sample belongs to the class.
  ///   - ties: Values that order samples with equal scores, such as the logits of probabilities that round to 1; if
  ///     `nil`, such samples are counted together.
  /// - Throws: An error unless there is one label per score, with finite scores of both positive and negative samples.
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

  /// Returns both rates if samples with a score above `threshold` are predicted positive.
  public func rates(above threshold: Float) -> (falsePositive: Double, truePositive: Double) {
    let index = max(thresholds.countAbove(threshold) - 1, 0)
    return (falsePositiveRates[index], truePositiveRates[index])
  }

  /// The points of the curve from (0, 0) to (1, 1).
  var points: [Point] { zip(falsePositiveRates, truePositiveRates).map { Point($0, $1) } }

  /// Returns the vertical mean of nondecreasing `curves`; vertical segments are kept, so the area is the mean of the
  /// areas.
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
