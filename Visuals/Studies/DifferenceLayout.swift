/// Places and draws the parts of a ``CriticalDifferenceDiagram``.
struct DifferenceLayout {
  /// A method at its side.
  struct Row {
    var method: CriticalDifferenceDiagram.Method
    var style: RunStyle
    var isLeft: Bool
    /// The middle of the name.
    var y: Double
  }

  /// A bar below the axis.
  struct Bar {
    var from: Double
    var to: Double
    var y: Double
  }

  let theme: Theme
  /// The axis from its left to its right end.
  let axis: Rect
  let rows: [Row]
  let bars: [Bar]
  private let scale: Scale
  private let isReversed: Bool
  private let difference: Double?
  /// The widths of the names at the left and right.
  private let nameWidths: (left: Double, right: Double)
  private let numberWidth: Double

  private static let (barGap, barPitch, barReach, nameGap) = (13.0, 9.0, 5.0, 12.0)

  init(_ figure: CriticalDifferenceDiagram, _ page: Page, _ bounds: Rect) {
    theme = page.theme
    let theme = theme
    isReversed = figure.isBestOnRight
    let ranking = figure.ranking
    let ranks = ranking.map { figure.methods[$0].rank }
    let (scale, fits) = Self.scale(ranks, figure.criticalDifference)
    self.scale = scale
    difference = fits ? figure.criticalDifference : nil
    numberWidth = ranks.map { theme.tick().width(of: Self.number($0)) }.max() ?? 0
    // From the ends of the axis inward, so that lines do not cross.
    let fromLeft = isReversed ? Array(ranking.reversed()) : ranking
    let left = (ranking.count + 1) / 2
    func widest(_ methods: some Sequence<Int>) -> Double {
      min(methods.map { theme.label().width(of: figure.methods[$0].name) }.max() ?? 0, bounds.width * 0.26) + 1
    }
    nameWidths = (widest(fromLeft.prefix(left)), widest(fromLeft.dropFirst(left)))
    let around = Page.margin + 8 + numberWidth + Self.nameGap
    let top = Page.margin + page.headerHeight + (difference == nil ? 0 : theme.tickSize + 22) + theme.tickSize + 16
    let start = around + nameWidths.left
    axis = Rect(x: start, y: top, width: max(bounds.width - start - around - nameWidths.right, 1), height: 0)
    let (area, reversed) = (axis, isReversed)
    func x(_ rank: Double) -> Double { Self.x(rank, area, scale, reversed) }
    var levels: [Double] = []
    let spans = figure.joined.map { range in
      let ends = (x(range.lowerBound), x(range.upperBound))
      return (from: min(ends.0, ends.1) - Self.barReach, to: max(ends.0, ends.1) + Self.barReach)
    }
    bars = spans.sorted { $0.from < $1.from }.map { from, to in
      let free = levels.firstIndex { $0 < from - 6 } ?? levels.count
      if free == levels.count { levels.append(to) } else { levels[free] = to }
      return Bar(from: from, to: to, y: top + Self.barGap + Double(free) * Self.barPitch)
    }
    let below = top + Self.barGap + Double(levels.count) * Self.barPitch + theme.labelSize * 0.8
    let room = bounds.height - below - Page.margin - Page.noteHeight - theme.tickSize
    let pitch = min(theme.labelSize * 1.9, max(room, 1) / Double(left))
    rows = fromLeft.enumerated().map { place, index in
      let isLeft = place < left
      let level = isLeft ? place : fromLeft.count - 1 - place
      let method = figure.methods[index]
      return Row(
        method: method, style: RunStyle(method.style ?? index, theme), isLeft: isLeft,
        y: below + Double(level) * pitch)
    }
  }

  /// Returns a scale from whole ranks, and whether the critical difference fits on it.
  private static func scale(_ ranks: [Double], _ difference: Double?) -> (Scale, fits: Bool) {
    var (low, high) = ((ranks.first ?? 1).rounded(.down), (ranks.last ?? 2).rounded(.up))
    if high - low < max(difference ?? 1, 1) { (low, high) = (min(low, 1), max(high, Double(ranks.count), low + 1)) }
    return (Scale(from: low, to: high), (difference ?? 0) <= high - low)
  }

  private static func x(_ rank: Double, _ axis: Rect, _ scale: Scale, _ isReversed: Bool) -> Double {
    let fraction = scale.fraction(rank)
    return axis.x + (isReversed ? 1 - fraction : fraction) * axis.width
  }

  /// Returns the horizontal place of a rank.
  func x(_ rank: Double) -> Double { Self.x(rank, axis, scale, isReversed) }

  private static func number(_ rank: Double) -> String { NumberText.fixed(rank, decimals: 2) }

  /// Draws the axis with its ranks above it, and over it the critical difference.
  func drawAxis(on canvas: inout Canvas) {
    let y = canvas.crisp(axis.y, width: 1.4)
    canvas.stroke(.line(Point(axis.x, y), Point(axis.maxX, y)), Stroke(1.4, cap: .square), theme.text)
    let most = max(Int(min(axis.width / 40, 21)), 2)
    let ticks = Ticks(wholeNumbersOf: scale, most: most)
    for (value, label) in zip(ticks.values, ticks.labels) {
      let at = canvas.crisp(x(value), width: 1.4)
      canvas.stroke(.line(Point(at, y), Point(at, y - 6)), Stroke(1.4), theme.text)
      canvas.write(label, at: Point(at, y - 11), theme.tick(), align: .middle)
    }
    if ticks.step == 1 {
      for value in ticks.values.dropLast() {
        let at = canvas.crisp(x(value + 0.5), width: 1)
        canvas.stroke(.line(Point(at, y), Point(at, y - 3)), Stroke(1), theme.text)
      }
    }
    drawDifference(above: y - 11 - theme.tickSize - 9, on: &canvas)
  }

  private func drawDifference(above y: Double, on canvas: inout Canvas) {
    guard let difference else { return }
    let width = difference / (scale.high - scale.low) * axis.width
    let at = canvas.crisp(y, width: 1.4)
    var bracket = Path.line(Point(axis.x, at), Point(axis.x + width, at))
    for x in [axis.x, axis.x + width] { bracket.append(.line(Point(x, at - 4), Point(x, at + 4))) }
    canvas.stroke(bracket, Stroke(1.4), theme.text)
    let label = "CD \(NumberText.plain(difference, digits: 3))"
    let half = theme.tick().width(of: label) / 2
    let center = max(axis.x + width / 2, axis.x + half)
    canvas.write(label, at: Point(center, at - 8), theme.tick(), align: .middle)
  }

  /// Draws a line from every rank to its name.
  func drawMethods(on canvas: inout Canvas) {
    for row in rows {
      let x = canvas.crisp(x(row.method.rank), width: 1.2)
      let y = canvas.crisp(row.y, width: 1.2)
      let end = row.isLeft ? axis.x - 2 : axis.maxX + 2
      canvas.stroke(Path([Point(x, axis.y), Point(x, y), Point(end, y)]), Stroke(1.2), theme.spine)
    }
    for row in rows {
      canvas.fill(.circle(Point(x(row.method.rank), axis.y), radius: 3), row.style.color)
      drawName(row, on: &canvas)
    }
  }

  private func drawName(_ row: Row, on canvas: inout Canvas) {
    let side = row.isLeft ? -1.0 : 1.0
    let end = Point(row.isLeft ? axis.x - 2 : axis.maxX + 2, row.y)
    canvas.mark(row.style.marker, at: end, radius: 4, color: row.style.color, theme: theme)
    let number = end + Point(side * (Self.nameGap - 2), 0)
    canvas.write(
      Self.number(row.method.rank), at: number, theme.note(), align: row.isLeft ? .end : .start, centered: true)
    let name = Typeface.fitted(
      row.method.name, to: row.isLeft ? nameWidths.left : nameWidths.right, size: theme.labelSize)
    let at = number + Point(side * (numberWidth + 8), 0)
    canvas.write(name, at: at, theme.label(), align: row.isLeft ? .end : .start, centered: true)
  }

  /// Draws the bars that join methods.
  func drawBars(on canvas: inout Canvas) {
    for bar in bars {
      let line = Path.line(Point(bar.from, bar.y), Point(bar.to, bar.y))
      canvas.stroke(line, Stroke(4, cap: .round), theme.text)
    }
  }
}
