/// The layout of a confusion matrix: square cells, with recalls at the right and precisions below.
struct ConfusionLayout {
  /// The side of a cell.
  let cell: Double
  let cells: Rect
  let recalls: Rect
  let precisions: Rect
  let corner: Rect
  /// The area of the color bar.
  let bar: Rect
  /// The text size of the names; one in `nameStride` is written.
  let nameSize: Double
  let nameStride: Int
  /// Whether the names below are rotated, and the maximum lengths of the names.
  let isUpright: Bool
  let nameRoom: (left: Double, below: Double)

  static let smallestText = 7.5
  private static let gap = 6.0
  private static let footer = 6.0
  private static let longestName = (left: 150.0, below: 120.0)

  init(page: Page, bounds: Rect, names: [String], barWidth: Double, scale: Double) {
    let theme = page.theme
    let count = Double(names.count)
    let widest = names.map { theme.tick().width(of: $0) }.max() ?? 0
    let precision = theme.tick().width(of: "precision")
    let title = theme.labelSize * 1.6
    let top = Page.margin + page.headerHeight + theme.tickSize * 1.3
    let beside = barWidth > 0 ? barWidth + Page.sideGap : 0
    /// Returns the side of a cell and the width of the left margin for names of this size.
    func fit(_ size: Double, below: Double) -> (cell: Double, left: Double) {
      let left = max(min(widest * size / theme.tickSize, Self.longestName.left) + title, precision)
      let width = bounds.width - 2 * Page.margin - left - 2 * Self.gap - beside
      let height = bounds.height - top - 2 * Self.gap - below - title - Page.margin - Self.footer
      let room = max(min(width, height), 1)
      return (Self.whole((room - Self.strip(room / (count + 1))) / count, scale), left)
    }
    func size(_ cell: Double) -> Double { min(max(cell * 0.95, Self.smallestText), theme.tickSize) }
    func length(_ size: Double) -> Double { min(widest * size / theme.tickSize, Self.longestName.below) }
    let flat = fit(theme.tickSize, below: theme.tickSize).cell
    isUpright = widest > flat - 5
    let first = fit(theme.tickSize, below: isUpright ? length(theme.tickSize) : theme.tickSize).cell
    nameSize = size(first)
    let below = isUpright ? length(nameSize) : theme.tickSize
    let (cell, left) = fit(nameSize, below: below)
    self.cell = cell
    nameStride = max(Int(min((nameSize * 1.05 / cell).rounded(.up), 1e6)), 1)
    let side = cell * count
    let strip = Self.strip(cell)
    let used = Point(left + beside, below + title) + Point(1, 1) * (2 * Self.gap + side + strip)
    let spare = Point(bounds.width - 2 * Page.margin - used.x, bounds.height - top - Page.margin - Self.footer - used.y)
    // Names can use the space that the cells leave free.
    let longest = widest * nameSize / theme.tickSize
    let more = min(max(longest - Self.longestName.left, 0), max(spare.x, 0))
    let deeper = isUpright ? min(longest - below, max(spare.y, 0)) : 0
    nameRoom = (min(longest, Self.longestName.left + more) + 1, below + deeper)
    let x = Self.whole(max((bounds.width - used.x - more) / 2, Page.margin) + left + more + Self.gap, scale)
    let y = Self.whole(top + page.drop(spare.y - deeper, on: bounds), scale)
    let far = side + Self.gap
    cells = Rect(x: x, y: y, width: side, height: side)
    recalls = Rect(x: x + far, y: y, width: strip, height: side)
    precisions = Rect(x: x, y: y + far, width: side, height: strip)
    corner = Rect(x: x + far, y: y + far, width: strip, height: strip)
    bar = Rect(x: recalls.maxX + Page.sideGap, y: y, width: barWidth, height: side)
  }

  /// Returns the thickness of the strips, which fits their numbers unless these would be too small anyway.
  private static func strip(_ cell: Double) -> Double { cell < smallestText ? 14 : min(max(cell, 40), 64) }

  /// Rounds a length to whole pixels if it has several.
  private static func whole(_ length: Double, _ scale: Double) -> Double {
    length * scale < 3 ? max(length, 1e-3) : (length * scale).rounded(.down) / scale
  }

  /// Returns the cell of true class `row` and predicted class `column`.
  func rect(_ row: Int, _ column: Int) -> Rect {
    Rect(x: cells.x + Double(column) * cell, y: cells.y + Double(row) * cell, width: cell, height: cell)
  }

  /// Returns the cell of the recall of row `index`, or of the precision of column `index`.
  func margin(_ index: Int, isRow: Bool) -> Rect {
    let own = rect(index, index)
    return isRow
      ? Rect(x: recalls.x, y: own.y, width: recalls.width, height: cell)
      : Rect(x: own.x, y: precisions.y, width: cell, height: precisions.height)
  }
}

/// The text that fits into the cells of a confusion matrix: count and percentage, the count alone, or nothing.
struct ConfusionText {
  /// The text size of the counts; 0 for none.
  private(set) var count = 0.0
  /// The text size of the percentages; 0 for none.
  private(set) var percent = 0.0
  /// The number of decimals of the percentages.
  private(set) var decimals = 0

  private static let smaller = 0.84

  init(largest: Int, cell: Double, theme: Theme) {
    let digits = NumberText.grouped(largest).map { $0 == "," ? "," : "0" }.joined()
    let limit = min(
      max(theme.labelSize * 1.2, min(0.1 * cell, theme.titleSize * 1.2)),
      0.84 * cell / Typeface.width(of: digits, size: 1))
    for decimals in [1, 0] {
      let label = NumberText.percent(1, decimals: decimals)
      let size = min(limit, 0.84 * cell / (Typeface.width(of: label, size: 1) * Self.smaller), 0.46 * cell)
      let least = decimals == 1 ? theme.tickSize * 0.8 : ConfusionLayout.smallestText
      guard size * Self.smaller >= least else { continue }
      (count, percent, self.decimals) = (size, size * Self.smaller, decimals)
      return
    }
    let size = min(limit, cell)
    if size >= ConfusionLayout.smallestText { count = size }
  }
}
