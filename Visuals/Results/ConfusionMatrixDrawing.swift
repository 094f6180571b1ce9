/// Draws the parts of a confusion matrix.
struct ConfusionDrawing {
  let confusion: Confusion
  let names: [String]
  let places: ConfusionLayout
  let text: ConfusionText
  let theme: Theme

  private var shades: ConfusionShades { ConfusionShades(theme) }
  private var indices: Range<Int> { names.indices }

  func drawCells(on canvas: inout Canvas) {
    let count = names.count
    let colors = indices.flatMap { row in
      indices.map { shades(share(row, $0), isRight: row == $0) }
    }
    canvas.paint(places.cells) { u, v in
      let (column, row) = (min(Int(u * Double(count)), count - 1), min(Int(v * Double(count)), count - 1))
      return colors[row * count + column]
    }
    drawGaps(on: &canvas)
    guard text.count > 0 else { return }
    for row in indices {
      for column in indices where confusion.counts[row][column] > 0 || row == column || count <= 12 {
        drawCell(row, column, colors[row * count + column], on: &canvas)
      }
    }
  }

  private func share(_ row: Int, _ column: Int) -> Double {
    Double(confusion.counts[row][column]) / Double(confusion.actual[row])
  }

  private func drawCell(_ row: Int, _ column: Int, _ color: Color, on canvas: inout Canvas) {
    let number = confusion.counts[row][column]
    let textColor = color.contrasting(theme.text, theme.page)
    var lines: [Line] = []
    let weight: Typeface.Weight = row == column ? .bold : .regular
    lines.append(
      Line(
        NumberText.grouped(number),
        Canvas.TextStyle(text.count, weight: weight, color: number == 0 ? theme.secondary.opacity(0.6) : textColor)))
    if text.percent > 0, number > 0 {
      let percent = NumberText.percent(share(row, column), decimals: text.decimals)
      lines.append(Line(percent, Canvas.TextStyle(text.percent, color: textColor)))
    }
    draw(lines, in: places.rect(row, column), on: &canvas)
  }

  /// Draws thin lines between cells that are large enough for them.
  private func drawGaps(on canvas: inout Canvas) {
    guard places.cell >= 8 else { return }
    let width = max((canvas.scale * (places.cell > 30 ? 1.2 : 0.7)).rounded(), 1) / canvas.scale
    for index in indices.dropFirst() {
      let own = places.rect(index, index)
      let (x, y) = (canvas.crisp(own.x, width: width), canvas.crisp(own.y, width: width))
      canvas.stroke(.line(Point(x, places.cells.y), Point(x, places.cells.maxY)), Stroke(width), theme.page)
      canvas.stroke(.line(Point(places.cells.x, y), Point(places.cells.maxX, y)), Stroke(width), theme.page)
    }
  }

  /// Draws recalls next to the rows, precisions below the columns, and the accuracy in the corner.
  func drawMargins(on canvas: inout Canvas) {
    for (isRow, shares, sums) in [
      (true, confusion.recalls, confusion.actual), (false, confusion.precisions, confusion.predicted),
    ] {
      func label(_ number: Int) -> String { "of \(NumberText.grouped(number))" }
      let longest = label(sums.max() ?? 0)
      for index in indices {
        drawMargin(shares[index], label(sums[index]), longest, places.margin(index, isRow: isRow), on: &canvas)
      }
    }
    drawMargin(confusion.accuracy, "accuracy", "accuracy", places.corner, on: &canvas)
  }

  /// Draws a margin with its percentage, and with its details if even the `longest` one fits.
  private func drawMargin(
    _ share: Double, _ name: String, _ longest: String, _ rect: Rect, on canvas: inout Canvas
  ) {
    let color = shades.margin(share, hasNumber: places.cell >= ConfusionLayout.smallestText)
    canvas.paint(rect) { _, _ in color }
    let textColor = color.contrasting(theme.text, theme.page)
    let label = [NumberText.percent(share), NumberText.percent(share, decimals: 0)]
    let sizes = [theme.tickSize * 0.8, ConfusionLayout.smallestText]
    for (label, least) in zip(label, sizes) {
      for direction in [Canvas.Direction.right, .up] {
        let (along, across) = direction == .right ? (rect.width, rect.height) : (rect.height, rect.width)
        let size = min(theme.tickSize, (along - 6) / Typeface.width(of: label, size: 1, weight: .bold), across)
        guard size >= least else { continue }
        let lines = [Line(label, Canvas.TextStyle(size, weight: .bold, color: textColor))]
        let small = min(size * 0.9, (along - 4) / Typeface.width(of: longest, size: 1))
        let hasRoom = across > 2.6 * size && small >= ConfusionLayout.smallestText
        let second = Line(name, Canvas.TextStyle(small, color: textColor))
        return draw(hasRoom ? lines + [second] : lines, in: rect, direction, on: &canvas)
      }
    }
  }

  func drawNames(on canvas: inout Canvas) {
    let style = Canvas.TextStyle(places.nameSize, color: theme.text)
    let room = places.nameRoom
    let bottom = places.precisions.maxY + 6
    for index in indices where index % places.nameStride == 0 {
      let center = places.rect(index, index).center
      let name = Typeface.fitted(names[index], to: room.left, size: style.size)
      canvas.write(name, at: Point(places.cells.x - 6, center.y), style, align: .end, centered: true)
      drawBelow(names[index], center.x, style, on: &canvas)
    }
    canvas.write(
      "precision", at: Point(places.cells.x - 6, places.corner.center.y), theme.note(), align: .end, centered: true)
    canvas.write("recall", at: Point(places.recalls.center.x, places.recalls.y - 5), theme.note(), align: .middle)
    let cap = theme.labelSize * Typeface.capHeight
    let left = Point(places.cells.x - 6 - room.left - 9, places.cells.center.y)
    canvas.write("true class", at: left, theme.label(), align: .middle, direction: .up)
    let below = Point(places.cells.center.x, bottom + room.below + 8 + cap)
    canvas.write("predicted class", at: below, theme.label(), align: .middle)
  }

  private func drawBelow(_ name: String, _ x: Double, _ style: Canvas.TextStyle, on canvas: inout Canvas) {
    let top = places.precisions.maxY + 6
    guard places.isUpright else {
      let at = Point(x, top + style.size * Typeface.capHeight)
      return canvas.write(name, at: at, style, align: .middle)
    }
    let shown = Typeface.fitted(name, to: places.nameRoom.below, size: style.size)
    canvas.write(shown, at: Point(x, top), style, align: .end, centered: true, direction: .up)
  }

  private struct Line {
    let label: String
    let style: Canvas.TextStyle

    init(_ label: String, _ style: Canvas.TextStyle) { (self.label, self.style) = (label, style) }
  }

  /// Writes one or two lines in the middle of `rect`.
  private func draw(
    _ lines: [Line], in rect: Rect, _ direction: Canvas.Direction = .right, on canvas: inout Canvas
  ) {
    let leading = lines.first.map { $0.style.size * 0.58 } ?? 0
    for (index, line) in lines.enumerated() {
      let shift = lines.count == 1 ? 0 : index == 0 ? -leading : leading * 1.06
      let at = direction == .right ? rect.center + Point(0, shift) : rect.center + Point(shift, 0)
      canvas.write(line.label, at: at, line.style, align: .middle, centered: true, direction: direction)
    }
  }
}

/// The colors of a confusion matrix.
struct ConfusionShades {
  private let theme: Theme

  init(_ theme: Theme) { self.theme = theme }

  /// Returns the color for the fraction `share` of a class, predicted correctly or not.
  func callAsFunction(_ share: Double, isRight: Bool) -> Color {
    let none = theme.page.mixed(with: theme.text, 0.03)
    guard share.isFinite else { return none }
    return none.mixed(with: isRight ? theme.hue(0) : theme.counterpart, min(max(share, 0), 1).squareRoot())
  }

  /// Returns the color of a margin, which is paler below numbers.
  func margin(_ share: Double, hasNumber: Bool) -> Color {
    let color = self(share, isRight: true)
    return hasNumber ? color.mixed(with: theme.page, 0.6) : color
  }

  /// The color bars of both colors side by side.
  struct Bars {
    fileprivate let left: ColorBar
    fileprivate let right: ColorBar

    var width: Double { ColorBar.thickness + right.width }

    func draw(on canvas: inout Canvas, in area: Rect) {
      left.draw(on: &canvas, in: area)
      let rest = Rect(x: area.x + ColorBar.thickness, y: area.y, width: right.width, height: area.height)
      right.draw(on: &canvas, in: rest)
    }
  }

  static func bars(_ theme: Theme) -> Bars {
    let shades = ConfusionShades(theme)
    let ticks = [0, 0.01, 0.05, 0.2, 0.5, 1].map { share in
      (place: share.squareRoot(), label: NumberText.percent(share, decimals: 0))
    }
    let name = "part of the true class, right or confused"
    return Bars(
      left: ColorBar(color: { shades($0 * $0, isRight: true) }, ticks: [], name: "", theme: theme),
      right: ColorBar(color: { shades($0 * $0, isRight: false) }, ticks: ticks, name: name, theme: theme))
  }
}
