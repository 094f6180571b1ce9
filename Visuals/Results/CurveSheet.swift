/// A line of a legend.
typealias LegendEntry = (key: Legend.Key, name: String)

/// Curves in the unit square with what they mean beside them, or in an empty corner of a page that has no room there.
struct CurveSheet {
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
  var note = ""

  static let legendWidth = 200.0
  private static let scale = Scale(from: -0.02, to: 1.02)
  private static let ticks = Ticks(values: [0, 0.2, 0.4, 0.6, 0.8, 1], labels: ["0", "0.2", "0.4", "0.6", "0.8", "1"])

  /// Draws all of it, and what `background` draws below the curves.
  func draw(on canvas: inout Canvas, background: (inout Canvas, Plot) -> Void) {
    let legend = Legend(entries: entries, theme: page.theme)
    let width = min(legend.width, Self.legendWidth)
    let beside = layout(canvas.bounds, legendWidth: width)
    let whole = layout(canvas.bounds, legendWidth: 0)
    var plot = beside.plot
    var place = beside.legend
    var isInside = false
    if beside.plot.area.width < 0.8 * whole.plot.area.width, let corner = freeCorner(legend, width, whole.plot) {
      (plot, place, isInside) = (whole.plot, corner, true)
    }
    plot.drawGrid(on: &canvas)
    background(&canvas, plot)
    for curve in curves {
      canvas.stroke(Path(placed(curve, plot, thinned: 0.25 / canvas.scale)), curve.stroke, curve.color)
    }
    for curve in curves {
      guard let marker = curve.marker, let point = curve.decision else { continue }
      let form = marker.path(plot.place(point.x, point.y), radius: 5)
      canvas.stroke(form, Stroke(2.4), page.theme.page)
      canvas.fill(form, curve.color)
      canvas.stroke(form, Stroke(1), curve.color.mixed(with: page.theme.text, 0.5))
    }
    plot.drawAxes(on: &canvas)
    if isInside {
      let plate = Path.rectangle(place.inset(by: -7))
      canvas.fill(plate, page.theme.page)
      canvas.stroke(plate, Stroke(1), page.theme.grid)
    }
    legend.draw(on: &canvas, in: place)
    page.drawWords(on: &canvas, left: plot.area.x, note: note)
  }

  private func layout(_ bounds: Rect, legendWidth: Double) -> PlaneLayout {
    let axis = { (name: String) in Axis(Self.scale, name: name, ticks: Self.ticks) }
    return PlaneLayout(
      page: page, bounds: bounds, x: axis(axes.x), y: axis(axes.y), barWidth: labelWidth, legendWidth: legendWidth)
  }

  private func placed(_ curve: Curve, _ plot: Plot, thinned distance: Double) -> [Point] {
    curve.points.map { plot.place($0.x, $0.y) }.thinned(distance)
  }

  /// A corner of the plot that no curve touches, the lower ones first.
  private func freeCorner(_ legend: Legend, _ width: Double, _ plot: Plot) -> Rect? {
    let area = plot.area.inset(by: 14)
    let height = legend.height + 1
    guard width < area.width, height < area.height else { return nil }
    let lines = curves.map { placed($0, plot, thinned: 2) }
    let corners = [
      (area.maxX - width, area.maxY - height), (area.x, area.maxY - height), (area.maxX - width, area.y),
      (area.x, area.y),
    ]
    return corners.map { Rect(x: $0.0, y: $0.1, width: width, height: height) }.first { corner in
      !lines.contains { Self.passes($0, through: corner.inset(by: -8)) }
    }
  }

  private static func passes(_ points: [Point], through rect: Rect) -> Bool {
    zip(points, points.dropFirst()).contains { a, b in
      let steps = min(max((b - a).length / 3, 1), 1000).rounded(.up)
      return stride(from: 0, through: 1, by: 1 / steps).contains { rect.contains(a + (b - a) * $0) }
    }
  }
}
