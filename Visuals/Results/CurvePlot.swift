/// A plot of curves in the unit square, with the legend at the side or, on a narrow page, in an empty corner.
struct CurvePlot {
  /// A line and its marker.
  struct Curve {
    var points: [Point]
    var color: Color
    var stroke = Stroke(2)
    /// The marker of the class at the decision threshold.
    var marker: Marker?
    var decision: Point?
    /// The name in the legend.
    var name = ""

    var entry: LegendEntry { (marker.map { .curve(color, stroke, $0) } ?? .line(color, stroke), name) }
  }

  var page: Page
  var axes: (x: String, y: String)
  var curves: [Curve]
  var entries: [LegendEntry] = []
  /// The width to the right of the square for labels of lines.
  var labelWidth = 0.0
  /// The size of the upper-left corner that is magnified at the lower right; 0 for no magnification.
  var zoom = 0.0
  var note = ""

  static let legendWidth = 200.0
  private static let scale = Scale(from: -0.02, to: 1.02)
  static let ticks = Ticks(values: [0, 0.2, 0.4, 0.6, 0.8, 1], labels: ["0", "0.2", "0.4", "0.6", "0.8", "1"])

  /// Draws the plot, with `background` below the curves.
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

  /// Draws a marker on a curve with a thin light edge.
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

extension CurvePlot {
  /// Draws a magnified inset of the upper-left corner, where the curves of good classifiers crowd, unless a curve runs
  /// below the inset.
  func drawZoom(on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let (start, end) = (plot.place(0.58, 0.5), plot.place(1, 0.08))
    let area = Rect(x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y)
    let room = Rect(x: plot.place(0.5, 0).x, y: area.y, width: plot.area.maxX, height: plot.area.maxY - area.y)
    guard area.width > 100, !curves.contains(where: { placed($0, plot, thinned: 2).contains(where: room.contains) })
    else { return }
    let margin = 0.03 * zoom
    func axis(_ low: Double) -> Axis {
      let values = [low, low + zoom / 2, low + zoom]
      let decimals = zoom < 0.2 ? 2 : 1
      let labels = values.map { NumberText.fixed($0, decimals: $0 == $0.rounded() ? 0 : decimals) }
      return Axis(Scale(from: low - margin, to: low + zoom + margin), ticks: Ticks(values: values, labels: labels))
    }
    let inset = Plot(area: area, x: axis(0), y: axis(1 - zoom), theme: theme)
    let frame = Path([(0, 1 - zoom), (zoom, 1 - zoom), (zoom, 1), (0, 1)].map { plot.place($0.0, $0.1) }, closed: true)
    canvas.stroke(frame, Stroke(1), theme.spine)
    canvas.stroke(.line(plot.place(zoom, 1 - zoom), Point(area.x, area.y)), Stroke(0.8, dashes: [2, 3]), theme.spine)
    // The short ends of grid lines to the right of the inset would look like marks.
    canvas.fill(
      .rectangle(Rect(x: area.x, y: area.y, width: plot.area.maxX + 1 - area.x, height: area.height)), theme.page)
    inset.drawGridLines(on: &canvas)
    canvas.clip = area
    drawCurves(on: &canvas, inset)
    canvas.clip = nil
    inset.drawAxes(on: &canvas)
  }
}

/// The styles of the curves of classes: each has the color and marker that its class has in all figures. If there are
/// too many, only those with the lowest values stand out.
struct CurveStyle {
  private let theme: Theme
  private let values: [Double]
  /// The index of the color and marker of each curve.
  private let places: [Int]
  /// The indices of the curves in color, in the order of the legend.
  private let shown: [Int]

  /// The number of curves that stand out if there are more curves than colors.
  private static let fewest = 6

  /// Creates the styles of curves with these `values`; `places` are the indices of their classes, or `nil` for
  /// consecutive ones.
  init(theme: Theme, values: [Double], places: [Int?]) {
    (self.theme, self.values) = (theme, values)
    self.places = places.enumerated().map { $1 ?? $0 }
    let rising = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    shown = values.count <= max(theme.palette.count, 1) ? Array(values.indices) : Array(rising.prefix(Self.fewest))
  }

  static func marker(_ index: Int, _ theme: Theme) -> Marker { .of(index, hues: theme.palette.count) }

  /// Returns a value with the name of its curve, truncated to fit.
  func entry(_ value: Double, _ name: String) -> String {
    let number = NumberText.fixed(value, decimals: 3)
    let room = CurvePlot.legendWidth - 34 - theme.label().width(of: number + "  ")
    return number + "  " + Typeface.fitted(name, to: room, size: theme.labelSize)
  }

  /// Returns the curve `index` with its marker at the decision threshold.
  func curve(_ index: Int, _ points: [Point], _ name: String, decision: Point?) -> CurvePlot.Curve {
    guard shown.contains(index) else {
      return CurvePlot.Curve(points: points, color: theme.spine.opacity(0.45), stroke: Stroke(1))
    }
    let place = places[index]
    return CurvePlot.Curve(
      points: points, color: theme.hue(place), stroke: theme.isGray ? theme.stroke(place) : Stroke(2),
      marker: decision.map { _ in Self.marker(place, theme) },
      decision: decision, name: entry(values[index], name))
  }

  /// Returns all curves from back to front: pale ones, averages, and those that stand out.
  func layered(_ curves: [CurvePlot.Curve], _ averages: [CurvePlot.Curve]) -> [CurvePlot.Curve] {
    curves.indices.filter { !shown.contains($0) }.map { curves[$0] } + averages + shown.map { curves[$0] }
  }

  /// Returns the legend entries of `curves`.
  func entries(_ curves: [CurvePlot.Curve]) -> [LegendEntry] {
    let rest = values.count - shown.count
    let others: [LegendEntry] =
      rest == 0
      ? [] : [(.line(theme.spine.opacity(0.6), Stroke(1)), NumberText.count(rest, "better class", "better classes"))]
    return shown.map { curves[$0].entry } + others
  }

  func macro(_ points: [Point], _ value: Double) -> CurvePlot.Curve {
    CurvePlot.Curve(
      points: points, color: theme.text, stroke: Stroke(2.4, dashes: [7, 3]), name: entry(value, "macro average"))
  }

  func micro(_ points: [Point], _ value: Double) -> CurvePlot.Curve {
    CurvePlot.Curve(
      points: points, color: theme.secondary, stroke: Stroke(2.4, dashes: [2.4, 2.4]),
      name: entry(value, "micro average"))
  }
}
