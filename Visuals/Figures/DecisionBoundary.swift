import GliaCore

/// The decision regions of a classifier with two inputs, with the points it was trained and tested on.
///
/// ```swift
/// var figure = DecisionBoundary(classes: ["inner", "outer"], points: [PointSet("train", x, labels: y)]) { points in
///   try network.predict(points)
/// }
/// figure.title = "circles · 2–8–1 tanh"
/// try figure.write(to: "boundary.png")
/// ```
public struct DecisionBoundary: Figure {
  /// A function from points (n × 2, x₁ and x₂ interleaved) to scores (n × K), where K is 1 for two classes or the
  /// number of classes.
  public typealias Scores = @Sendable (_ points: [Float]) throws -> [Float]

  /// How the regions of the classes are colored.
  public enum Shading: Hashable, Sendable {
    /// The color is stronger where the classifier is more confident.
    case gradual
    /// The color has the given number of steps from undecided to certain; 1 shows only the decision.
    case stepped(Int)
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The names of the classes.
  public var classes: [String]
  /// The point sets drawn over the regions, the last one on top.
  public var points: [PointSet]
  /// The classifier.
  public var scores: Scores
  /// How to interpret the scores.
  public var scoreKind: ScoreKind
  /// The names of the two inputs.
  public var axes = ("x₁", "x₂")
  /// The part of the plane that is drawn, its shorter side extended to a square. If `nil`, the figure shows the area
  /// around the points; a few points far outside, which would squeeze the others, are left out and counted in the note.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  /// How the regions are colored.
  public var shading = Shading.gradual
  /// Whether misclassified points are ringed and crossed out.
  public var marksMistakes = true
  /// How mistakes are marked; if `nil`, it depends on their number and on the size of the points.
  var mistakeSign: MarkStamp.Mistake?
  /// The approximate number of values that the classifier computes per point.
  var numbersPerPoint = 2
  /// The maximum ratio of the spans of two axes that share one scale.
  var ratio = PlaneLayout.sameUnitRatio
  /// A remark at the lower right, before the note on what could not be drawn.
  var remark = ""
  /// The seed of the random drawing order, which keeps one class from hiding another.
  public var seed: UInt64 = 7

  /// Creates the figure of a classifier that is given by its scores.
  public init(
    classes: [String], points: [PointSet], scoreKind: ScoreKind = .probability, scores: @escaping Scores
  ) {
    self.classes = classes
    self.points = points
    self.scoreKind = scoreKind
    self.scores = scores
  }

  /// Draws the regions, the boundary, the points, and the legend.
  ///
  /// Rethrows errors of the classifier. Throws an error when there are neither finite points nor limits, when a label
  /// has no class, or when the number of scores per point is neither one nor the number of classes.
  public func draw(on canvas: inout Canvas) throws { try drawPage(on: &canvas) }
}

extension DecisionBoundary: PlotFigure {
  func content(within limits: PlotLimits?) throws -> PlotContent {
    guard !classes.isEmpty else {
      throw GliaError("a decision boundary needs classes", at: "classes", expected: "at least one name")
    }
    for set in points { try set.check(classes: classes.count) }
    let (x, y) = try PlaneLayout.scales(
      limits: limits ?? self.limits.map { PlotLimits($0.x, $0.y) }, points, ratio: ratio, omitsOutliers: true)
    let marks = try DecisionPoints(self)
    return PlotContent(
      x: Axis(x, name: axes.0), y: Axis(y, name: axes.1), isSquare: true, bar: classes.count == 2 ? colorBar : nil,
      legend: marks.legend(counting: true), legendWidth: marks.legendWidth, sharedLegend: marks.legend(counting: false),
      badge: marks.accuracy,
      obstacles: { plot in Obstacles(points: marks.places(in: plot)) },
      draw: { canvas, plot in
        let field = try DecisionField(self, plot, pixels: plot.area.width * canvas.scale)
        field.paintRegions(on: &canvas, plot)
        try field.drawLines(on: &canvas, plot)
        marks.draw(on: &canvas, plot)
        return note(field)
      })
  }

  private var colorBar: ColorBar {
    let shade = DecisionField.tint(page.theme, shading)
    return ColorBar(
      color: { shade($0) }, ticks: scoreKind.ticks, name: scoreKind.quantity(of: classes[1]), theme: page.theme)
  }

  func note(_ field: DecisionField) -> String {
    let skipped = points.reduce(0) { $0 + $1.tally.count - $1.tally.finite }
    let steps = Set(points.filter { $0.count > 0 }.map(\.tally.step))
    let thinned = points.filter { $0.tally.step > 1 && $0.count > 0 }.map { set in
      "1 in \(set.tally.step) points \(steps.count > 1 ? "of \(set.name) " : "")drawn"
    }
    let outside = limits == nil ? points.flatMap { set in set.finite.map(set.point) }.count(outside: field.plane) : 0
    let rest = [
      outside > 0 ? "\(NumberText.count(outside, steps == [1] ? "point" : "drawn point")) outside" : "",
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "point that is" : "points that are") not finite left out" : "",
      field.nonFiniteCount > 0 ? "scores not finite at \(field.nonFiniteCount) of \(field.nodeCount) nodes (gray)" : "",
    ]
    return ([remark] + thinned.prefix(steps.count > 1 ? thinned.count : 1) + rest).filter { !$0.isEmpty }.joined(
      separator: " · ")
  }
}
