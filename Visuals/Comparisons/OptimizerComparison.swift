import GliaCore

/// A comparison of optimizers that start from the same weights and see the same batches: the median loss over several
/// seeds with a band from the lowest to the highest, and the number of epochs to reach a threshold.
///
/// ```swift
/// var figure = OptimizerComparison([
///   ComparedRuns("SGD lr 0.5", losses: [[0.7, 0.4, 0.2], [0.7, 0.5, 0.3]]),
///   ComparedRuns("Adam lr 0.01", losses: [[0.6, 0.3, 0.1], [0.6, 0.2, 0.1]]),
/// ])
/// figure.subtitle = "learning rates: the best of 0.001, 0.01, 0.1 and 1 for each"
/// try figure.write(to: "comparison.png")
/// ```
public struct OptimizerComparison: Figure {
  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The runs of each optimizer.
  public var series: [ComparedRuns]
  /// The loss threshold; if `nil`, ``Swift/Array/usualThreshold`` of the series.
  public var threshold: Double?
  /// The name of the vertical axis.
  public var quantity = "loss"

  /// The maximum share of the width that the panel takes.
  private static let panelShare = 0.42

  /// Creates a comparison of optimizers.
  public init(_ series: [ComparedRuns]) {
    self.series = series
    title = "Optimizers compared"
  }

  /// Draws the curves, bands, legend, and bars.
  ///
  /// A median curve ends with a cross where half of the runs have diverged. Throws an error when no loss is finite.
  public func draw(on canvas: inout Canvas) throws {
    let scales = try scales()
    let x = Axis(scales.x, name: "epoch", ticks: Ticks(wholeNumbersOf: scales.x))
    let y = Axis(scales.y, name: quantity)
    let right = Plot.margins(x: x, y: y, theme: page.theme).right
    let side = ComparisonPanel(self)
    let width = min(side.width, canvas.bounds.width * Self.panelShare)
    let plot = Plot(filling: page, canvas.bounds, x: x, y: y, beside: width + Page.sideGap + right)
    let area = plot.area
    plot.drawGridLines(on: &canvas)
    canvas.clip = area
    for index in series.indices { drawBand(index, on: &canvas, plot) }
    canvas.clip = nil
    drawThreshold(on: &canvas, plot)
    for index in series.ranking.reversed() { drawMedian(index, on: &canvas, plot) }
    plot.drawAxes(on: &canvas)
    let panelX = area.maxX + right + Page.sideGap
    side.draw(
      on: &canvas,
      in: Rect(x: panelX, y: area.y, width: max(canvas.bounds.width - Page.margin - panelX, 1), height: area.height))
    page.drawText(on: &canvas, left: area.x, note: note)
  }

  /// The given threshold, or the usual one.
  var reached: Double? { threshold ?? series.usualThreshold }

  func style(_ index: Int) -> RunStyle { RunStyle(index, page.theme) }

  private var epochs: Int { series.map(\.epochs).max() ?? 0 }

  /// Returns scales that are logarithmic if all losses are positive. Runs that diverge leave at the top.
  private func scales() throws -> (x: Scale, y: Scale) {
    let all = series.flatMap { $0.losses.joined() }
    guard all.contains(where: \.isFinite) else {
      throw GliaError(
        all.isEmpty ? "there are no losses to draw" : "none of the \(all.count) losses is finite", at: "series",
        expected: "a finite loss of at least one run")
    }
    // Exploding losses must not compress all others.
    let firsts = series.compactMap { $0.median(after: 1) }.filter(\.isFinite).sorted()
    let limit = firsts.isEmpty ? .infinity : abs(firsts[(firsts.count - 1) / 2]) * 1000
    let shown = series.filter { $0.divergedCount == 0 }.flatMap { $0.losses.joined() }.filter { $0 <= limit }
    let values = (shown.isEmpty ? all.filter(\.isFinite) : shown) + (reached.map { [$0] } ?? [])
    let inset = epochs <= 20 ? 0.5 : 0
    let kind: Scale.Kind = values.allSatisfy { $0 > 0 } ? .logarithmic : .linear
    return (
      Scale(from: 1 - inset, to: max(Double(epochs), 2) + inset),
      .spanning(values, kind, padding: values.count == 1 ? 0.5 : 0.06)
    )
  }

  private func place(_ epoch: Int, _ value: Double, _ plot: Plot) -> Point {
    let (low, high) = (plot.y.scale.low, plot.y.scale.high)
    // Lines far outside don't need more precision.
    return plot.place(Double(epoch), min(max(value, low > 0 ? low / 10 : low * 2 - high), high * 10))
  }

  private func drawBand(_ index: Int, on canvas: inout Canvas, _ plot: Plot) {
    guard series[index].losses.count > 1, series[index].epochs > 0 else { return }
    let runs = series[index]
    // The band ends where the median ends.
    let ranges = (1...runs.epochs).prefix { (runs.median(after: $0) ?? .nan).isFinite }.compactMap { epoch in
      runs.range(after: epoch).map { (epoch, $0) }
    }
    let highs = ranges.map { place($0, $1.upperBound, plot) }
    let lows = ranges.map { place($0, $1.lowerBound, plot) }
    canvas.fillBand(lows, highs, style(index).color)
  }

  private func drawThreshold(on canvas: inout Canvas, _ plot: Plot) {
    guard let reached, plot.y.scale.contains(reached) else { return }
    let height = canvas.crisp(plot.place(1, reached).y, width: 1)
    let line = Path.line(Point(plot.area.x, height), Point(plot.area.maxX, height))
    canvas.stroke(line, Stroke(1, dashes: [2, 3]), page.theme.secondary)
  }

  private func drawMedian(_ index: Int, on canvas: inout Canvas, _ plot: Plot) {
    let runs = series[index]
    guard runs.epochs > 0 else { return }
    let style = style(index)
    let medians = (1...runs.epochs).map { (epoch: $0, value: runs.median(after: $0) ?? .nan) }
    let drawn = medians.prefix { $0.value.isFinite }
    guard let last = drawn.last else { return }
    let points = drawn.map { place($0.epoch, $0.value, plot) }
    canvas.clip = plot.area
    canvas.strokeCurve(points, style, plot.theme)
    canvas.clip = nil
    let isAbove = last.value > plot.y.scale.high
    let edge = Point(plot.place(Double(last.epoch), 1).x, plot.area.y)
    guard drawn.count < medians.count else {
      let end = isAbove ? edge : points[points.count - 1]
      if isAbove { canvas.markBeyond(end, style.color) }
      canvas.mark(style.marker, at: end, radius: 5, color: style.color, theme: plot.theme)
      return
    }
    let inside = drawn.last { $0.value <= plot.y.scale.high }
    canvas.markCut(at: inside.map { place($0.epoch, $0.value, plot) } ?? edge, plot.theme)
  }

  var note: String {
    let counts = Set(series.map(\.losses.count))
    guard let count = counts.first, counts.count == 1, count > 1 else { return "" }
    return "median of \(count) seeds, band from the lowest to the highest"
  }
}

/// The panel next to the curves of a comparison: the optimizers ranked by their final loss, those that diverged, and
/// bars of the epochs to the threshold.
struct ComparisonPanel {
  private let figure: OptimizerComparison
  private let legend: Legend
  private var theme: Theme { figure.page.theme }
  private static let barHeight = 17.0

  init(_ figure: OptimizerComparison) {
    self.figure = figure
    let series = figure.series
    var entries: [LegendEntry] = [(.heading, "final \(figure.quantity), median")]
    for index in series.ranking {
      let style = figure.style(index)
      let final = series[index].finalMedian.map { NumberText.short($0, digits: 2) } ?? "diverged"
      entries.append((.curve(style.color, style.stroke, style.marker), "\(series[index].name) — \(final)"))
    }
    let diverged = series.filter { $0.divergedCount > 0 }
    if !diverged.isEmpty { entries += [(.space, ""), (.heading, "diverged (✕)")] }
    for runs in diverged {
      entries.append((.heading, "  \(runs.name) (\(runs.divergedCount)/\(runs.losses.count) seeds)"))
    }
    legend = Legend(entries: entries, theme: figure.page.theme)
  }

  var width: Double { max(legend.width + 2, 200) }

  func draw(on canvas: inout Canvas, in area: Rect) {
    let room = min(legend.height + 1, area.height)
    legend.draw(on: &canvas, in: Rect(x: area.x, y: area.y, width: area.width, height: room))
    let top = area.y + room + 24
    guard let threshold = figure.reached else { return }
    let heading = "epochs to \(figure.quantity) ≤ \(NumberText.plain(threshold, digits: 3))"
    let count = Double(figure.series.count)
    let pitch = min(Self.barHeight * 1.45, (area.maxY - top - theme.labelSize * 1.8) / max(count, 1))
    guard pitch > 6 else { return }
    canvas.write(heading, at: Point(area.x, top + theme.labelSize * 0.5), theme.minor(), centered: true)
    drawBars(
      on: &canvas, in: Rect(x: area.x, y: top + theme.labelSize * 1.8, width: area.width, height: pitch * count), pitch,
      threshold)
  }

  private func drawBars(on canvas: inout Canvas, in area: Rect, _ pitch: Double, _ threshold: Double) {
    let series = figure.series
    let epochs = series.map { $0.epochs(toReach: threshold) }
    let longest = max(epochs.compactMap(\.self).max() ?? 1, 1)
    let start = area.x + 24
    let room = max(area.maxX - start - theme.tick().width(of: "0000.0") - 6, 1)
    for (row, index) in series.ranking.enumerated() {
      let style = figure.style(index)
      let y = area.y + (Double(row) + 0.5) * pitch
      canvas.mark(style.marker, at: Point(area.x + 9, y), radius: 4.5, color: style.color, theme: theme)
      var end = start
      if let count = epochs[index] {
        end += max(count / longest * room, 1)
        let bar = Rect(x: start, y: y - pitch * 0.34, width: end - start, height: pitch * 0.68)
        canvas.fill(.rectangle(bar, rounded: 2), style.color)
      }
      let label = epochs[index].map { NumberText.fixed($0, decimals: $0 == $0.rounded() ? 0 : 1) } ?? "—"
      canvas.write(label, at: Point(end + 6, y), theme.tick(), centered: true)
    }
    canvas.stroke(.line(Point(start, area.y), Point(start, area.maxY)), Stroke(1), theme.spine)
  }
}
