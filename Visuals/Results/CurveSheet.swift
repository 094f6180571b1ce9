/// Curves in the unit square with what they mean beside them, or in an empty corner of a page that has no room there.
struct CurvePlot {
  /// A line and its sign.
  struct Curve {
    var points: [Point]
    var color: Color
    var stroke = Stroke(2)
    /// The sign of its class, at the point where the classifier decides.
    var marker: Marker?
    var decision: Point?
    /// How it is called in the legend.
    var name = ""

    var entry: LegendEntry { (marker.map { .curve(color, stroke, $0) } ?? .line(color, stroke), name) }
  }

  var page: Page
  var axes: (x: String, y: String)
  var curves: [Curve]
  var entries: [LegendEntry] = []
  /// The room right of the square for labels of lines.
  var labelWidth = 0.0
  /// How much of the upper left corner is drawn once more, larger, in the lower right; nothing if 0.
  var zoom = 0.0
  var note = ""

  static let legendWidth = 200.0
  private static let scale = Scale(from: -0.02, to: 1.02)
  static let ticks = Ticks(values: [0, 0.2, 0.4, 0.6, 0.8, 1], labels: ["0", "0.2", "0.4", "0.6", "0.8", "1"])

  /// Draws all of it, and what `background` draws below the curves.
  func draw(on canvas: inout Canvas, background: (inout Canvas, Plot) -> Void) {
    let legend = Legend(entries: entries, theme: page.theme)
    let width = min(legend.width, Self.legendWidth)
    let beside = layout(canvas.bounds, legendWidth: width)
    let whole = layout(canvas.bounds, legendWidth: 0)
    let lines = curves.map { placed($0, whole.plot, thinned: 2) }
    let corner = LegendCorner(legend, width: width, beside: beside.plot.area, alone: whole.plot.area, lines: lines)
    let plot = corner == nil ? beside.plot : whole.plot
    plot.drawGridLines(on: &canvas)
    background(&canvas, plot)
    drawCurves(on: &canvas, plot)
    if corner == nil, zoom > 0 { drawZoom(on: &canvas, plot) }
    plot.drawAxes(on: &canvas)
    corner?.drawPlate(on: &canvas, page.theme)
    legend.draw(on: &canvas, in: corner?.place ?? beside.legend)
    page.drawText(on: &canvas, left: plot.area.x, note: note)
  }

  func drawCurves(on canvas: inout Canvas, _ plot: Plot) {
    for curve in curves {
      canvas.stroke(Path(placed(curve, plot, thinned: 0.25 / canvas.scale)), curve.stroke, curve.color)
    }
    for curve in curves {
      guard let marker = curve.marker, let point = curve.decision else { continue }
      Self.mark(marker, at: plot.place(point.x, point.y), curve.color, page.theme, on: &canvas)
    }
  }

  /// A sign on a curve, set off by a thin light edge.
  static func mark(_ marker: Marker, at point: Point, _ color: Color, _ theme: Theme, on canvas: inout Canvas) {
    let form = marker.path(point, radius: 5)
    canvas.stroke(form, Stroke(2.4), theme.page)
    canvas.fill(form, color)
    canvas.stroke(form, Stroke(1), color.mixed(with: theme.text, 0.5))
  }

  private func layout(_ bounds: Rect, legendWidth: Double) -> PlaneLayout {
    let axis = { (name: String) in Axis(Self.scale, name: name, ticks: Self.ticks) }
    return PlaneLayout(
      page: page, bounds: bounds, x: axis(axes.x), y: axis(axes.y), barWidth: labelWidth, legendWidth: legendWidth)
  }

  func placed(_ curve: Curve, _ plot: Plot, thinned distance: Double) -> [Point] {
    curve.points.map { plot.place($0.x, $0.y) }.thinned(distance)
  }
}
