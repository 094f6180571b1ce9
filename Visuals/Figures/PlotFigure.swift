/// The part of the plane that a plot shows.
struct PlotLimits: Hashable {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) { (self.x, self.y) = (x, y) }

  /// The limits that hold what all plots show; `nil` without any.
  init?(around contents: [PlotContent]) {
    guard let x = Self.hull(contents.map(\.x.scale)), let y = Self.hull(contents.map(\.y.scale)) else { return nil }
    self.init(x, y)
  }

  private static func hull(_ scales: [Scale]) -> ClosedRange<Double>? {
    guard let low = scales.map(\.low).min(), let high = scales.map(\.high).max() else { return nil }
    return low...high
  }
}

/// What a figure draws in its one plot, apart from where that stands and what stands beside it.
struct PlotContent {
  var x: Axis
  var y: Axis
  /// Whether the plot is as high as wide.
  var isSquare = false
  /// Whether pale lines behind the data go on from the ticks of the vertical axis.
  var hasGridLines = false
  var bar: ColorBar?
  /// What the signs mean, with what belongs to this figure alone, such as counts.
  var legend: Legend
  /// The room to keep beside the plot for the legend.
  var legendWidth: Double
  /// The same without counts, for figures that share a legend.
  var sharedLegend: Legend
  /// A short result for a corner of the plot, such as `98.5 %`.
  var badge = ""
  /// What words within a plot should not hide.
  var obstacles: @Sendable (Plot) -> Obstacles
  /// Draws the data and gives a note about what could not be drawn.
  var draw: @Sendable (inout Canvas, Plot) throws -> String
}

/// A figure with one plot, which can stand among others.
protocol PlotFigure: Figure {
  /// What is drawn within `limits`, or around all data.
  func content(within limits: PlotLimits?) throws -> PlotContent
}

extension PlotFigure {
  /// Draws the plot with its words, its color bar and its legend.
  func drawPage(on canvas: inout Canvas) throws {
    let content = try content(within: nil)
    let bar = page.legend == .nowhere ? nil : content.bar
    let hasLegend = page.legend == .beside && !content.legend.entries.isEmpty
    let layout = PlaneLayout(
      page: page, bounds: canvas.bounds, x: content.x, y: content.y, barWidth: bar?.width ?? 0,
      legendWidth: hasLegend ? min(content.legendWidth, Self.legendWidth) : 0,
      wishedLegendWidth: hasLegend ? content.legendWidth : 0, isSquare: content.isSquare)
    let note = try content.drawPlot(layout.plot, on: &canvas)
    bar?.draw(on: &canvas, in: layout.bar)
    switch page.legend {
    case .beside: content.legend.draw(on: &canvas, in: layout.legend)
    case .inside:
      content.legend.draw(on: &canvas, inside: layout.plot.area, avoiding: content.obstacles(layout.plot))
    case .nowhere: break
    }
    page.drawText(on: &canvas, left: layout.plot.area.x, note: note)
  }

  /// What a legend may take from the plot; what a square leaves free is its as well.
  private static var legendWidth: Double { 190 }
}

extension PlotContent {
  /// Draws the data within the area of `plot` and its axes around, and gives the note.
  func drawPlot(_ plot: Plot, on canvas: inout Canvas) throws -> String {
    if hasGridLines { plot.drawGridLines(on: &canvas) }
    // A curve that ends at the edge is not cut along its middle.
    let above = hasGridLines ? 2.0 : 0
    canvas.clip = Rect(
      x: plot.area.x, y: plot.area.y - above, width: plot.area.width, height: plot.area.height + above)
    let note = try draw(&canvas, plot)
    canvas.clip = nil
    plot.drawAxes(on: &canvas)
    return note
  }
}
