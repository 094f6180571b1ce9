/// Horizontal bars with their names at the left.
struct BarChart {
  struct Bar {
    var name: String
    var value: Double
    var interval: ClosedRange<Double>?
    /// Whether the bar is gray.
    var isPale: Bool
    /// The text at the end of the bar.
    var label: String

    init(
      _ name: String, _ value: Double, interval: ClosedRange<Double>? = nil, isPale: Bool = false, label: String = ""
    ) {
      (self.name, self.value, self.interval) = (name, value, interval)
      (self.isPale, self.label) = (isPale, label)
    }

    fileprivate var values: [Double] { [value] + (interval.map { [$0.lowerBound, $0.upperBound] } ?? []) }
  }

  let page: Page
  /// The bars from top to bottom; at least one.
  let bars: [Bar]
  /// The name of the horizontal axis.
  let quantity: String
  let note: String

  /// The height of a bar with the space around it.
  private static let lane = 46.0
  /// The width that names take at most.
  private static let nameWidth = 220.0
  private static let labelGap = 6.0

  /// Returns the height in pixels of a page for `count` bars.
  static func height(_ count: Int) -> Int { min(Page().height, 300 + 74 * min(max(count, 1), 1000)) }

  /// Draws the bars over grid lines, with their intervals.
  func draw(on canvas: inout Canvas) {
    let (plot, theme) = (plot(canvas.bounds), page.theme)
    for value in plot.x.ticks.values {
      let x = canvas.crisp(plot.place(value, 0).x, width: 1)
      let color = value == 0 ? theme.spine : theme.gridLine
      canvas.stroke(.line(Point(x, plot.area.y), Point(x, plot.area.maxY)), Stroke(1), color)
    }
    for (index, bar) in bars.enumerated() {
      draw(bar, at: Double(bars.count - 1 - index), on: &canvas, plot)
    }
    plot.drawAxes(on: &canvas)
    page.drawText(on: &canvas, left: plot.area.x, note: note)
  }

  private func plot(_ bounds: Rect) -> Plot {
    let theme = page.theme
    let hasLabels = bars.contains { !$0.label.isEmpty }
    let scale = hasLabels ? labeledScale : Scale.spanning([0] + bars.flatMap(\.values))
    let names = bars.reversed().map { Typeface.fitted($0.name, to: Self.nameWidth, size: theme.tickSize) }
    let ticks = Ticks(values: names.indices.map(Double.init), labels: names)
    let y = Axis(Scale(from: -0.5, to: Double(names.count) - 0.5), ticks: ticks)
    let margins = Plot.margins(x: Axis(scale, name: quantity), y: y, theme: theme)
    let left = Page.margin + margins.left
    let width = max(bounds.width - left - Page.margin - margins.right, 1)
    var top = page.top(above: margins, hasNote: false)
    let room = max(bounds.height - top - margins.bottom - Page.margin - Page.noteHeight, 1)
    let height = min(room, Double(names.count) * Self.lane)
    top += page.drop(room - height, on: bounds)
    let x = Axis(scale, name: quantity).fitted(to: width, vertical: false, theme: theme)
    return Plot(area: Rect(x: left, y: top, width: width, height: height), x: x, y: y, theme: theme)
  }

  /// An axis from 0 with room for the labels.
  private var labeledScale: Scale {
    let highest = bars.flatMap(\.values).max() ?? 0
    return Scale(from: 0, to: highest > 0 ? highest * 1.1 : 1)
  }

  private func draw(_ bar: Bar, at place: Double, on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let (zero, end) = (plot.place(0, place), plot.place(bar.value, place))
    let thick = plot.area.height / (plot.y.scale.high - plot.y.scale.low) * 0.62
    let rect = Rect(x: min(zero.x, end.x), y: end.y - thick / 2, width: abs(end.x - zero.x), height: thick)
    canvas.fill(.rectangle(rect), bar.isPale ? theme.spine.mixed(with: theme.page, 0.45) : theme.hue(0))
    if !bar.label.isEmpty, thick > theme.tickSize * 0.6 {
      let x = max(end.x, bar.interval.map { plot.place($0.upperBound, place).x } ?? end.x)
      canvas.write(bar.label, at: Point(x + Self.labelGap, end.y), theme.tick(), centered: true)
    }
    guard let interval = bar.interval else { return }
    let (low, high) = (plot.place(interval.lowerBound, place), plot.place(interval.upperBound, place))
    let cap = min(thick * 0.3, 6)
    var path = Path.line(low, high)
    for at in [low, high] { path.append(.line(at - Point(0, cap), at + Point(0, cap))) }
    canvas.stroke(path, Stroke(3.6), theme.page.opacity(0.8))
    canvas.stroke(path, Stroke(1.4), theme.text)
  }
}
