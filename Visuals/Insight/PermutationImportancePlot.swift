import GliaCore

/// The permutation importance of a model's inputs: a bar for each, with the 95 % interval over the repeats.
///
/// ```swift
/// try PermutationImportancePlot(of: model, on: test).write(to: "importance.png")
/// ```
public struct PermutationImportancePlot: Figure {
  /// The importance of one input.
  public struct Bar: Hashable, Sendable {
    /// The name of the input.
    public var name: String
    /// How much worse the model is without it.
    public var change: Double
    /// The interval of the change; `nil` if it is unknown.
    public var interval: ClosedRange<Double>?

    /// Creates a bar.
    public init(_ name: String, change: Double, interval: ClosedRange<Double>? = nil) {
      (self.name, self.change, self.interval) = (name, change, interval)
    }

    /// Whether the interval contains 0, so that the input may not matter at all.
    var isUncertain: Bool { interval?.contains(0) ?? false }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The bars from top to bottom.
  public var bars: [Bar]
  /// The name of the horizontal axis.
  public var quantity = "rise of the loss"
  /// How many bars are drawn at most, at least 1.
  public var mostBars = 25

  /// Creates the figure of `bars`, the most important input first; few bars make a low picture.
  public init(bars: [Bar]) {
    self.bars = bars
    page.height = min(page.height, 300 + 74 * max(bars.count, 1))
  }

  /// The height of a bar with the space around it.
  private static let lane = 46.0
  /// The width that names take at most.
  private static let nameWidth = 220.0

  /// The bars that are drawn.
  var shown: [Bar] { Array(bars.filter(\.change.isFinite).prefix(max(mostBars, 1))) }

  /// Draws a horizontal bar per input, gray if its interval contains 0, and its interval.
  ///
  /// Throws an error when there is no finite change.
  public func draw(on canvas: inout Canvas) throws {
    let (shown, theme) = (shown, page.theme)
    guard !shown.isEmpty else {
      throw GliaError(
        bars.isEmpty ? "there are no inputs to draw" : "none of the \(bars.count) changes is finite", at: "bars",
        expected: "a finite change for at least one input")
    }
    let plot = plot(of: shown, canvas.bounds)
    for value in plot.x.ticks.values {
      let x = canvas.crisp(plot.place(value, 0).x, width: 1)
      let color = value == 0 ? theme.spine : theme.gridLine
      canvas.stroke(.line(Point(x, plot.area.y), Point(x, plot.area.maxY)), Stroke(1), color)
    }
    for (index, bar) in shown.enumerated() {
      draw(bar, at: Double(shown.count - 1 - index), on: &canvas, plot)
    }
    plot.drawAxes(on: &canvas)
    page.drawText(on: &canvas, left: plot.area.x, note: note)
  }

  private func plot(of shown: [Bar], _ bounds: Rect) -> Plot {
    let theme = page.theme
    let reach = shown.flatMap { [$0.change] + ($0.interval.map { [$0.lowerBound, $0.upperBound] } ?? []) }
    let scale = Scale.spanning([0] + reach)
    let names = shown.reversed().map { Typeface.fitted($0.name, to: Self.nameWidth, size: theme.tickSize) }
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

  private func draw(_ bar: Bar, at place: Double, on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let (zero, end) = (plot.place(0, place), plot.place(bar.change, place))
    let thick = plot.area.height / (plot.y.scale.high - plot.y.scale.low) * 0.62
    let rect = Rect(x: min(zero.x, end.x), y: end.y - thick / 2, width: abs(end.x - zero.x), height: thick)
    canvas.fill(.rectangle(rect), bar.isUncertain ? theme.spine.mixed(with: theme.page, 0.45) : theme.hue(0))
    guard let interval = bar.interval else { return }
    let (low, high) = (plot.place(interval.lowerBound, place), plot.place(interval.upperBound, place))
    let cap = min(thick * 0.3, 6)
    var path = Path.line(low, high)
    for at in [low, high] { path.append(.line(at - Point(0, cap), at + Point(0, cap))) }
    canvas.stroke(path, Stroke(3.6), theme.page.opacity(0.8))
    canvas.stroke(path, Stroke(1.4), theme.text)
  }

  /// A remark on the intervals, and on what is not drawn.
  var note: String {
    let (shown, broken) = (shown, bars.count { !$0.change.isFinite })
    let hidden = bars.count - broken - shown.count
    return [
      shown.contains { $0.interval != nil } ? "lines: 95 % intervals over the shuffles" : "",
      shown.contains(where: \.isUncertain) ? "gray: 0 is within the interval" : "",
      hidden > 0 ? "\(NumberText.count(hidden, "less important input")) not drawn" : "",
      broken > 0 ? "\(broken) \(broken == 1 ? "change that is" : "changes that are") not finite left out" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
