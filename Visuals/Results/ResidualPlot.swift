import RealModule

/// The predictions and residuals of a regression: predictions over targets, residuals over predictions, and a histogram
/// of the residuals.
///
/// ```swift
/// var figure = try ResidualPlot(actual: prices, predicted: predictions)
/// figure.quantity = "price"
/// try figure.write(to: "residuals.png")
/// ```
///
/// In the first plot, the dashed line marks exact predictions and the thin line is the ``Residuals/bestFit``. In the
/// second plot, the band shows two standard deviations σ around the mean; a slope, a curve, or a funnel indicates
/// structure that the model hasn't learned.
public struct ResidualPlot: Figure {
  /// The size, theme, and text of the figure. If there is no subtitle, the figure shows R², errors, and bias there.
  public var page = Page()
  /// The residuals.
  public var residuals: Residuals
  /// The name of the predicted quantity, shown at the axes.
  public var quantity = ""

  /// Creates a figure of 1600 × 800 pixels.
  public init(_ residuals: Residuals) {
    self.residuals = residuals
    (page.width, page.height) = (1600, 800)
  }

  /// Creates the figure of targets and predictions. Throws an error when these differ in number or when no sample is
  /// finite.
  public init(actual: [Float], predicted: [Float]) throws {
    self.init(try Residuals(actual: actual, predicted: predicted))
  }

  /// Draws the three parts.
  public func draw(on canvas: inout Canvas) throws {
    let page = page(summarizing: summary)
    let both = Scale.spanning([residuals.actual, residuals.predicted].joined(), padding: 0.05)
    let predicted = Axis(.spanning(residuals.predicted, padding: 0.05), name: named("predicted"))
    let rest = Axis(.spanning(residuals.values + band + [0], padding: 0.05), name: "residual (actual − predicted)")
    let bars = Histogram(residuals.values, on: rest.scale)
    let samples = Scale(from: 0, to: Double(bars.counts.max() ?? 1) * 1.04)
    let layout = ResidualLayout(
      page: page, bounds: canvas.bounds, fit: (Axis(both, name: named("actual")), Axis(both, name: named("predicted"))),
      residuals: (predicted, rest),
      samples: Axis(samples, name: "samples", ticks: Ticks(wholeNumbersOf: samples, most: 4)))
    drawFit(on: &canvas, layout.fit)
    drawBand(on: &canvas, layout)
    draw(residuals.predicted, residuals.values, on: &canvas, layout.residuals)
    draw(bars, on: &canvas, layout.histogram)
    drawLines(on: &canvas, layout)
    layout.residuals.drawAxes(on: &canvas)
    layout.histogram.drawAxes(on: &canvas)
    page.drawText(on: &canvas, left: layout.fit.area.x, note: note)
  }

  private func named(_ part: String) -> String { quantity.isEmpty ? part : "\(part) \(quantity)" }

  private var summary: String {
    [
      "R² \(NumberText.fixed(residuals.r2, decimals: 3))", "RMSE \(NumberText.short(residuals.rootMeanSquaredError))",
      "MAE \(NumberText.short(residuals.meanAbsoluteError))", "bias \(NumberText.short(residuals.bias))",
      "σ \(NumberText.short(residuals.deviation))", NumberText.count(residuals.count, "sample"),
    ].joined(separator: " · ")
  }

  private var note: String {
    [
      residuals.skipped == 0 ? "" : "\(NumberText.count(residuals.skipped, "sample")) not finite left out",
      residuals.count > Scatter.mostDots ? "the darker, the more samples" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// The interval of two standard deviations around the mean.
  private var band: [Double] { [-2, 2].map { residuals.bias + $0 * residuals.deviation } }

  private func draw(_ x: [Double], _ y: [Double], on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let points = zip(x, y).map { plot.place($0, $1) }
    let scatter = Scatter(points: points, color: theme.hue(0), page: theme.page)
    if scatter.isDense { return scatter.paintDensity(on: &canvas, in: plot.area) }
    plot.drawGridLines(on: &canvas)
    scatter.drawDots(on: &canvas)
  }

  private func drawFit(on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    draw(residuals.actual, residuals.predicted, on: &canvas, plot)
    let (low, high) = (plot.x.scale.low, plot.x.scale.high)
    canvas.stroke(.line(plot.place(low, low), plot.place(high, high)), Self.exact, theme.text)
    var entries: [LegendEntry] = [(.line(theme.text, Self.exact), "predicted = actual")]
    if let line = residuals.bestFit {
      let path = Path.line(
        plot.place(low, line.intercept + line.slope * low), plot.place(high, line.intercept + line.slope * high))
      canvas.clip = plot.area
      canvas.stroke(path, Stroke(4), theme.page.opacity(0.7))
      canvas.stroke(path, Self.fit, theme.counterpart)
      canvas.clip = nil
      entries.append((.line(theme.counterpart, Self.fit), "best fit"))
    }
    plot.drawAxes(on: &canvas)
    drawKey(entries, on: &canvas, above: plot.area)
  }

  private static let exact = Stroke(1.3, dashes: [5, 4])
  private static let fit = Stroke(1.6)

  /// Draws the legend of the lines above `area` at the right, as far as there is room.
  private func drawKey(_ entries: [LegendEntry], on canvas: inout Canvas, above area: Rect) {
    var theme = page.theme
    (theme.labelSize, theme.text) = (theme.tickSize, theme.secondary)
    var right = area.maxX
    for entry in entries.reversed() {
      let legend = Legend(entries: [entry], theme: theme)
      guard right - legend.width >= area.x else { return }
      let place = Rect(
        x: right - legend.width, y: area.y - 3 - legend.height, width: legend.width + 0.5, height: legend.height)
      legend.draw(on: &canvas, in: place)
      right = place.x - 14
    }
  }

  private func draw(_ bars: Histogram, on canvas: inout Canvas, _ plot: Plot) {
    for (index, count) in bars.counts.enumerated() where count > 0 {
      let (lower, upper) = (plot.place(0, bars.edge(index)), plot.place(Double(count), bars.edge(index + 1)))
      let gap = lower.y - upper.y > 4 ? 0.8 : 0
      let bar = Rect(x: lower.x, y: upper.y + gap / 2, width: upper.x - lower.x, height: lower.y - upper.y - gap)
      canvas.fill(.rectangle(bar), page.theme.page.mixed(with: page.theme.hue(0), 0.55))
    }
  }

  private func heights(_ layout: ResidualLayout) -> [Double] {
    band.map { layout.residuals.place(layout.residuals.x.scale.low, $0).y }
  }

  /// Draws the band, which lies below the dots and bars so that they keep their color.
  private func drawBand(on canvas: inout Canvas, _ layout: ResidualLayout) {
    let edges = heights(layout)
    for area in [layout.residuals.area, layout.histogram.area] {
      let inside = Rect(x: area.x, y: edges[1], width: area.width, height: edges[0] - edges[1])
      canvas.fill(.rectangle(inside), page.theme.counterpart.opacity(0.07))
    }
  }

  /// Draws the zero line and the edges of the band through both plots, with labels at the right.
  private func drawLines(on canvas: inout Canvas, _ layout: ResidualLayout) {
    let theme = page.theme
    let color = theme.counterpart
    let edges = heights(layout)
    for area in [layout.residuals.area, layout.histogram.area] {
      for edge in edges { canvas.stroke(.line(Point(area.x, edge), Point(area.maxX, edge)), Stroke(1), color) }
      let zero = layout.residuals.place(layout.residuals.x.scale.low, 0).y
      canvas.stroke(.line(Point(area.x, zero), Point(area.maxX, zero)), Self.exact, theme.text)
    }
    guard edges[0] - edges[1] > 3 * theme.tickSize else { return }
    for (edge, name) in zip(edges, ["−2σ", "+2σ"]) {
      let style = Canvas.TextStyle(theme.tickSize, color: color.mixed(with: theme.text, 0.2))
      canvas.write(name, at: Point(layout.histogram.area.maxX + 5, edge), style, centered: true)
    }
  }
}

/// The layout of a residual plot: predictions over targets, residuals over predictions, and their histogram.
struct ResidualLayout {
  let fit: Plot
  let residuals: Plot
  let histogram: Plot

  private static let gap = (panels: 26.0, histogram: 20.0)
  private static let histogramWidth = 96.0
  private static let labelWidth = 30.0

  init(page: Page, bounds: Rect, fit: (x: Axis, y: Axis), residuals: (x: Axis, y: Axis), samples: Axis) {
    let theme = page.theme
    let (left, right) = (
      Plot.margins(x: fit.x, y: fit.y, theme: theme), Plot.margins(x: residuals.x, y: residuals.y, theme: theme)
    )
    let hasNote = fit.y.ticks.note != nil || residuals.y.ticks.note != nil
    let above = left.top > right.top ? left : right
    let head = page.top(above: above, hasNote: hasNote) + theme.tickSize * 1.6
    let height = bounds.height - head - max(left.bottom, right.bottom) - Page.margin - Page.noteHeight
    let spacing = Self.gap.panels + Self.gap.histogram + Self.histogramWidth + Self.labelWidth
    let width = bounds.width - 2 * Page.margin - left.left - right.left - spacing
    let side = max(min(height, width / 2), 1)
    let top = head + page.drop(height - side, on: bounds)
    let wide = max(min(width - side, side * 1.3), 1)
    let used = left.left + side + right.left + wide + spacing
    let x = max((bounds.width - used) / 2, Page.margin) + left.left
    let second = x + side + Self.gap.panels + right.left
    func plot(_ x: Double, _ width: Double, _ axes: (x: Axis, y: Axis)) -> Plot {
      Plot(area: Rect(x: x, y: top, width: width, height: side), x: axes.x, y: axes.y, theme: theme)
    }
    self.fit = plot(x, side, fit)
    self.residuals = plot(second, wide, residuals)
    let bare = Axis(residuals.y.scale, ticks: Ticks(values: [], labels: []))
    histogram = plot(second + wide + Self.gap.histogram, Self.histogramWidth, (samples, bare))
  }
}

/// Many points of one kind, drawn as dots or, if there are too many, as a density field.
struct Scatter {
  let points: [Point]
  let color: Color
  let page: Color

  /// The maximum number of points drawn as dots.
  static let mostDots = 3_000
  /// The side of a cell of the density field.
  private static let side = 2.0

  var isDense: Bool { points.count > Self.mostDots }

  func drawDots(on canvas: inout Canvas) {
    let radius = min(max(3.4 * (300 / Double(points.count)).squareRoot(), 1.5), 3.4)
    for point in points {
      canvas.fill(.circle(point, radius: radius + 0.6), page.opacity(0.85))
      canvas.fill(.circle(point, radius: radius), color.opacity(0.75))
    }
  }

  /// Draws the density of the points in `area` on a logarithmic color scale.
  func paintDensity(on canvas: inout Canvas, in area: Rect) {
    let columns = max(Int(min(area.width / Self.side, 4000)), 1)
    let rows = max(Int(min(area.height / Self.side, 4000)), 1)
    var counts = [Int](repeating: 0, count: columns * rows)
    func index(_ u: Double, _ v: Double) -> Int {
      min(Int(v * Double(rows)), rows - 1) * columns + min(Int(u * Double(columns)), columns - 1)
    }
    for point in points where area.contains(point) {
      counts[index((point.x - area.x) / area.width, (point.y - area.y) / area.height)] += 1
    }
    let largest = Double.log(Double(max(counts.max() ?? 1, 2)))
    canvas.paint(area) { u, v in
      let count = counts[index(u, v)]
      return count == 0 ? page.opacity(0) : page.mixed(with: color, 0.25 + 0.75 * Double.log(Double(count)) / largest)
    }
  }
}
