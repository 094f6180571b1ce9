/// The places of the parts of a ``RankHeatMap``.
struct RankHeatMapLayout {
  let cells: Rect
  let averages: Rect
  /// The size of a cell.
  let cell: Point
  /// Whether the names of the methods are rotated.
  let isUpright: Bool
  /// The lengths that names take at most.
  let nameRoom: (left: Double, above: Double)
  let bar: Rect

  private static let gap = 6.0
  private static let largest = Point(96, 40)
  /// The parts of the page that names take at most.
  private static let nameShare = (left: 0.28, above: 0.3)

  init(_ figure: RankHeatMap, page: Page, bounds: Rect, barWidth: Double) {
    let style = page.theme.tick()
    let (columns, rows) = (Double(figure.methods.count), Double(figure.problems.count))
    let widest = (figure.problems + ["average rank"]).map(style.width(of:)).max() ?? 0
    let left = min(widest, bounds.width * Self.nameShare.left) + 1
    let longest = figure.methods.map(style.width(of:)).max() ?? 0
    let beside = barWidth > 0 ? barWidth + Page.sideGap : 0
    let width = max(bounds.width - 2 * Page.margin - left - Self.gap - beside, 1)
    let across = min(width / columns, max(Self.largest.x, min(longest + 10, 130)))
    isUpright = longest > across - 6
    let above =
      (isUpright ? min(longest, bounds.height * Self.nameShare.above, 160) : style.size * Typeface.capHeight) + 1
    let top = Page.margin + page.headerHeight + above + 8
    let height = max(bounds.height - top - Self.gap - Page.margin - Page.noteHeight - 6, 1)
    cell = Point(across, min(height / (rows + 1), Self.largest.y))
    nameRoom = (left, above)
    let used = left + Self.gap + across * columns + beside
    let x = max((bounds.width - used) / 2, Page.margin) + left + Self.gap
    cells = Rect(x: x, y: top, width: across * columns, height: cell.y * rows)
    averages = Rect(x: x, y: cells.maxY + Self.gap, width: cells.width, height: cell.y)
    bar = Rect(x: cells.maxX + Page.sideGap, y: top, width: barWidth, height: min(cells.height, 240))
  }

  func rect(_ row: Int, _ column: Int) -> Rect {
    Rect(x: cells.x + Double(column) * cell.x, y: cells.y + Double(row) * cell.y, width: cell.x, height: cell.y)
  }

  func average(_ column: Int) -> Rect {
    Rect(x: cells.x + Double(column) * cell.x, y: averages.y, width: cell.x, height: cell.y)
  }
}
