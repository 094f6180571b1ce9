import GliaCore

/// The axes of ``ParallelCoordinates``.
struct ParallelLayout {
  let page: Page
  /// The area from the first axis to the last.
  let area: Rect
  /// The horizontal places of the axes, the objective last.
  let places: [Double]
  /// The axes with the ticks that fit.
  let axes: [Axis]
  /// The middle of the lane for trials without a value, below the axes.
  let gapY: Double
  /// The names of the axes, each in one or two lines.
  let names: [[String]]
  /// The size of the names.
  let nameSize: Double

  static let labelGap = 9.0
  private static let lane = 30.0
  /// The width that the labels of the first and the last axis take at most.
  private static let longestLabel = 120.0
  /// The least distance of two axes.
  private static let closest = 24.0

  var theme: Theme { page.theme }

  init(page: Page, bounds: Rect, _ columns: [SettingAxis], _ objective: Axis, hasGaps: Bool) throws {
    let theme = page.theme
    self.page = page
    func widest(_ axis: Axis) -> Double {
      min(axis.ticks.labels.map { theme.tick().width(of: $0) }.max() ?? 0, Self.longestLabel)
    }
    let all = columns.map(\.axis) + [objective]
    let left = Page.margin + max(columns.first.map { widest($0.axis) } ?? 0, 24) + Self.labelGap
    let right = Page.margin + widest(objective) + ColorBar.thickness / 2 + Self.labelGap
    let gap = (bounds.width - left - right) / Double(columns.count)
    let line = theme.labelSize * 1.3
    let (names, size) = Self.names(all.map(\.name), theme.labelSize, within: max(gap - 6, 1))
    (self.names, nameSize) = (names, size)
    let most = Double(names.map(\.count).max() ?? 1)
    let top = Page.margin + page.headerHeight + most * line + 10
    let bottom = Page.margin + Page.noteHeight + theme.tickSize + (hasGaps ? Self.lane : 0)
    let height = bounds.height - top - bottom
    guard gap >= Self.closest, height >= Self.closest else {
      throw GliaError(
        "\(all.count) axes do not fit on a page of \(page.width) × \(page.height) pixels", at: "settings",
        expected: "room for axes \(Int(Self.closest)) units apart",
        remedy: "draw fewer settings, or make the page larger")
    }
    area = Rect(x: left, y: top, width: bounds.width - left - right, height: height)
    places = all.indices.map { left + Double($0) * gap }
    axes = all.indices.map { index in
      let isCategory = index < columns.count && columns[index].isCategory
      return isCategory ? all[index] : all[index].fitted(to: height, vertical: true, theme: theme)
    }
    gapY = area.maxY + Self.lane * 0.62
  }

  /// Returns the names on lines of at most `width`, which also break after underscores, and a smaller size if that helps.
  private static func names(_ names: [String], _ size: Double, within width: Double) -> ([[String]], size: Double) {
    func style(_ size: Double) -> Canvas.TextStyle { Canvas.TextStyle(size, weight: .bold) }
    let parts = names.map { $0.replacing("_", with: "_ ") }
    let longest = parts.flatMap { $0.split(separator: " ") }.map { style(size).width(of: String($0)) }.max() ?? 0
    let fitted = longest > width ? size * max(width / longest, 0.8) : size
    let lines = zip(names, parts).map { name, parts in
      style(fitted).width(of: name) <= width
        ? [name]
        : style(fitted).wrapped(parts, to: width, lines: 2).map { $0.replacing("_ ", with: "_") }
    }
    return (lines, fitted)
  }

  /// The width for the labels of axis `index`.
  func labelWidth(_ index: Int) -> Double {
    index == 0 || index == axes.count - 1 ? Self.longestLabel : (places[1] - places[0]) * 0.62
  }

  /// Returns the height of a value on axis `index`; the lane below for `nil`.
  func height(_ index: Int, _ value: Double?) -> Double {
    guard let value else { return gapY }
    return area.maxY - min(max(axes[index].scale.fraction(value), 0), 1) * area.height
  }
}
