import GliaCore

/// A grid of figures on one page (small multiples) with a shared title and legend.
///
/// ```swift
/// var grid = FigureGrid(columns: 3, try networks.map { try DecisionBoundary(of: $0, on: moons) })
/// grid.title = "two moons · six optimizers after 50 epochs"
/// grid.columnNames = ["sgd", "momentum", "adam"]
/// grid.sharesLimits = true
/// try grid.write(to: "boundaries.png")
/// ```
///
/// Any figure can be part of a grid. Figures with a single plot are aligned, share their legend, and show the accuracy
/// of a classifier in a free corner. The title of a figure is shown above its plot, followed by its subtitle.
public struct FigureGrid: Figure {
  /// The size, theme, and text of the figure. Unless the height is set, it fits square plots in all rows.
  public var page: Page {
    get {
      var page = ownPage
      if !hasOwnHeight { page.height = naturalHeight }
      return page
    }
    set {
      hasOwnHeight = hasOwnHeight || newValue.height != page.height
      ownPage = newValue
    }
  }
  private static let barGap = 16.0
  private var ownPage = Page()
  private var hasOwnHeight = false
  /// The figures, row by row; they take their size and theme from the page.
  public var figures: [any Figure]
  /// The number of columns.
  public var columns: Int
  /// Whether all plots have the same limits.
  public var sharesLimits = false
  /// Whether the accuracy of a classifier is shown in a corner of its plot.
  public var showsAccuracy = true
  /// The labels above the columns; nothing is drawn if empty.
  public var columnNames: [String] = []
  /// The labels of the rows; nothing is drawn if empty.
  public var rowNames: [String] = []

  /// Creates a grid of `figures` with the given number of columns.
  public init(columns: Int, _ figures: [any Figure]) {
    self.columns = columns
    self.figures = figures
  }

  /// Draws all figures.
  ///
  /// Throws an error when there are no figures or columns, and any error of a figure with its index.
  public func draw(on canvas: inout Canvas) throws {
    guard !figures.isEmpty, columns > 0 else {
      throw GliaError(
        "a grid of \(figures.count) figures in \(columns) columns", at: "figures",
        expected: "at least one figure and one column")
    }
    let panels = try panels()
    let bounds = canvas.bounds
    let top = Page.margin + page.headerHeight
    let area = Rect(
      x: Page.margin, y: top, width: max(bounds.width - 2 * Page.margin, 1),
      height: max(bounds.height - top - Page.margin - Page.noteHeight, 1))
    let factor = factor(area.width)
    var notes: [String] = []
    var left = 0.0
    try canvas.within(area, scale: factor) { canvas in notes = try draw(panels, on: &canvas, left: &left) }
    page.drawText(on: &canvas, left: Page.margin + left * factor, note: notes.joined(separator: " · "))
  }

  /// The number of figures in the first row.
  var perRow: Int { max(min(columns, figures.count), 1) }

  /// Small plots have smaller text and marks.
  private func factor(_ width: Double) -> Double { min(max(width / Double(perRow) / 300, 0.62), 1) }

  /// An estimate of the height in pixels at which square plots fill the width.
  private var naturalHeight: Int {
    let (theme, columns) = (ownPage.theme, Double(perRow))
    let rows = (Double(figures.count) / columns).rounded(.up)
    let width = Double(ownPage.width) / ownPage.scale - 2 * Page.margin
    let factor = factor(width)
    let isAlone = ownPage.legend == .hidden
    let hasBar =
      !isAlone && figures.contains { ($0 as? DecisionBoundary)?.classes.count == 2 || $0 is RegressionSurface }
    // The space for the labels and name of an axis, then the space between plots.
    let (beside, below) = (theme.tickSize * 2.4 + theme.labelSize * 1.34 + 13, theme.tickSize + theme.labelSize + 20)
    let inner = sharesLimits ? Point(19, 25) : Point(23 + theme.tickSize * 2, 29 + theme.tickSize)
    let title = figures.contains { !$0.title.isEmpty } ? theme.labelSize * 1.45 : 0
    let names = theme.labelSize * 1.7
    let taken = beside + (hasBar ? theme.tickSize * 2.5 + theme.labelSize + 47 : 10) + (rowNames.isEmpty ? 0 : names)
    let side = max((width / factor - taken - (columns - 1) * inner.x) / columns, 20)
    let plots = rows * (side + title) + (rows - 1) * inner.y + below
    let around = (isAlone ? 0 : theme.labelSize * 1.6 + 8) + (columnNames.isEmpty ? 0 : names)
    let height = (plots + around) * factor + ownPage.headerHeight + 2 * Page.margin + Page.noteHeight
    let pixels = height * ownPage.scale
    return pixels.isFinite ? Int(min(max(pixels.rounded(), 320), 4000)) : Page().height
  }

  /// Draws the shared legend, the color bar, and the figures, and returns the notes of the figures.
  private func draw(_ panels: [GridPanel], on canvas: inout Canvas, left: inout Double) throws -> [String] {
    let isAlone = page.legend == .hidden
    let legend = isAlone ? Legend(entries: [], theme: page.theme) : sharedLegend(panels)
    let bar = isAlone ? nil : sharedBar(panels)
    let (width, height) = (canvas.bounds.width, canvas.bounds.height)
    let row = legend.rowHeight(within: width)
    let top = row > 0 ? row + 8 : 0
    let beside = bar.map { $0.width + Self.barGap } ?? 0
    let layout = GridLayout(
      self, panels, bounds: Rect(x: 0, y: top, width: max(width - beside, 1), height: max(height - top, 1)),
      ownBars: bar == nil && !isAlone)
    left = layout.start.x
    legend.drawRow(on: &canvas, in: Rect(x: left, y: layout.start.y - top, width: width - left, height: row))
    let (all, shaded) = (
      layout.hull(Array(panels.indices)), layout.hull(panels.indices.filter { panels[$0].content?.bar != nil })
    )
    bar?.draw(on: &canvas, in: Rect(x: all.maxX + Self.barGap, y: shaded.y, width: beside, height: shaded.height))
    return try draw(panels, layout, on: &canvas)
  }

  /// Returns the figures in the theme of the page with the content of their plots.
  private func panels() throws -> [GridPanel] {
    var panels = try figures.enumerated().map { index, figure in
      try GliaError.locating("figures.\(index)") { try GridPanel(figure, page, within: nil) }
    }
    if sharesLimits, let limits = PlotLimits(around: panels.compactMap(\.content)) {
      for index in panels.indices where panels[index].content != nil {
        panels[index] = try GliaError.locating("figures.\(index)") {
          try GridPanel(figures[index], page, within: limits)
        }
      }
    }
    return panels
  }

  /// Returns the union of the legend entries of all panels.
  private func sharedLegend(_ panels: [GridPanel]) -> Legend {
    var seen: Set<Legend.Entry> = []
    let entries = panels.compactMap(\.content).flatMap(\.sharedLegend.entries).filter { key, name in
      key != .space && seen.insert(Legend.Entry(key: key, name: name)).inserted
    }
    return Legend(entries: entries, theme: page.theme)
  }

  /// Returns the color bar of the plots if they all have the same one.
  private func sharedBar(_ panels: [GridPanel]) -> ColorBar? {
    let bars = panels.compactMap { $0.content?.bar }
    guard let first = bars.first, bars.allSatisfy(first.says) else { return nil }
    return first
  }

  private func draw(_ panels: [GridPanel], _ layout: GridLayout, on canvas: inout Canvas) throws -> [String] {
    layout.drawNames(on: &canvas)
    var notes: [String] = []
    for (index, panel) in panels.enumerated() {
      try GliaError.locating("figures.\(index)") {
        guard let content = panel.content else {
          // The margins of the figure may extend into the gaps.
          let (frame, margin) = (layout.frames[index], Page.margin * 0.6)
          let area = Rect(
            x: frame.x - margin, y: frame.y - margin, width: frame.width + 2 * margin, height: frame.height + margin)
          try panel.figure.draw(on: &canvas, in: area)
          return
        }
        let plot = layout.plot(index, content)
        let note = try content.drawPlot(plot, on: &canvas)
        if !note.isEmpty { notes.append(panel.figure.title.isEmpty ? note : "\(panel.figure.title): \(note)") }
        layout.drawTitle(panel.figure, above: plot, on: &canvas)
        layout.drawBar(content, beside: plot.area, on: &canvas)
        if showsAccuracy { content.drawBadge(plot, on: &canvas) }
      }
    }
    return notes
  }
}

/// One figure of a grid.
struct GridPanel {
  var figure: any Figure
  /// The content of the plot, if the figure has exactly one.
  var content: PlotContent?

  init(_ figure: any Figure, _ page: Page, within limits: PlotLimits?) throws {
    self.figure = figure
    self.figure.page.theme = page.theme
    self.figure.page.theme.titleSize = page.theme.labelSize
    self.figure.page.legend = .hidden
    if var boundary = self.figure as? DecisionBoundary {
      // Crosses fit small points, and all panels share the legend.
      boundary.mistakeSign = .crossed
      self.figure = boundary
    }
    content = try (self.figure as? any PlotFigure)?.content(within: limits)
  }
}

extension PlotContent {
  /// Writes the result on a plate where it hides as little data as possible.
  fileprivate func drawBadge(_ plot: Plot, on canvas: inout Canvas) {
    guard !badge.isEmpty else { return }
    let style = plot.theme.label()
    let (width, height) = (style.width(of: badge) + 12, style.size * 1.5)
    let plate = obstacles(plot).freest(width, height, in: plot.area, inset: 6)
    canvas.drawPlate(plate, plot.theme)
    canvas.write(badge, at: plate.center, style, align: .middle, centered: true)
  }
}
