import GliaCore

/// A grid of small plots with a shared vertical axis.
struct PanelLayout {
  /// The horizontal axis of a small plot.
  struct Panel {
    var axis: Axis
    /// Whether the ticks name categories.
    var isCategory = false
  }

  let columns: Int
  let rows: Int

  private static let gap = Point(20, 14)
  /// The least room between two category labels.
  private static let labelGap = 6.0

  init(count: Int, columns wished: Int?) {
    let usual = count <= 3 ? count : Int(Double(count).squareRoot().rounded(.up))
    columns = max(min(wished ?? usual, count), 1)
    rows = max((count + columns - 1) / columns, 1)
  }

  /// Returns one plot per panel; only those in the first column have labels on the shared vertical axis.
  ///
  /// Throws an error if the plots do not fit.
  func plots(
    of panels: [Panel], _ y: Axis, _ page: Page, _ bounds: Rect, footer: Double = 0
  ) throws -> [Plot] {
    let theme = page.theme
    let margins = panels.map { Plot.margins(x: $0.axis, y: y, theme: theme) }
    let (left, bottom) = (margins.map(\.left).max() ?? 0, margins.map(\.bottom).max() ?? 0)
    let top = page.top(above: margins.first ?? Plot.Margins(), hasNote: y.ticks.note != nil)
    let across = bounds.width - 2 * Page.margin - left - Self.gap.x * Double(columns - 1) - theme.tickSize
    let down =
      bounds.height - top - Double(rows) * bottom - Self.gap.y * Double(rows - 1) - footer - Page.margin
      - Page.noteHeight
    let size = Point(across / Double(columns), down / Double(rows))
    guard min(size.x, size.y) >= 20 else {
      throw GliaError(
        "\(panels.count) plots do not fit on a page of \(page.width) × \(page.height) pixels", at: "panels",
        expected: "room for plots of 20 units a side", remedy: "draw fewer of them, or make the page larger")
    }
    return panels.indices.map { index in
      let (row, column) = (index / columns, index % columns)
      let area = Rect(
        x: Page.margin + left + Double(column) * (size.x + Self.gap.x),
        y: top + Double(row) * (size.y + bottom + Self.gap.y), width: size.x, height: size.y)
      let shared = y.fitted(to: size.y, vertical: true, theme: theme)
      let x = axis(panels[index], size.x, theme)
      var plot = Plot(area: area, x: x, y: shared, theme: theme)
      plot.left = left
      plot.labelsY = column == 0
      if column > 0 { plot.y.name = "" }
      return plot
    }
  }

  /// Returns the axis with the ticks, or the names of categories, that fit into `width`.
  private func axis(_ panel: Panel, _ width: Double, _ theme: Theme) -> Axis {
    let own = panel.axis
    guard panel.isCategory else { return own.fitted(to: width, vertical: false, theme: theme) }
    let lane = width / Double(max(own.ticks.labels.count, 1)) - Self.labelGap
    let labels = own.ticks.labels.map { Typeface.fitted($0, to: lane, size: theme.tickSize) }
    return Axis(own.scale, name: own.name, ticks: Ticks(values: own.ticks.values, labels: labels))
  }
}
