import GliaCore

/// Draws one small plot of a ``PartialDependencePlot``.
struct DependenceDrawing {
  private let panel: PartialDependencePlot.Panel
  private let plot: Plot

  init(_ panel: PartialDependencePlot.Panel, _ plot: Plot) { (self.panel, self.plot) = (panel, plot) }

  typealias Style = (color: Color, stroke: Stroke)

  /// How the mean is drawn.
  static func mean(_ theme: Theme) -> Style { (theme.counterpart, Stroke(2.6)) }
  /// How single samples are drawn.
  static func sample(_ theme: Theme) -> Style { (theme.hue(0).opacity(0.35), Stroke(0.8)) }

  func draw(on canvas: inout Canvas) {
    plot.drawGridLines(on: &canvas)
    canvas.clip = plot.area.inset(by: -2)
    if panel.isCategory { drawCategories(on: &canvas) } else { drawCurves(on: &canvas) }
    drawDeciles(on: &canvas)
    canvas.clip = nil
    plot.drawAxes(on: &canvas)
  }

  private func places(_ values: [Double]) -> [Point] {
    zip(panel.points, values).map { $1.isFinite ? plot.place($0, $1) : Point(.nan, .nan) }
  }

  private func path(_ values: [Double]) -> Path {
    var path = Path()
    for stretch in places(values).split(whereSeparator: { !$0.isFinite }) { path.append(Path(Array(stretch))) }
    return path
  }

  private func drawCurves(on canvas: inout Canvas) {
    let theme = plot.theme
    let (sample, mean) = (Self.sample(theme), Self.mean(theme))
    for curve in panel.curves { canvas.stroke(path(curve), sample.stroke, sample.color) }
    let line = path(panel.mean)
    canvas.stroke(line, Stroke(4.6), theme.page.opacity(0.85))
    canvas.stroke(line, mean.stroke, mean.color)
    // Few values are measured values, not a curve.
    guard panel.points.count <= 12 else { return }
    drawMeans(on: &canvas, radius: 3.6)
  }

  /// Draws a mark for the mean of each category over those of the samples, which no line connects.
  private func drawCategories(on canvas: inout Canvas) {
    let sample = Self.sample(plot.theme)
    let lane = plot.area.width / Double(max(panel.points.count, 1))
    let half = Point(min(lane * 0.24, 14), 0)
    for curve in panel.curves {
      var path = Path()
      for place in places(curve) where place.isFinite { path.append(.line(place - half, place + half)) }
      canvas.stroke(path, sample.stroke, sample.color)
    }
    drawMeans(on: &canvas, radius: 5)
  }

  private func drawMeans(on canvas: inout Canvas, radius: Double) {
    for place in places(panel.mean) where place.isFinite {
      canvas.mark(.circle, at: place, radius: radius, color: Self.mean(plot.theme).color, theme: plot.theme)
    }
  }

  private func drawDeciles(on canvas: inout Canvas) {
    for decile in panel.deciles where decile.isFinite && panel.scale.contains(decile) {
      let x = canvas.crisp(plot.place(decile, plot.y.scale.low).x, width: 1)
      let line = Path.line(Point(x, plot.area.maxY - 1), Point(x, plot.area.maxY - 8))
      canvas.stroke(line, Stroke(3), plot.theme.page.opacity(0.8))
      canvas.stroke(line, Stroke(1.2), plot.theme.text)
    }
  }
}
