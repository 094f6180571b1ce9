import GliaCore

/// How a classifier of two inputs divides the plane, with the points it was trained and tested on.
///
/// ```swift
/// var figure = DecisionBoundary(classes: ["inner", "outer"], points: [PointSet("train", x, labels: y)]) { points in
///   try network.predict(points)
/// }
/// figure.title = "circles · 2–8–1 tanh"
/// try figure.write(to: "boundary.png")
/// ```
public struct DecisionBoundary: Figure {
  /// A function from points (x₁ and x₂ in turn, n × 2) to scores (n × K): K = 1 for two classes, else one for each class.
  public typealias Scores = @Sendable (_ points: [Float]) throws -> [Float]

  /// Size, look and words.
  public var page = Page()
  /// The names of the classes.
  public var classes: [String]
  /// The points drawn over the regions, the last set on top.
  public var points: [PointSet]
  /// The classifier.
  public var scores: Scores
  /// What its scores mean.
  public var reading: Reading
  /// The names of the two inputs.
  public var axes = ("x₁", "x₂")
  /// The part of the plane that is drawn, its shorter side extended to a square; around the points if `nil`.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  /// Whether misclassified points are ringed and crossed out.
  public var marksMistakes = true

  /// The boundary of the classifier `scores` between `classes`.
  public init(
    classes: [String], points: [PointSet], reading: Reading = .probability, scores: @escaping Scores
  ) {
    self.classes = classes
    self.points = points
    self.reading = reading
    self.scores = scores
  }

  /// Draws the regions, the boundary, the points and what they mean.
  ///
  /// Throws what the classifier throws; when no finite points are given and no limits either; when a label has no class; when
  /// the number of scores fits neither one a point nor one for each class.
  public func draw(on canvas: inout Canvas) throws {
    guard !classes.isEmpty else {
      throw GliaError("a decision boundary needs classes", at: "classes", expected: "at least one name")
    }
    for set in points { try set.check(classes: classes.count) }
    let (x, y) = try PlaneLayout.scales(limits: limits, points)
    let isBinary = classes.count == 2
    let bar = isBinary ? colorBar : nil
    var legend = Legend(entries: [], theme: page.theme)
    let mistakes = try misclassified()
    legend.entries = entries(mistakes: mistakes.map { $0.filter { $0 }.count }.reduce(0, +))
    let layout = PlaneLayout(
      page: page, bounds: canvas.bounds, x: Axis(x, name: axes.0), y: Axis(y, name: axes.1),
      barWidth: bar?.width ?? 0, legendWidth: min(legend.width, Self.legendWidth))
    let field = try DecisionField(self, layout.plot, pixels: layout.plot.area.width * canvas.scale)
    canvas.clip = layout.plot.area
    field.paintRegions(on: &canvas, layout.plot)
    try field.drawLines(on: &canvas, layout.plot)
    drawPoints(on: &canvas, layout.plot, mistakes)
    canvas.clip = nil
    layout.plot.drawAxes(on: &canvas)
    bar?.draw(on: &canvas, in: layout.bar)
    legend.draw(on: &canvas, in: layout.legend)
    page.drawWords(on: &canvas, left: layout.plot.area.x, note: note(field))
  }

  private static let legendWidth = 190.0

  private var colorBar: ColorBar {
    let tint = DecisionField.tint(page.theme)
    return ColorBar(
      color: { tint($0) }, ticks: reading.ticks, name: reading.quantity(of: classes[1]), theme: page.theme)
  }

  /// For each set and point, whether the classifier is wrong; never for points that are not finite.
  private func misclassified() throws -> [[Bool]] {
    try points.map { set in
      var wrong = Array(repeating: false, count: set.count)
      let finite = set.finite
      let scores = try Grid.scores(self.scores, at: finite.flatMap { set.coordinates[2 * $0...2 * $0 + 1] })
      let channels = finite.isEmpty ? 1 : scores.count / finite.count
      for (row, index) in finite.enumerated() {
        let own = scores[row * channels..<(row + 1) * channels]
        guard own.allSatisfy(\.isFinite) else { continue }
        wrong[index] = try predicted(own) != set.labels[index]
      }
      return wrong
    }
  }

  /// The class that the scores of one point decide for.
  private func predicted(_ scores: ArraySlice<Float>) throws -> Int {
    try checkChannels(scores.count)
    if classes.count == 2 { return reading.place(scores) >= 0.5 ? 1 : 0 }
    return (scores.indices.max { scores[$0] < scores[$1] } ?? scores.startIndex) - scores.startIndex
  }

  /// Refuses a number of scores a point that does not fit the classes.
  func checkChannels(_ channels: Int) throws {
    guard channels == classes.count || (channels == 1 && classes.count == 2) else {
      throw GliaError(
        "the classifier gives \(channels) scores a point for \(classes.count) classes", at: "scores",
        expected: classes.count == 2 ? "1 or 2 scores a point" : "\(classes.count) scores a point")
    }
  }

  private func marker(_ label: Int) -> Marker { .of(label, hues: page.theme.palette.count) }

  private func entries(mistakes: Int) -> [(key: Legend.Key, name: String)] {
    let theme = page.theme
    let totals = points.reduce(into: Array(repeating: 0, count: classes.count)) { counts, set in
      for label in set.labels { counts[label] += 1 }
    }
    var entries: [(key: Legend.Key, name: String)] = classes.enumerated().map { index, name in
      // Cut before the count is added, which so is always seen.
      let name = Typeface.fitted(name, to: Self.legendWidth - 70, size: theme.labelSize)
      let text = points.isEmpty ? name : "\(name) (\(totals[index]))"
      return (.marker(marker(index), theme.hue(index), isHollow: false), text)
    }
    let drawn = points.filter { $0.count > 0 }
    if drawn.count > 1 || drawn.contains(where: { $0.style == .hollow }) {
      entries.append((.space, ""))
      for set in drawn {
        entries.append(
          (.marker(.circle, theme.secondary, isHollow: set.style == .hollow), "\(set.name) (\(set.count))"))
      }
    }
    if mistakes > 0 && marksMistakes { entries.append((.mistake, "misclassified (\(mistakes))")) }
    return entries
  }

  private func drawPoints(on canvas: inout Canvas, _ plot: Plot, _ mistakes: [[Bool]]) {
    let count = points.reduce(0) { $0 + $1.count }
    let radius = count <= 400 ? 4.0 : max(4 * (400 / Double(count)).squareRoot(), 1.6)
    var wrong: [Point] = []
    for (set, mistaken) in zip(points, mistakes) {
      for index in shuffledOrder(set.count) {
        let point = set.point(index)
        guard point.isFinite else { continue }
        let place = plot.place(point.x, point.y)
        let label = set.labels[index]
        canvas.mark(
          marker(label), at: place, radius: radius, color: page.theme.hue(label), isHollow: set.style == .hollow,
          theme: page.theme)
        if mistaken[index] && marksMistakes { wrong.append(place) }
      }
    }
    for place in wrong { canvas.markMistake(at: place, radius: radius, theme: page.theme) }
  }

  func note(_ field: DecisionField) -> String {
    let skipped = points.reduce(0) { $0 + $1.count - $1.finite.count }
    return [
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "point that is" : "points that are") not finite left out" : "",
      field.nonFiniteCount > 0 ? "scores not finite at \(field.nonFiniteCount) of \(field.nodeCount) nodes (grey)" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
