/// One axis of a plot: its scale, ticks, and name.
struct Axis: Sendable {
  var scale: Scale
  var name: String
  var ticks: Ticks

  init(_ scale: Scale, name: String = "", ticks: Ticks? = nil) {
    self.scale = scale
    self.name = name
    self.ticks = ticks ?? Ticks(scale)
  }

  /// Returns the axis with as many ticks as fit into `length`.
  func fitted(to length: Double, most: Int = 7, vertical: Bool, theme: Theme) -> Axis {
    var axis = self
    for count in stride(from: most, through: 2, by: -1) {
      axis.ticks = ticks.limited(to: count, of: scale)
      if axis.hasRoom(on: length, vertical: vertical, theme: theme) { break }
    }
    return axis
  }

  /// Returns the axes of a plot with as many ticks as fit; on a square with equal spans, both have the same step.
  static func fitted(_ x: Axis, _ y: Axis, to area: Rect, theme: Theme) -> (x: Axis, y: Axis) {
    func fitted(most count: Int) -> (x: Axis, y: Axis) {
      (
        x.fitted(to: area.width, most: count, vertical: false, theme: theme),
        y.fitted(to: area.height, most: count, vertical: true, theme: theme)
      )
    }
    let own = fitted(most: 7)
    let spans = (x.scale.high - x.scale.low, y.scale.high - y.scale.low)
    let isEven = x.scale.kind == .linear && y.scale.kind == .linear && abs(spans.0 / spans.1 - 1) < 1e-6
    guard isEven, abs(area.width / area.height - 1) < 1e-6, own.x.ticks.step != own.y.ticks.step else { return own }
    // An eighth tick is better than too few.
    return [8, 6, 5, 4, 3, 2].lazy.map(fitted).first { $0.x.ticks.step == $0.y.ticks.step } ?? own
  }

  private func hasRoom(on length: Double, vertical: Bool, theme: Theme) -> Bool {
    let style = theme.tick()
    let sizes = ticks.labels.map { vertical ? theme.tickSize * 1.25 : style.width(of: $0) + theme.tickSize * 0.9 }
    let places = ticks.values.map { scale.fraction($0) * length }
    return zip(places.indices, places.indices.dropFirst()).allSatisfy { a, b in
      abs(places[b] - places[a]) >= (sizes[a] + sizes[b]) / 2
    }
  }
}

/// An area with two axes in which data is drawn.
struct Plot: Sendable {
  /// The space that ticks, labels, and names take on each side of the area.
  struct Margins: Sendable {
    var left = 0.0
    var right = 0.0
    var top = 0.0
    var bottom = 0.0
  }

  var area: Rect
  var x: Axis
  var y: Axis
  var theme: Theme
  /// Whether the horizontal axis has labels and a name.
  var labelsX = true
  /// Whether the vertical axis has labels and a name.
  var labelsY = true
  /// The distance of the name from the left of the area, to align stacked plots; if `nil`, it depends on the labels.
  var left: Double?

  static let tickLength = 5.0
  private static let gap = 4.0

  /// Returns the space that the axes need around their area.
  static func margins(
    x: Axis, y: Axis, theme: Theme, labelsX: Bool = true, labelsY: Bool = true
  ) -> Margins {
    let line = theme.tickSize * Typeface.capHeight
    let name = theme.labelSize * (Typeface.capHeight + 0.62)
    var margins = Margins()
    margins.left = tickLength + (labelsY ? gap + widest(y.ticks, theme) + (y.name.isEmpty ? 0 : name + 4) : 0)
    margins.bottom = tickLength + (labelsX ? gap + line + 4 + (x.name.isEmpty ? 0 : name + 4) : 0)
    margins.top = y.ticks.note == nil || !labelsY ? line / 2 : line * 2 + 4
    margins.right = labelsX ? (x.ticks.labels.last.map { theme.tick().width(of: $0) } ?? 0) / 2 : 0
    return margins
  }

  private static func widest(_ ticks: Ticks, _ theme: Theme) -> Double {
    ticks.labels.map { theme.tick().width(of: $0) }.max() ?? 0
  }

  /// Returns the position of (x, y).
  func place(_ x: Double, _ y: Double) -> Point {
    Point(area.x + self.x.scale.fraction(x) * area.width, area.maxY - self.y.scale.fraction(y) * area.height)
  }

  /// Draws grid lines behind the data at the ticks of the vertical axis.
  func drawGridLines(on canvas: inout Canvas) {
    for value in y.ticks.values {
      let height = canvas.crisp(place(x.scale.low, value).y, width: 1)
      canvas.stroke(.line(Point(area.x, height), Point(area.maxX, height)), Stroke(hairline(canvas)), theme.gridLine)
    }
  }

  /// Draws the left and bottom axis lines with their ticks, labels, and names.
  func drawAxes(on canvas: inout Canvas) {
    let width = hairline(canvas)
    let left = canvas.crisp(area.x, width: width)
    let bottom = canvas.crisp(area.maxY, width: width)
    let spine = Path([Point(left, area.y), Point(left, bottom), Point(area.maxX, bottom)])
    canvas.stroke(spine, Stroke(width, cap: .square, join: .miter), theme.spine)
    func tick(_ start: Point, _ end: Point) { canvas.stroke(.line(start, end), Stroke(width), theme.spine) }
    for (values, length) in [(x.ticks.minor, 3.0), (x.ticks.values, Self.tickLength)] {
      for value in values {
        let at = canvas.crisp(place(value, y.scale.low).x, width: width)
        tick(Point(at, bottom), Point(at, bottom + length))
      }
    }
    for (values, length) in [(y.ticks.minor, 3.0), (y.ticks.values, Self.tickLength)] {
      for value in values {
        let at = canvas.crisp(place(x.scale.low, value).y, width: width)
        tick(Point(left, at), Point(left - length, at))
      }
    }
    drawLabels(on: &canvas)
  }

  private func drawLabels(on canvas: inout Canvas) {
    if labelsY { drawLabelsY(on: &canvas) }
    if labelsX { drawLabelsX(on: &canvas) }
  }

  private func drawLabelsY(on canvas: inout Canvas) {
    let style = theme.tick()
    let line = theme.tickSize * Typeface.capHeight
    for (value, label) in zip(y.ticks.values, y.ticks.labels) {
      let at = Point(area.x - Self.tickLength - Self.gap, place(x.scale.low, value).y)
      canvas.write(label, at: at, style, align: .end, centered: true)
    }
    if let note = y.ticks.note {
      canvas.write(note, at: Point(area.x - Self.tickLength, area.y - line - 2), theme.note())
    }
    if !y.name.isEmpty {
      let margin = left ?? Self.margins(x: x, y: y, theme: theme, labelsX: labelsX).left
      let name = Typeface.fitted(y.name, to: area.height + 2 * line, size: theme.labelSize)
      let at = Point(area.x - margin + theme.labelSize * (Typeface.capHeight + 0.1), area.center.y)
      canvas.write(name, at: at, theme.label(), align: .middle, direction: .up)
    }
  }

  private func drawLabelsX(on canvas: inout Canvas) {
    let style = theme.tick()
    let line = theme.tickSize * Typeface.capHeight
    let numbers = area.maxY + Self.tickLength + Self.gap + line
    for (value, label) in zip(x.ticks.values, x.ticks.labels) {
      canvas.write(label, at: Point(place(value, y.scale.low).x, numbers), style, align: .middle)
    }
    let names = numbers + 8 + theme.labelSize * Typeface.capHeight
    let noteWidth = x.ticks.note.map { theme.note().width(of: $0) + 12 } ?? 0
    let name = Typeface.fitted(x.name, to: area.width - noteWidth, size: theme.labelSize)
    // The name moves to leave room for the note at the end of the axis.
    let end = min(area.center.x + theme.label().width(of: name) / 2, area.maxX - noteWidth)
    canvas.write(name, at: Point(end, names), theme.label(), align: .end)
    if let note = x.ticks.note { canvas.write(note, at: Point(area.maxX, names), theme.note(), align: .end) }
  }

  /// A width of about one pixel, or two at a high resolution.
  private func hairline(_ canvas: Canvas) -> Double { max((canvas.scale * 0.8).rounded(), 1) / canvas.scale }
}
