import GliaCore

/// Precision against recall: of two classes the curve of the second, of more a curve for each against the rest, with that of
/// all decisions together.
///
/// ```swift
/// var figure = try PrecisionRecallCurve(scores: probabilities, labels: labels, classes: ["benign", "malignant"])
/// figure.title = "biopsies · 30–16–1 relu"
/// try figure.write(to: "precision_recall.png")
/// ```
///
/// On the pale lines the F₁ score, 2 P R / (P + R), is the same. The sign on a curve is where the classifier decides: at one
/// half, or at the threshold of its ``ScoreKind``.
public struct PrecisionRecallCurve: ClassifierFigure {
  /// A curve with its name, as of a class or of a model among others.
  public struct Curve: Hashable, Sendable {
    /// Its name in the legend.
    public var name: String
    /// The curve.
    public var curve: PrecisionRecall
    /// Above which score samples are taken for the class; no point is marked if nil.
    public var threshold: Float?
    /// The place of its hue and its sign, that of its class; the one among the curves if nil.
    var place: Int?

    /// A named curve.
    public init(_ name: String, _ curve: PrecisionRecall, threshold: Float? = nil) {
      (self.name, self.curve, self.threshold) = (name, curve, threshold)
    }
  }

  /// Size, look and words; without a subtitle, the figure says what it is about.
  public var page = Page()
  /// The curves, each in its color.
  public var curves: [Curve]
  /// The curve of all decisions about any class together; drawn dashed.
  public var microAverage: PrecisionRecall?
  private var summary = ""
  private var notes: [String] = []

  /// Curves side by side, such as those of several models.
  public init(_ curves: [Curve]) {
    self.curves = curves
    notes = [ROCCurve.skippedNote(curves.map(\.curve.skipped).reduce(0, +))]
  }

  /// The curves of a classifier. Throws when all samples are of one class.
  public init(_ results: ClassScores) throws {
    let ranked = try RankedClasses(results) { try PrecisionRecall(scores: $0, isPositive: $1, ties: $2) }
    curves = ranked.curves.map { ranked in
      var curve = Curve(ranked.name, ranked.curve, threshold: results.threshold)
      curve.place = ranked.place
      return curve
    }
    microAverage = ranked.average
    (summary, notes) = (ranked.summary, ranked.notes)
  }

  /// Draws the curves, the lines of equal F₁ and what they mean. Throws when there is no curve.
  public func draw(on canvas: inout Canvas) throws {
    guard !curves.isEmpty else {
      throw GliaError("there are no curves to draw", at: "curves", expected: "at least one")
    }
    let theme = page.theme
    let style = CurveStyle(
      theme: theme, values: curves.map(\.curve.averagePrecision), places: curves.map(\.place))
    let drawn = curves.enumerated().map { index, curve in
      let place = curve.threshold.flatMap(curve.curve.values)
      return style.curve(
        index, curve.curve.points.thinned(1e-4), curve.name, decision: place.map { Point($0.recall, $0.precision) })
    }
    let averages = microAverage.map { [style.micro($0.points, $0.averagePrecision)] } ?? []
    var curvePlot = CurvePlot(
      page: page(summarizing: summary), axes: ("recall", "precision"), curves: style.layered(drawn, averages))
    curvePlot.entries = [(.heading, "average precision")] + style.entries(drawn) + averages.map(\.entry)
    curvePlot.entries += mean(style) + guessing(style) + decision
    curvePlot.labelWidth = theme.note().width(of: "F₁ 0.9") - 12
    curvePlot.note = notes.filter { !$0.isEmpty }.joined(separator: " · ")
    curvePlot.draw(on: &canvas) { canvas, plot in
      drawScores(on: &canvas, plot)
      if drawn.count == 1 {
        let height = plot.place(0, curves[0].curve.prevalence).y
        canvas.stroke(
          .line(Point(plot.place(0, 0).x, height), Point(plot.place(1, 0).x, height)), Self.baseline, theme.spine)
      }
    }
  }

  private static let baseline = Stroke(1.2, dashes: [5, 4])

  /// The mean over the curves, in which each counts the same.
  private func mean(_ style: CurveStyle) -> [LegendEntry] {
    guard microAverage != nil else { return [] }
    let mean = curves.map(\.curve.averagePrecision).reduce(0, +) / Double(curves.count)
    return [(.detail, style.entry(mean, "mean of the classes"))]
  }

  private func guessing(_ style: CurveStyle) -> [LegendEntry] {
    curves.count == 1
      ? [(.line(page.theme.spine, Self.baseline), style.entry(curves[0].curve.prevalence, "guessing"))] : []
  }

  /// The lines of equal F₁, named at the right.
  private func drawScores(on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    for score in [0.2, 0.4, 0.6, 0.8, 0.9] {
      // 1 / P + 1 / R = 2 / F₁
      let sum = 2 / score
      let line = (0...100).map { step in
        let inverse = 1 + (sum - 2) * Double(step) / 100
        return plot.place(1 / inverse, 1 / (sum - inverse))
      }
      canvas.stroke(Path(line), Stroke(1), theme.spine.opacity(0.35))
      let label = Point(plot.area.maxX + 5, line[0].y)
      canvas.write("F₁ \(NumberText.fixed(score, decimals: 1))", at: label, theme.note(), centered: true)
    }
  }

  /// What the marked points say.
  private var decision: [LegendEntry] {
    guard let threshold = curves.compactMap(\.threshold).first else { return [] }
    let words = "at threshold \(NumberText.plain(threshold))"
    guard curves.count == 1 else {
      return [(.space, ""), (.marker(.circle, page.theme.secondary, isHollow: false), words)]
    }
    guard let place = curves[0].curve.values(above: threshold) else {
      return [(.space, ""), (.detail, "none above \(NumberText.plain(threshold))")]
    }
    let f1 = 2 * place.precision * place.recall / (place.precision + place.recall)
    return [
      (.space, ""), (.marker(CurveStyle.marker(0, page.theme), page.theme.hue(0), isHollow: false), words),
      (.detail, "precision \(NumberText.percent(place.precision))"),
      (.detail, "recall \(NumberText.percent(place.recall))"),
      (.detail, "F₁ \(NumberText.fixed(f1.isFinite ? f1 : 0, decimals: 3))"),
    ]
  }
}

/// The precision of scores against their recall: how pure the samples above a threshold are, and how many of a class are
/// among them, for every threshold.
///
/// ```swift
/// let curve = try PrecisionRecall(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// curve.averagePrecision  // 0.8333…
/// ```
///
/// Precision does not run straight between thresholds (J. Davis and M. Goadrich, "The relationship between precision-recall
/// and ROC curves", 2006); the curve is a stair, and its area the average precision Σ (Rₙ − Rₙ₋₁) Pₙ, without interpolation.
public struct PrecisionRecall: Hashable, Sendable {
  /// Every score that occurs, falling; a sample counts as found if its score is at least the threshold.
  public let thresholds: [Float]
  /// The part of the class that is found, TP / P, at each threshold, rising to 1.
  public let recalls: [Double]
  /// The part of what is found that is of the class, TP / (TP + FP), at each threshold.
  public let precisions: [Double]
  /// Σ (Rₙ − Rₙ₋₁) Pₙ.
  public let averagePrecision: Double
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
    thresholds = ranking.thresholds
    let hits = ranking.hits
    let precisions = zip(hits, ranking.alarms).map { Double($0) / Double($0 + $1) }
    let gained = hits.indices.reduce(0.0) { sum, i in sum + Double(hits[i] - (i > 0 ? hits[i - 1] : 0)) * precisions[i]
    }
    self.precisions = precisions
    recalls = hits.map { Double($0) / Double(ranking.positives) }
    averagePrecision = gained / Double(ranking.positives)
  }

  /// The part of the samples that is of the class: the precision of guessing.
  public var prevalence: Double { Double(positives) / Double(positives + negatives) }

  /// Recall and precision when samples with a score above `threshold` are taken for the class; nil if none is.
  public func values(above threshold: Float) -> (recall: Double, precision: Double)? {
    let count = thresholds.countAbove(threshold)
    return count > 0 ? (recalls[count - 1], precisions[count - 1]) : nil
  }

  /// The stair from recall 0 to where all are found, and down to the prevalence, where all samples are taken for the class.
  var points: [Point] {
    var points: [Point] = []
    var recall = 0.0
    for (next, precision) in zip(recalls, precisions) {
      points.append(Point(recall, precision))
      if next > recall { points.append(Point(next, precision)) }
      recall = next
    }
    return points
  }
}
