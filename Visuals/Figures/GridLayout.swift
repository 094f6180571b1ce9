/// The layout of a figure grid with aligned plots.
struct GridLayout {
  /// The area of each plot.
  private(set) var areas: [Rect] = []
  /// The frame of each figure including its text.
  private(set) var frames: [Rect] = []
  private let grid: FigureGrid
  private let theme: Theme
  /// The axis labels shown by each plot.
  private let axisLabels: [AxisLabels]
  /// The top-left corner of the figures including their text.
  private(set) var start = Point(0, 0)
  private let bounds: Rect
  private let hasOwnBars: Bool

  private static let gap = 14.0
  private static let barGap = 10.0

  private struct Band {
    var before = 0.0
    var after = 0.0
  }

  /// Divides `bounds` among the panels.
  ///
  /// With `ownBars`, every plot has its own color bar.
  init(_ grid: FigureGrid, _ panels: [GridPanel], bounds: Rect, ownBars: Bool = false) {
    self.grid = grid
    theme = grid.page.theme
    self.bounds = bounds
    hasOwnBars = ownBars
    axisLabels = AxisLabels.all(panels, perRow: grid.perRow)
    arrange(panels)
    // The margins depend on the tick labels, which depend on the size of the plots.
    arrange(panels)
  }

  /// Places all panels, with tick labels that fit the current size of the plots.
  private mutating func arrange(_ panels: [GridPanel]) {
    let before = areas
    (areas, frames) = ([], [])
    let columnCount = grid.perRow
    let rowCount = (panels.count + grid.perRow - 1) / grid.perRow
    var columns = Array(repeating: Band(), count: columnCount)
    var rows = Array(repeating: Band(), count: rowCount)
    for (index, panel) in panels.enumerated() {
      let (row, column) = (index / grid.perRow, index % grid.perRow)
      let margins = margins(panel, index, count: panels.count, in: before.isEmpty ? nil : before[index])
      columns[column].before = max(columns[column].before, margins.left)
      columns[column].after = max(columns[column].after, margins.right)
      rows[row].before = max(rows[row].before, margins.top)
      rows[row].after = max(rows[row].after, margins.bottom)
    }
    let left = grid.rowNames.isEmpty ? 0 : theme.labelSize * 1.7
    let top = grid.columnNames.isEmpty ? 0 : theme.labelSize * 1.7
    func taken(_ bands: [Band]) -> Double {
      bands.reduce(Self.gap * Double(bands.count - 1)) { $0 + $1.before + $1.after }
    }
    func share(_ room: Double, _ bands: [Band]) -> Double { max((room - taken(bands)) / Double(bands.count), 1) }
    let isSquare = panels.map { $0.content?.isSquare ?? false }
    let even = share(bounds.height - top, rows)
    let side = min(share(bounds.width - left, columns), even)
    let width = isSquare.contains(false) ? share(bounds.width - left, columns) : side
    // Rows with square plots are no higher than these; the remaining height goes to the other rows.
    let hasSquare = (0..<rowCount).map { row in
      isSquare[row * grid.perRow..<min((row + 1) * grid.perRow, panels.count)].contains(true)
    }
    let others = hasSquare.count { !$0 }
    let rest = even + Double(rowCount - others) * (even - side) / Double(max(others, 1))
    let heights = hasSquare.map { $0 ? side : rest }
    // Space that square plots leave free widens the gaps slightly; the rest is distributed around the grid.
    func spread(_ bands: [Band], _ lengths: [Double], in room: Double) -> (gap: Double, offset: Double) {
      let free = max(room - taken(bands) - lengths.reduce(0, +), 0)
      let wider = min(free / Double(bands.count + 1), Self.gap)
      return (Self.gap + wider, (free - wider * Double(bands.count - 1)) / 2)
    }
    let widths = columns.map { _ in width }
    let across = spread(columns, widths, in: bounds.width - left)
    let down = spread(rows, heights, in: bounds.height - top)
    start = Point(bounds.x + across.offset, bounds.y + down.offset)
    let xs = Self.starts(columns, widths, from: start.x + left, gap: across.gap)
    let ys = Self.starts(rows, heights, from: start.y + top, gap: down.gap)
    for index in panels.indices {
      let (row, column) = (index / grid.perRow, index % grid.perRow)
      let size = isSquare[index] ? Point(side, side) : Point(width, heights[row])
      areas.append(Rect(x: xs[column], y: ys[row], width: size.x, height: size.y))
      frames.append(
        Rect(
          x: xs[column] - columns[column].before, y: ys[row] - rows[row].before,
          width: columns[column].before + width + columns[column].after,
          height: rows[row].before + heights[row] + rows[row].after))
    }
  }

  private static func starts(_ bands: [Band], _ lengths: [Double], from start: Double, gap: Double) -> [Double] {
    var starts: [Double] = []
    var next = start
    for (band, length) in zip(bands, lengths) {
      starts.append(next + band.before)
      next += band.before + length + band.after + gap
    }
    return starts
  }

  /// Returns the margins of a panel around its plot; a figure without a single plot has its own margins.
  private func margins(_ panel: GridPanel, _ index: Int, count: Int, in area: Rect?) -> Plot.Margins {
    guard let content = panel.content else { return Plot.Margins() }
    let labels = axisLabels[index]
    let (x, y) = axes(content, index, in: area)
    // There is enough space below a plot above an empty cell.
    let isLastRow = index / grid.perRow == (count - 1) / grid.perRow
    var margins = Plot.margins(x: x, y: y, theme: theme, labelsX: labels.numbersX, labelsY: labels.numbersY)
    if !isLastRow && index + grid.perRow >= count { margins.bottom = Plot.tickLength }
    if !panel.figure.title.isEmpty { margins.top += theme.labelSize * 1.45 }
    if hasOwnBars, let bar = content.bar { margins.right = Self.barGap + bar.width + 6 }
    return margins
  }

  /// Returns the bounding box of the plots at `indices`.
  func hull(_ indices: [Int]) -> Rect {
    let areas = indices.map { self.areas[$0] }
    let (right, bottom) = (areas.map(\.maxX).max() ?? 0, areas.map(\.maxY).max() ?? 0)
    let (left, top) = (areas.map(\.x).min() ?? 0, areas.map(\.y).min() ?? 0)
    return Rect(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// Draws the color bar of a plot.
  func drawBar(_ content: PlotContent, beside area: Rect, on canvas: inout Canvas) {
    guard hasOwnBars, let bar = content.bar else { return }
    bar.draw(on: &canvas, in: Rect(x: area.maxX + Self.barGap, y: area.y, width: bar.width, height: area.height))
  }

  /// Returns the axes of a plot with the names shown there and the tick labels that fit `area`.
  private func axes(_ content: PlotContent, _ index: Int, in area: Rect?) -> (x: Axis, y: Axis) {
    var axes = (x: content.x, y: content.y)
    if let area { axes = Axis.fitted(axes.x, axes.y, to: area, theme: theme) }
    if !axisLabels[index].nameX { axes.x.name = "" }
    if !axisLabels[index].nameY { axes.y.name = "" }
    return axes
  }

  func plot(_ index: Int, _ content: PlotContent) -> Plot {
    let area = areas[index]
    let labels = axisLabels[index]
    let (x, y) = axes(content, index, in: area)
    var plot = Plot(area: area, x: x, y: y, theme: theme)
    (plot.labelsX, plot.labelsY) = (labels.numbersX, labels.numbersY)
    return plot
  }

  /// Writes the title of a figure above its plot, followed by its subtitle if there is room.
  func drawTitle(_ figure: any Figure, above plot: Plot, on canvas: inout Canvas) {
    guard !figure.title.isEmpty else { return }
    let area = plot.area
    let style = Canvas.TextStyle(theme.labelSize, weight: .bold, color: theme.text)
    let title = Typeface.fitted(figure.title, to: area.width, size: style.size, weight: .bold)
    let baseline = area.y - theme.labelSize * 0.55 - (plot.y.ticks.note == nil ? 0 : theme.tickSize)
    canvas.write(title, at: Point(area.x, baseline), style)
    if theme.note().width(of: figure.subtitle) <= area.width - style.width(of: title) - 10 {
      canvas.write(figure.subtitle, at: Point(area.maxX, baseline), theme.note(), align: .end)
    }
  }

  /// Writes the labels of the columns and rows.
  func drawNames(on canvas: inout Canvas) {
    let style = Canvas.TextStyle(theme.labelSize, weight: .bold, color: theme.text)
    for (area, name) in zip(areas.prefix(grid.perRow), grid.columnNames) {
      let shown = Typeface.fitted(name, to: area.width, size: style.size, weight: .bold)
      canvas.write(shown, at: Point(area.center.x, start.y + theme.labelSize * 0.95), style, align: .middle)
    }
    for (row, name) in grid.rowNames.enumerated() where row * grid.perRow < areas.count {
      let area = areas[row * grid.perRow]
      let shown = Typeface.fitted(name, to: area.height, size: style.size, weight: .bold)
      canvas.write(
        shown, at: Point(start.x + theme.labelSize * 0.95, area.center.y), style, align: .middle, direction: .up)
    }
  }
}

/// Which axis labels a plot in a grid shows: shared ones appear only once, at the left and at the bottom.
struct AxisLabels: Hashable {
  var numbersX = true
  var numbersY = true
  var nameX = true
  var nameY = true

  /// Returns the axis labels of all `panels` in rows of `perRow`.
  static func all(_ panels: [GridPanel], perRow: Int) -> [AxisLabels] {
    let everywhere = panels.indices.map { $0 }
    return panels.indices.map { index in
      let row = everywhere.filter { $0 / perRow == index / perRow }
      let column = everywhere.filter { $0 % perRow == index % perRow }
      let (isLeft, isLowest) = (index % perRow == 0, index == column.last)
      func same<Value: Hashable>(_ indices: [Int], _ value: (PlotContent) -> Value) -> Bool {
        Set(indices.map { panels[$0].content.map(value) }).count == 1 && panels[index].content != nil
      }
      var labels = AxisLabels()
      labels.numbersX = isLowest || !same(column, \.x.scale)
      labels.numbersY = isLeft || !same(row, \.y.scale)
      labels.nameX = labels.numbersX && (isLowest || !same(everywhere, \.x.name))
      labels.nameY = labels.numbersY && (isLeft || !same(everywhere, \.y.name))
      return labels
    }
  }
}
