/// The places of a calibration curve: a square, a histogram below that shares its horizontal axis, the legend beside.
struct CalibrationLayout {
  let plot: Plot
  let histogram: Plot
  let legend: Rect

  private static let gap = (above: 16.0, beside: 22.0)
  /// The height of the histogram as a part of the square.
  private static let part = 0.22

  init(page: Page, bounds: Rect, axes: (x: String, y: String), largest: Int, legendWidth: Double) {
    let theme = page.theme
    let unit = Scale(from: -0.02, to: 1.02)
    let ticks = CurvePlot.ticks
    let (x, y) = (Axis(unit, name: axes.x, ticks: ticks), Axis(unit, name: axes.y, ticks: ticks))
    let counts = Scale(from: 0, to: Double(max(largest, 1)) * 1.04)
    let few = Axis(counts, name: "samples", ticks: Ticks(wholeNumbersOf: counts).few)
    let upper = Plot.margins(x: x, y: y, theme: theme, labelsX: false)
    let lower = Plot.margins(x: x, y: few, theme: theme)
    let margin = max(upper.left, lower.left)
    let head = page.top(above: upper, hasNote: false)
    let between = Self.gap.above + (few.ticks.note == nil ? 0 : lower.top)
    let height = bounds.height - head - between - lower.bottom - Page.margin - 8
    let width = bounds.width - 2 * Page.margin - margin - Self.gap.beside - legendWidth
    let side = max(min(width, height / (1 + Self.part)), 1)
    let top = head + page.drop(height - side * (1 + Self.part), on: bounds)
    let used = margin + side + Self.gap.beside + legendWidth
    let left = max((bounds.width - used) / 2, Page.margin) + margin
    var plot = Plot(area: Rect(x: left, y: top, width: side, height: side), x: x, y: y, theme: theme)
    plot.labelsX = false
    // The names of both vertical axes stand below each other.
    plot.left = margin
    self.plot = plot
    let below = Rect(x: left, y: top + side + between, width: side, height: max(side * Self.part, 1))
    var histogram = Plot(area: below, x: x, y: few, theme: theme)
    histogram.left = margin
    self.histogram = histogram
    legend = Rect(
      x: left + side + Self.gap.beside, y: top, width: max(legendWidth, 1), height: side + between + below.height)
  }
}
