/// Draws the curves and marks of a training in one plot.
struct LossSeries {
  let page: Page
  let epochs: Int
  /// Where the names at the ends of the lines begin.
  let keyX: Double

  private var theme: Theme { page.theme }
  private var training: (color: Color, stroke: Stroke) { (theme.hue(0), Stroke(2, cap: .round)) }
  private var validation: (color: Color, stroke: Stroke) { (theme.hue(3), Stroke(2, dashes: [7, 3.5])) }

  func drawBatches(_ losses: [Double], on canvas: inout Canvas, _ plot: Plot) {
    guard losses.count > 1 else { return }
    let step = Double(epochs) / Double(losses.count)
    let points = losses.enumerated().map { index, loss in (Double(index + 1) * step, loss) }
    draw(points, on: &canvas, plot, Stroke(0.8), training.color.opacity(0.25))
  }

  /// Draws both parts of `quantity` with their names at the right.
  func drawCurves(_ quantity: LossCurve.Quantity, on canvas: inout Canvas, _ plot: Plot) {
    var names: [(name: String, y: Double, color: Color)] = []
    let parts = [
      ("train", quantity.training, training), ("validation", quantity.validation, validation),
    ]
    for (name, values, look) in parts {
      let points = values.enumerated().map { (Double($0 + 1), $1) }
      draw(points, on: &canvas, plot, look.stroke, look.color)
      if let last = points.last, visible(last.1, plot) {
        names.append((name, plot.place(last.0, last.1).y, look.color))
      }
    }
    drawNames(names, on: &canvas, plot)
    for (name, values, _) in parts { drawCut(name, values, quantity, on: &canvas, plot) }
  }

  private func visible(_ value: Double, _ plot: Plot) -> Bool {
    value.isFinite && (plot.y.scale.kind == .linear || value > 0)
  }

  /// Draws the stretches of points that can be drawn; a point alone becomes a dot.
  private func draw(
    _ points: [(Double, Double)], on canvas: inout Canvas, _ plot: Plot, _ stroke: Stroke, _ color: Color
  ) {
    var path = Path()
    for stretch in points.split(whereSeparator: { !visible($0.1, plot) }) {
      let places = Self.thinned(stretch.map { plot.place($0.0, $0.1) }, to: 2 * canvas.pixelWidth)
      if places.count == 1, points.count < 500 {
        canvas.fill(.circle(places[0], radius: max(stroke.width * 1.6, 2)), color)
      }
      path.append(Path(places))
    }
    canvas.stroke(path, stroke, color)
  }

  /// The highest and the lowest of the points in each of `count` groups, where there are many more than that.
  static func thinned(_ points: [Point], to count: Int) -> [Point] {
    guard points.count > 4 * count else { return points }
    return (0..<count).flatMap { group in
      let part = points[group * points.count / count..<(group + 1) * points.count / count]
      let ends = [part.min { $0.y < $1.y }, part.max { $0.y < $1.y }].compactMap(\.self)
      return ends.sorted { $0.x < $1.x }
    }
  }

  /// Names at line ends, moved apart where they would collide.
  private func drawNames(
    _ names: [(name: String, y: Double, color: Color)], on canvas: inout Canvas, _ plot: Plot
  ) {
    let distance = theme.labelSize * 1.25
    var names = names.sorted { $0.y < $1.y }
    if names.count == 2, names[1].y - names[0].y < distance {
      let middle = (names[0].y + names[1].y) / 2
      let low = plot.area.y + distance / 2
      let high = plot.area.maxY - distance / 2
      let center = min(max(middle, low), max(high, low))
      names[0].y = center - distance / 2
      names[1].y = center + distance / 2
    }
    for (name, y, color) in names {
      let style = Canvas.TextStyle(theme.labelSize, color: color.mixed(with: theme.text, 0.15))
      canvas.write(name, at: Point(keyX, y), style, centered: true)
    }
  }

  /// A cross where a curve ends in a number that is not finite.
  private func drawCut(
    _ name: String, _ values: [Double], _ quantity: LossCurve.Quantity, on canvas: inout Canvas, _ plot: Plot
  ) {
    guard let cut = values.firstIndex(where: { !$0.isFinite }) else { return }
    let before = cut > 0 ? values[cut - 1] : plot.y.scale.high
    guard visible(before, plot) else { return }
    let place = plot.place(Double(max(cut, 1)), before)
    for diagonal in [Point(5.5, 5.5), Point(5.5, -5.5)] {
      let line = Path.line(place - diagonal, place + diagonal)
      canvas.stroke(line, Stroke(5, cap: .round), theme.page)
      canvas.stroke(line, Stroke(2.6, cap: .round), theme.alarm)
    }
    let style = Canvas.TextStyle(theme.labelSize, color: theme.alarm)
    write("\(name) not finite from epoch \(cut + 1)", beside: place, style, clearOf: quantity, on: &canvas, plot)
  }

  /// Marks the lowest validation loss by a thin line, a ring and its numbers.
  func drawBest(_ quantity: LossCurve.Quantity, on canvas: inout Canvas, _ plot: Plot) {
    let values = quantity.validation
    let best = values.indices.filter { visible(values[$0], plot) }.min { values[$0] < values[$1] }
    guard let best, values.count > 1 else { return }
    let place = plot.place(Double(best + 1), values[best])
    let x = canvas.crisp(place.x, width: 1)
    let line = Path.line(Point(x, plot.area.y), Point(x, plot.area.maxY))
    canvas.stroke(line, Stroke(0.8, dashes: [2, 3]), theme.secondary)
    canvas.fill(.circle(place, radius: 4.5), theme.page)
    canvas.stroke(.circle(place, radius: 4.5), Stroke(1.8), validation.color)
    let label = "best \(NumberText.short(values[best])) @ \(best + 1)"
    write(label, beside: place, theme.label(), clearOf: quantity, on: &canvas, plot)
  }

  /// Writes near `place` where no curve runs: the nearest free place above or below, right or left.
  private func write(
    _ text: String, beside place: Point, _ style: Canvas.TextStyle, clearOf quantity: LossCurve.Quantity,
    on canvas: inout Canvas, _ plot: Plot
  ) {
    let size = Point(style.width(of: text) + 8, style.size * 1.4)
    let curves = [quantity.training, quantity.validation].map { values in
      values.enumerated().filter { visible($0.element, plot) }.map { plot.place(Double($0.offset + 1), $0.element) }
    }
    let plates = Self.plates(around: place, size, reach: plot.area.height)
    let inside = plates.filter {
      $0.x >= plot.area.x && $0.maxX <= plot.area.maxX && $0.y >= plot.area.y && $0.maxY <= plot.area.maxY
    }
    let free = inside.first { plate in !curves.contains { Self.passes($0, through: plate) } }
    guard let plate = free ?? inside.first ?? plates.first else { return }
    canvas.fill(.rectangle(plate), theme.page.opacity(0.8))
    canvas.write(text, at: plate.center, style, align: .middle, centered: true)
  }

  /// Places for a text of `size` beside `place`, the nearest first.
  private static func plates(around place: Point, _ size: Point, reach: Double) -> [Rect] {
    var plates: [Rect] = []
    for distance in stride(from: 16.0, to: reach, by: 8) {
      for dy in [-distance, distance] {
        for dx in [6, -6 - size.x] {
          plates.append(Rect(x: place.x + dx, y: place.y + dy - size.y / 2, width: size.x, height: size.y))
        }
      }
    }
    return plates
  }

  /// Whether the line through `points` touches `rect`.
  private static func passes(_ points: [Point], through rect: Rect) -> Bool {
    zip(points, points.dropFirst()).contains { a, b in
      guard max(a.x, b.x) >= rect.x, min(a.x, b.x) <= rect.maxX else { return false }
      let steps = min(max((b - a).length / 3, 1), 1000).rounded(.up)
      return stride(from: 0, through: 1, by: 1 / steps).contains { rect.contains(a + (b - a) * $0) }
    }
  }

  /// Thin lines where something happened, named above the plot unless the name before leaves no room.
  func drawEvents(_ events: [LossCurve.Event], on canvas: inout Canvas, _ plot: Plot, namesAbove: Bool) {
    var free = -Double.infinity
    for event in events.sorted(by: { $0.epoch < $1.epoch }) where plot.x.scale.contains(event.epoch) {
      let x = canvas.crisp(plot.place(event.epoch, plot.y.scale.low).x, width: 1)
      canvas.stroke(
        .line(Point(x, plot.area.y), Point(x, plot.area.maxY)), Stroke(1, dashes: [5, 3]), theme.spine)
      let half = theme.note().width(of: event.name) / 2
      let center = min(max(x, Page.margin + half), canvas.bounds.width - Page.margin - half)
      guard namesAbove, center - half > free else { continue }
      canvas.write(event.name, at: Point(center, plot.area.y - 7), theme.note(), align: .middle)
      free = center + half + 10
    }
  }
}
