/// The places of the figures of a grid, with aligned plots.
struct GridLayout {
  /// The area of each plot.
  private(set) var areas: [Rect] = []
  /// The room of each figure with its words.
  private(set) var frames: [Rect] = []
  private let grid: FigureGrid
  private let theme: Theme
  private let hasInnerNumbers: Bool
  private let bounds: Rect

  private static let gap = 14.0

  private struct Band {
    var before = 0.0
    var after = 0.0
  }

  /// Divides `bounds` among the panels.
  init(_ grid: FigureGrid, _ panels: [GridPanel], bounds: Rect) {
    self.grid = grid
    theme = grid.page.theme
    self.bounds = bounds
    hasInnerNumbers = !(grid.sharesLimits && panels.allSatisfy { $0.content != nil })
    let columnCount = grid.perRow
    let rowCount = (panels.count + grid.perRow - 1) / grid.perRow
    var columns = Array(repeating: Band(), count: columnCount)
    var rows = Array(repeating: Band(), count: rowCount)
    for (index, panel) in panels.enumerated() {
      let (row, column) = (index / grid.perRow, index % grid.perRow)
      let margins = margins(panel, index, count: panels.count)
      columns[column].before = max(columns[column].before, margins.left)
      columns[column].after = max(columns[column].after, margins.right)
      rows[row].before = max(rows[row].before, margins.top)
      rows[row].after = max(rows[row].after, margins.bottom)
    }
    let left = grid.rowNames.isEmpty ? 0 : theme.labelSize * 1.7
    let top = grid.columnNames.isEmpty ? 0 : theme.labelSize * 1.7
    func share(_ room: Double, _ bands: [Band]) -> Double {
      let taken = bands.reduce(Self.gap * Double(bands.count - 1)) { $0 + $1.before + $1.after }
      return max((room - taken) / Double(bands.count), 1)
    }
    var width = share(bounds.width - left, columns)
    var height = share(bounds.height - top, rows)
    let squares = panels.count { $0.content?.isSquare ?? false }
    if squares > 0 { height = min(width, height) }
    if squares == panels.count { width = height }
    let xs = Self.starts(columns, width, from: bounds.x + left)
    let ys = Self.starts(rows, height, from: bounds.y + top)
    for (index, panel) in panels.enumerated() {
      let (row, column) = (index / grid.perRow, index % grid.perRow)
      let side = min(width, height)
      let isSquare = panel.content?.isSquare ?? false
      areas.append(
        Rect(x: xs[column], y: ys[row], width: isSquare ? side : width, height: isSquare ? side : height))
      frames.append(
        Rect(
          x: xs[column] - columns[column].before, y: ys[row] - rows[row].before,
          width: columns[column].before + width + columns[column].after,
          height: rows[row].before + height + rows[row].after))
    }
  }

  private static func starts(_ bands: [Band], _ length: Double, from start: Double) -> [Double] {
    var starts: [Double] = []
    var next = start
    for band in bands {
      starts.append(next + band.before)
      next += band.before + length + band.after + gap
    }
    return starts
  }

  /// The room of a panel around its plot; a figure that is no plot has its own margins.
  private func margins(_ panel: GridPanel, _ index: Int, count: Int) -> Plot.Margins {
    guard let content = panel.content else { return Plot.Margins() }
    let isOuter = isOuter(index, count: count)
    var margins = Plot.margins(
      x: content.x, y: content.y, theme: theme, labelsX: isOuter.below, labelsY: isOuter.left)
    if !panel.figure.title.isEmpty { margins.top += theme.labelSize * 1.45 }
    return margins
  }

  /// Whether a panel's numbers stand left of it and below it.
  private func isOuter(_ index: Int, count: Int) -> (left: Bool, below: Bool) {
    (hasInnerNumbers || index % grid.perRow == 0, hasInnerNumbers || index + grid.perRow >= count)
  }

  /// The hull of all plots.
  var plots: Rect {
    let (right, bottom) = (areas.map(\.maxX).max() ?? 0, areas.map(\.maxY).max() ?? 0)
    let (left, top) = (areas.map(\.x).min() ?? 0, areas.map(\.y).min() ?? 0)
    return Rect(x: left, y: top, width: right - left, height: bottom - top)
  }

  func plot(_ index: Int, _ content: PlotContent) -> Plot {
    let area = areas[index]
    let isOuter = isOuter(index, count: areas.count)
    var plot = Plot(
      area: area, x: content.x.fitted(to: area.width, vertical: false, theme: theme),
      y: content.y.fitted(to: area.height, vertical: true, theme: theme), theme: theme)
    (plot.labelsX, plot.labelsY) = (isOuter.below, isOuter.left)
    return plot
  }

  /// Writes the title of a figure above its plot, and its subtitle behind that as far as there is room.
  func drawTitle(_ figure: any Figure, above plot: Plot, on canvas: inout Canvas) {
    guard !figure.title.isEmpty else { return }
    let area = plot.area
    let style = Canvas.TextStyle(theme.labelSize, weight: .bold, color: theme.text)
    let title = Typeface.fitted(figure.title, to: area.width, size: style.size, weight: .bold)
    let baseline = area.y - theme.labelSize * 0.55 - (plot.y.ticks.note == nil ? 0 : theme.tickSize)
    canvas.write(title, at: Point(area.x, baseline), style)
    let rest = area.width - style.width(of: title) - 8
    if !figure.subtitle.isEmpty, rest > 40 {
      let subtitle = Typeface.fitted(figure.subtitle, to: rest, size: theme.tickSize)
      canvas.write(subtitle, at: Point(area.maxX, baseline), theme.note(), align: .end)
    }
  }

  /// Writes the names of the columns and rows.
  func drawNames(on canvas: inout Canvas) {
    let style = Canvas.TextStyle(theme.labelSize, weight: .bold, color: theme.text)
    for (area, name) in zip(areas.prefix(grid.perRow), grid.columnNames) {
      let shown = Typeface.fitted(name, to: area.width, size: style.size, weight: .bold)
      canvas.write(shown, at: Point(area.center.x, bounds.y + theme.labelSize * 0.95), style, align: .middle)
    }
    for (row, name) in grid.rowNames.enumerated() where row * grid.perRow < areas.count {
      let area = areas[row * grid.perRow]
      let shown = Typeface.fitted(name, to: area.height, size: style.size, weight: .bold)
      canvas.write(
        shown, at: Point(bounds.x + theme.labelSize * 0.95, area.center.y), style, align: .middle, direction: .up)
    }
  }
}
