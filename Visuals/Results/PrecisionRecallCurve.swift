import GliaCore

/// Precision over recall. For two classes, the figure shows the curve of the second one; for more classes, one curve
/// per class against the rest and their micro-average.
///
/// ```swift
/// var figure = try PrecisionRecallCurve(scores: probabilities, labels: labels, classes: ["benign", "malignant"])
/// figure.title = "biopsies · 30–16–1 relu"
/// try figure.write(to: "precision_recall.png")
/// ```
///
/// The F₁ score, 2 P R / (P + R), is constant along the pale lines. The marker on a curve shows the decision threshold:
/// one half, or the threshold of the ``ScoreKind``.
public struct PrecisionRecallCurve: ClassifierFigure {
  /// A named curve, such as that of one class or of one of several models.
  public struct Curve: Hashable, Sendable {
    /// The name of the curve in the legend.
    public var name: String
    /// The curve.
    public var curve: PrecisionRecall
    /// The threshold above which a sample is predicted positive, marked on the curve; `nil` for no mark.
    public var threshold: Float?
    /// The index of the curve's hue and marker, which is that of its class; if `nil`, the index of the curve.
    var place: Int?

    /// Creates a named curve.
    public init(_ name: String, _ curve: PrecisionRecall, threshold: Float? = nil) {
      (self.name, self.curve, self.threshold) = (name, curve, threshold)
    }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure describes its data there.
  public var page = Page()
  /// The curves, each in its own color.
  public var curves: [Curve]
  /// The micro-average over all classes, drawn dashed.
  public var microAverage: PrecisionRecall?
  private var summary = ""
  private var notes: [String] = []

  /// Creates a figure of several curves, such as those of different models.
  public init(_ curves: [Curve]) {
    self.curves = curves
    notes = [ROCCurve.skippedNote(curves.map(\.curve.skipped).reduce(0, +))]
  }

  /// Creates a figure of the curves of a classifier. Throws an error if all samples belong to one class.
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

  /// Draws the curves, the lines of constant F₁, and the legend. Throws an error when there is no curve.
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

  /// Returns the legend entry of the unweighted mean over the classes.
  private func mean(_ style: CurveStyle) -> [LegendEntry] {
    guard microAverage != nil else { return [] }
    let mean = curves.map(\.curve.averagePrecision).reduce(0, +) / Double(curves.count)
    return [(.detail, style.entry(mean, "mean of the classes"))]
  }

  private func guessing(_ style: CurveStyle) -> [LegendEntry] {
    curves.count == 1
      ? [(.line(page.theme.spine, Self.baseline), style.entry(curves[0].curve.prevalence, "guessing"))] : []
  }

  /// Draws the lines of constant F₁ with labels at the right.
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

  /// The legend entries for the marked points.
  private var decision: [LegendEntry] {
    guard let threshold = curves.compactMap(\.threshold).first else { return [] }
    let label = "at threshold \(NumberText.plain(Double(threshold), digits: 3))"
    guard curves.count == 1 else {
      return [(.space, ""), (.marker(.circle, page.theme.secondary, isHollow: false), label)]
    }
    guard let place = curves[0].curve.values(above: threshold) else {
      return [(.space, ""), (.detail, "none above \(NumberText.plain(threshold))")]
    }
    let f1 = 2 * place.precision * place.recall / (place.precision + place.recall)
    return [
      (.space, ""), (.marker(CurveStyle.marker(0, page.theme), page.theme.hue(0), isHollow: false), label),
      (.detail, "precision \(NumberText.percent(place.precision))"),
      (.detail, "recall \(NumberText.percent(place.recall))"),
      (.detail, "F₁ \(NumberText.fixed(f1.isFinite ? f1 : 0, decimals: 3))"),
    ]
  }
}

/// The precision and recall of scores at every threshold.
///
/// ```swift
/// let curve = try PrecisionRecall(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
/// curve.averagePrecision  // 0.8333…
/// ```
///
/// Precision is not linear between thresholds (J. Davis and M. Goadrich, "The relationship between precision-recall and
/// ROC curves", 2006). The curve is therefore a step function, and its area is the average precision Σ (Rₙ − Rₙ₋₁) Pₙ
/// without interpolation.
public struct PrecisionRecall: Hashable, Sendable {
  /// The distinct scores in descending order. A sample is predicted positive if its score is at least the threshold.
  public let thresholds: [Float]
  /// The recall, TP / P, at each threshold, ascending to 1.
  public let recalls: [Double]
  /// The precision, TP / (TP + FP), at each threshold.
  public let precisions: [Double]
  /// The average precision, Σ (Rₙ − Rₙ₋₁) Pₙ.
  public let averagePrecision: Double
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
    thresholds = ranking.thresholds
    let hits = ranking.hits
    let precisions = zip(hits, ranking.alarms).map { Double($0) / Double($0 + $1) }
    let gained = hits.indices.reduce(0.0) { sum, i in sum + Double(hits[i] - (i > 0 ? hits[i - 1] : 0)) * precisions[i]
    }
    self.precisions = precisions
    recalls = hits.map { Double($0) / Double(ranking.positives) }
    averagePrecision = gained / Double(ranking.positives)
  }

  /// The fraction of samples of the class, which is the precision of guessing.
  public var prevalence: Double { Double(positives) / Double(positives + negatives) }

  /// Returns recall and precision if samples with a score above `threshold` are predicted positive; `nil` if there are
  /// none.
  public func values(above threshold: Float) -> (recall: Double, precision: Double)? {
    let count = thresholds.countAbove(threshold)
    return count > 0 ? (recalls[count - 1], precisions[count - 1]) : nil
  }

  /// The points of the step function, from recall 0 to the threshold at which all samples are predicted positive.
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
