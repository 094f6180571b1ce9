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
