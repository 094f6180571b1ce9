import GliaCore

/// A gallery of activation functions, each with its value and derivative on the same axes.
///
/// ```swift
/// try ActivationGallery(Registry.standard).write(to: "activations.png")
/// try ActivationGallery([.relu, .gelu(), .tanh]).write(to: "three.png")
/// ```
public struct ActivationGallery: Figure {
  /// A function with its derivative.
  public struct Entry: Sendable {
    /// The name of the function.
    public var name: String
    /// A short formula; may be empty.
    public var formula: String
    /// The interval of its values, with infinite bounds where there are none; `nil` if it is unknown.
    public var range: ClosedRange<Double>?
    /// The function f(z).
    public var value: @Sendable (_ z: Double) -> Double
    /// The derivative f′(z); `nil` to draw only the function.
    public var derivative: (@Sendable (_ z: Double) -> Double)?

    /// Creates an entry from a function and its derivative.
    public init(
      _ name: String, formula: String = "", range: ClosedRange<Double>? = nil,
      value: @escaping @Sendable (Double) -> Double, derivative: (@Sendable (Double) -> Double)? = nil
    ) {
      (self.name, self.formula, self.range) = (name, formula, range)
      (self.value, self.derivative) = (value, derivative)
    }
  }

  /// The size, theme, and text of the figure, which is larger than others by default.
  public var page: Page
  /// The functions, in the order in which they are drawn.
  public var entries: [Entry]
  /// The part of the horizontal axis that is drawn.
  public var domain = -4.0...4.0
  /// The part of the vertical axis that is drawn.
  public var limits = -2.0...4.0
  /// The number of columns; if `nil`, it depends on the page.
  public var columns: Int?

  /// Creates the gallery of `entries`.
  public init(entries: [Entry]) {
    self.entries = entries
    page = Page()
    (page.width, page.height) = (1600, 1200)
  }

  private static let gap = Point(18, 12)

  /// Draws one small plot per entry with its name, formula, and range.
  ///
  /// Throws an error when there are no entries, when an axis is not finite, or when the page is too small for the
  /// plots.
  public func draw(on canvas: inout Canvas) throws {
    let plots = try plots(canvas.bounds)
    let theme = page.theme
    var broken = 0
    for (entry, plot) in zip(entries, plots) {
      drawFrame(of: plot, on: &canvas)
      canvas.clip = plot.area.inset(by: -1)
      let samples = min(max(Int(plot.area.width * canvas.scale), 50), 2000) * 2
      let value = FunctionCurve(of: entry.value, over: domain, samples: samples, height: plot.y.scale)
      value.draw(on: &canvas, plot, Self.value(theme))
      // The derivative is drawn on top, so that both are visible where they are equal.
      let slope = entry.derivative.map { FunctionCurve(of: $0, over: domain, samples: samples, height: plot.y.scale) }
      slope?.draw(on: &canvas, plot, Self.derivative(theme))
      value.drawEnds(on: &canvas, plot, Self.value(theme).color, radius: 2.5)
      broken += [value, slope].count { $0?.isBroken == true }
      canvas.clip = nil
      drawWords(of: entry, plot, on: &canvas)
    }
    let note = broken == 0 ? "" : "\(broken) \(broken == 1 ? "curve is" : "curves are") not finite in places"
    drawKey(on: &canvas, plots[0].area.x)
    page.drawText(on: &canvas, left: plots[0].area.x, note: note)
  }

  private static func value(_ theme: Theme) -> (color: Color, stroke: Stroke) {
    (theme.hue(0), Stroke(2.2, join: .miter))
  }
  private static func derivative(_ theme: Theme) -> (color: Color, stroke: Stroke) {
    (theme.counterpart, Stroke(1.4, join: .miter, dashes: [6, 4]))
  }

  /// Slightly smaller than notes, as there is little room above a plot.
  private var formulaStyle: Canvas.TextStyle {
    Canvas.TextStyle(page.theme.tickSize * 0.9, color: page.theme.secondary)
  }

  /// Returns the height of the name and the one or two lines of formula above a plot of the given width.
  private func captionHeight(_ width: Double) -> Double {
    let widest = entries.map { formulaStyle.width(of: $0.formula) }.max() ?? 0
    let lines = widest == 0 ? 0.0 : widest <= width ? 1 : 2
    return page.theme.labelSize * 1.1 + page.theme.tickSize * (0.4 + Self.leading * lines)
  }
  private static let leading = 1.25
  private var keyHeight: Double { page.theme.labelSize * 1.8 }

  /// Returns one plot per entry; those in the first column and last row have tick labels.
  private func plots(_ bounds: Rect) throws -> [Plot] {
    guard !entries.isEmpty else {
      throw GliaError("there are no activations to draw", at: "entries", expected: "at least one")
    }
    for (range, name) in [(domain, "domain"), (limits, "limits")]
    where !(range.lowerBound.isFinite && range.upperBound.isFinite && range.lowerBound < range.upperBound) {
      throw GliaError(
        "the axis goes from \(range.lowerBound) to \(range.upperBound)", at: name, expected: "finite limits")
    }
    let theme = page.theme
    func axis(_ range: ClosedRange<Double>) -> Axis {
      let scale = Scale(from: range.lowerBound, to: range.upperBound)
      return Axis(scale, ticks: Ticks(scale, most: 5))
    }
    let (x, y) = (axis(domain), axis(limits))
    let margins = Plot.margins(x: x, y: y, theme: theme)
    let top = Page.margin + page.headerHeight
    let room = Rect(
      x: Page.margin + margins.left, y: top, width: bounds.width - 2 * Page.margin - margins.left - margins.right,
      height: bounds.height - top - margins.bottom - keyHeight - Page.margin - Page.noteHeight)
    func size(_ columns: Int) -> Point {
      let rows = Double((entries.count + columns - 1) / columns)
      let width = (room.width - Double(columns - 1) * Self.gap.x) / Double(columns)
      return Point(width, min(room.height / rows - captionHeight(width) - Self.gap.y, width))
    }
    let best = (1...entries.count).max { min(size($0).x, size($0).y * 1.3) < min(size($1).x, size($1).y * 1.3) } ?? 1
    let columns = min(max(columns ?? best, 1), entries.count)
    let size = size(columns)
    guard min(size.x, size.y) >= 20 else {
      throw GliaError(
        "the plots do not fit on a page of \(page.width) × \(page.height) pixels", at: "entries",
        expected: "room for plots of 20 units a side", remedy: "make the page larger, or its scale smaller")
    }
    let caption = captionHeight(size.x)
    return entries.indices.map { index in
      let (row, column) = (index / columns, index % columns)
      let area = Rect(
        x: room.x + Double(column) * (size.x + Self.gap.x),
        y: room.y + caption + Double(row) * (size.y + caption + Self.gap.y), width: size.x, height: size.y)
      var plot = Plot(area: area, x: x, y: y, theme: theme)
      plot.labelsX = index + columns >= entries.count
      if column > 0 { plot.y.ticks.labels = plot.y.ticks.labels.map { _ in "" } }
      return plot
    }
  }

  /// Draws grid lines at all ticks, a stronger one at 0, and the axes.
  private func drawFrame(of plot: Plot, on canvas: inout Canvas) {
    let theme = page.theme
    func line(_ start: Point, _ end: Point, isZero: Bool) {
      canvas.stroke(
        .line(start, end), Stroke(1 / canvas.scale), isZero ? theme.spine.mixed(with: theme.page, 0.3) : theme.gridLine)
    }
    let pixel = 1 / canvas.scale
    for value in plot.x.ticks.values {
      let x = canvas.crisp(plot.place(value, 0).x, width: pixel)
      line(Point(x, plot.area.y), Point(x, plot.area.maxY), isZero: value == 0)
    }
    for value in plot.y.ticks.values {
      let y = canvas.crisp(plot.place(0, value).y, width: pixel)
      line(Point(plot.area.x, y), Point(plot.area.maxX, y), isZero: value == 0)
    }
    plot.drawAxes(on: &canvas)
  }

  /// Writes the name and formula above a plot, and the range in its lower-right corner, which few functions cross.
  private func drawWords(of entry: Entry, _ plot: Plot, on canvas: inout Canvas) {
    let theme = page.theme
    let (area, note) = (plot.area, theme.note())
    let lines = formulaStyle.wrapped(entry.formula, to: area.width, lines: 2)
    var y = area.y - captionHeight(area.width) + theme.labelSize * 0.8
    let bold = Canvas.TextStyle(theme.labelSize, weight: .bold, color: theme.text)
    let name = Typeface.fitted(entry.name, to: area.width, size: theme.labelSize, weight: .bold)
    canvas.write(name, at: Point(area.x, y), bold)
    y += theme.labelSize * 0.1
    for line in lines {
      y += theme.tickSize * Self.leading
      canvas.write(line, at: Point(area.x, y), formulaStyle)
    }
    guard let range = entry.range else { return }
    let text = "\(NumberText.bound(range.lowerBound)) … \(NumberText.bound(range.upperBound))"
    canvas.write(text, at: Point(area.maxX - 3, area.maxY - 6), note, align: .end)
  }

  private func drawKey(on canvas: inout Canvas, _ left: Double) {
    let theme = page.theme
    let styles = [("value f(z)", Self.value(theme)), ("derivative f′(z)", Self.derivative(theme))]
    var x = left
    for (name, style) in styles {
      let legend = Legend(entries: [(.line(style.color, style.stroke), name)], theme: theme)
      let y = canvas.bounds.height - Page.margin - keyHeight
      legend.draw(on: &canvas, in: Rect(x: x, y: y, width: legend.width + 1, height: keyHeight))
      x += legend.width + 24
    }
  }
}
