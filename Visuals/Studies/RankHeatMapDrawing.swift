/// Draws the parts of a ``RankHeatMap``.
struct RankHeatMapDrawing {
  let figure: RankHeatMap
  let table: RankTable
  let layout: RankHeatMapLayout
  private let theme: Theme
  private let bar: ColorBar?
  /// The size of the text in cells, 0 for none, and the number of digits of values.
  private let text: (size: Double, digits: Int)

  init(figure: RankHeatMap, table: RankTable, page: Page, bounds: Rect, scale: Double) {
    (self.figure, self.table, theme) = (figure, table, page.theme)
    let count = figure.methods.count
    let bar = Self.bar(page.theme, count)
    var layout = RankHeatMapLayout(figure, page: page, bounds: bounds, barWidth: 0)
    var text = Self.text(figure, table, layout, page.theme)
    let needsBar = (text.size == 0 || figure.content == .values) && count > 1
    if needsBar {
      layout = RankHeatMapLayout(figure, page: page, bounds: bounds, barWidth: bar.width)
      text = Self.text(figure, table, layout, page.theme)
    }
    (self.layout, self.text, self.bar) = (layout, text, needsBar ? bar : nil)
  }

  private static func label(
    _ figure: RankHeatMap, _ table: RankTable, _ row: Int, _ method: Int, digits: Int
  ) -> String {
    let value = figure.values[row][method]
    guard value.isFinite else { return "" }
    return figure.content == .ranks
      ? NumberText.plain(table.ranks[row][method], digits: 4) : NumberText.short(value, digits: digits)
  }

  /// Returns the largest size at which all labels fit into their cells, with fewer digits if that is needed; 0 if even that
  /// is too small to read.
  private static func text(
    _ figure: RankHeatMap, _ table: RankTable, _ layout: RankHeatMapLayout, _ theme: Theme
  ) -> (size: Double, digits: Int) {
    let limit = min(theme.tickSize * 1.1, layout.cell.y * 0.62)
    guard limit >= ConfusionLayout.smallestText, layout.cell.x > 12 else { return (0, 1) }
    let average = Typeface.width(
      of: NumberText.fixed(Double(figure.methods.count), decimals: 2), size: 1, weight: .bold)
    for digits in figure.content == .ranks ? [3] : [3, 2, 1] {
      var widest = average
      for row in figure.values.indices {
        for method in figure.methods.indices {
          let label = label(figure, table, row, method, digits: digits)
          widest = max(widest, Typeface.width(of: label, size: 1, weight: .bold))
        }
      }
      let size = min(limit, (layout.cell.x - 6) / widest)
      if size >= (digits > 1 && figure.content == .values ? theme.tickSize * 0.8 : ConfusionLayout.smallestText) {
        return (size, digits)
      }
    }
    return (0, 1)
  }

  private static func color(_ rank: Double, _ count: Int, _ theme: Theme) -> Color {
    theme.ramp(at: count > 1 ? 1 - (rank - 1) / Double(count - 1) : 1)
  }

  private static func bar(_ theme: Theme, _ count: Int) -> ColorBar {
    let scale = Scale(from: 1, to: Double(max(count, 2)))
    let ticks = Ticks(wholeNumbersOf: scale, most: 6)
    let values = Set([1] + ticks.values.filter { $0 >= 1.5 }).sorted()
    return ColorBar(
      color: { theme.ramp(at: $0) },
      ticks: values.map { (place: 1 - scale.fraction($0), label: NumberText.fixed($0, decimals: 0)) }, name: "rank",
      theme: theme)
  }

  private func color(_ rank: Double) -> Color { Self.color(rank, figure.methods.count, theme) }
  private var empty: Color { theme.page.mixed(with: theme.text, 0.06) }

  func drawCells(on canvas: inout Canvas) {
    let (rows, columns) = (figure.problems.count, figure.methods.count)
    let colors = (0..<rows).map { row in
      table.order.map { figure.values[row][$0].isFinite ? color(table.ranks[row][$0]) : empty }
    }
    canvas.paint(layout.cells) { u, v in
      colors[min(Int(v * Double(rows)), rows - 1)][min(Int(u * Double(columns)), columns - 1)]
    }
    drawGaps(layout.cells, rows, on: &canvas)
    for row in 0..<rows {
      for (column, method) in table.order.enumerated() {
        let place = layout.rect(row, column)
        if !figure.values[row][method].isFinite {
          drawCross(place, on: &canvas)
        } else if text.size > 0 {
          let isBest = table.ranks[row][method] < 2
          write(
            Self.label(figure, table, row, method, digits: text.digits), in: place, colors[row][column],
            isBest ? .bold : .regular,
            on: &canvas)
        }
      }
    }
  }

  private func write(
    _ label: String, in rect: Rect, _ color: Color, _ weight: Typeface.Weight, on canvas: inout Canvas
  ) {
    let style = Canvas.TextStyle(text.size, weight: weight, color: color.contrasting(theme.text, theme.page))
    canvas.write(label, at: rect.center, style, align: .middle, centered: true)
  }

  private func drawCross(_ rect: Rect, on canvas: inout Canvas) {
    let reach = min(rect.width * 0.3, rect.height * 0.3, 4.5)
    guard reach > 0.7 else { return }
    for diagonal in [Point(reach, reach), Point(reach, -reach)] {
      let line = Path.line(rect.center - diagonal, rect.center + diagonal)
      canvas.stroke(line, Stroke(min(reach * 0.45, 1.8), cap: .round), theme.alarm)
    }
  }

  /// Draws thin lines between cells that are large enough for them.
  private func drawGaps(_ area: Rect, _ rows: Int, on canvas: inout Canvas) {
    guard min(layout.cell.x, layout.cell.y) >= 8 else { return }
    let width = max((canvas.scale * 0.9).rounded(), 1) / canvas.scale
    for column in figure.methods.indices.dropFirst() {
      let x = canvas.crisp(area.x + Double(column) * layout.cell.x, width: width)
      canvas.stroke(.line(Point(x, area.y), Point(x, area.maxY)), Stroke(width), theme.page)
    }
    for row in (0..<rows).dropFirst() {
      let y = canvas.crisp(area.y + Double(row) * layout.cell.y, width: width)
      canvas.stroke(.line(Point(area.x, y), Point(area.maxX, y)), Stroke(width), theme.page)
    }
  }

  func drawAverages(on canvas: inout Canvas) {
    let colors = table.order.map { color(table.averages[$0]) }
    canvas.paint(layout.averages) { u, _ in colors[min(Int(u * Double(colors.count)), colors.count - 1)] }
    drawGaps(layout.averages, 1, on: &canvas)
    guard text.size > 0 else { return }
    for (column, method) in table.order.enumerated() {
      let label = NumberText.fixed(table.averages[method], decimals: 2)
      write(label, in: layout.average(column), colors[column], .bold, on: &canvas)
    }
  }

  func drawNames(on canvas: inout Canvas) {
    let style = theme.tick()
    func stride(_ pitch: Double) -> Int { max(Int(min((style.size * 1.1 / pitch).rounded(.up), 1e6)), 1) }
    let skip = stride(layout.cell.y)
    for (row, name) in figure.problems.enumerated() where row % skip == 0 {
      drawLeft(name, layout.rect(row, 0).center.y, style, on: &canvas)
    }
    drawLeft("average rank", layout.averages.center.y, theme.note(), on: &canvas)
    let step = layout.isUpright ? stride(layout.cell.x) : 1
    for (column, method) in table.order.enumerated() where column % step == 0 {
      let at = Point(layout.rect(0, column).center.x, layout.cells.y - 6)
      let name = Typeface.fitted(figure.methods[method], to: layout.nameRoom.above, size: style.size)
      if layout.isUpright {
        canvas.write(name, at: at, style, centered: true, direction: .up)
      } else {
        canvas.write(figure.methods[method], at: at, style, align: .middle)
      }
    }
  }

  private func drawLeft(_ name: String, _ y: Double, _ style: Canvas.TextStyle, on canvas: inout Canvas) {
    let text = Typeface.fitted(name, to: layout.nameRoom.left, size: style.size)
    canvas.write(text, at: Point(layout.cells.x - 6, y), style, align: .end, centered: true)
  }

  func drawBar(on canvas: inout Canvas) { bar?.draw(on: &canvas, in: layout.bar) }
}
