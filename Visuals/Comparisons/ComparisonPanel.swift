/// What stands beside the curves of a comparison: the optimizers by their final loss, those that diverged, and bars of the
/// epochs to the threshold.
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
      let words = epochs[index].map { NumberText.fixed($0, decimals: $0 == $0.rounded() ? 0 : 1) } ?? "—"
      canvas.write(words, at: Point(end + 6, y), theme.tick(), centered: true)
    }
    canvas.stroke(.line(Point(start, area.y), Point(start, area.maxY)), Stroke(1), theme.spine)
  }
}
