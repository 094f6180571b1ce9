/// Draws the lines of one plot of a training.
struct LossSeries {
  let page: Page
  let plot: Plot
  /// Where the names at the ends of the lines may begin.
  let keyX: Double

  private var theme: Theme { page.theme }

  private func style(_ part: LossStrip.Part) -> (color: Color, stroke: Stroke) {
    switch part {
    case .training: (theme.hue(0), Stroke(2, cap: .round))
    case .validation: (theme.counterpart, Stroke(2, dashes: [7, 3.5]))
    case .batches: (theme.hue(0).opacity(0.25), Stroke(0.8))
    case .other: (theme.secondary, Stroke(1.6, join: .miter))
    }
  }

  /// Draws all lines of `strip` with their names at the right.
  func draw(_ strip: LossStrip, on canvas: inout Canvas) {
    var names = LineEndLabels(entries: [], theme: theme)
    for line in strip.lines {
      let style = style(line.part)
      draw(line.points, on: &canvas, style.stroke, style.color)
      // A curve that is cut has its name at the cut.
      if !line.name.isEmpty, let last = line.points.last, plot.shows(last.value) {
        let end = plot.place(last.epoch, last.value)
        names.entries.append(LineEndLabels.Entry(name: line.name, end: end, color: style.color))
      }
    }
    names.draw(on: &canvas, right: keyX, in: plot.area)
  }

  /// Draws the stretches of points that can be drawn; a point alone becomes a dot.
  private func draw(
    _ points: [(epoch: Double, value: Double)], on canvas: inout Canvas, _ stroke: Stroke, _ color: Color
  ) {
    var path = Path()
    for stretch in points.split(whereSeparator: { !plot.shows($0.value) }) {
      let places = Self.thinned(stretch.map { plot.place($0.epoch, $0.value) }, to: 2 * canvas.pixelWidth)
      if places.count == 1, points.count < 500 {
        canvas.fill(.circle(places[0], radius: max(stroke.width * 1.6, 2)), color)
      }
      path.append(Path(places))
    }
    canvas.stroke(path, stroke, color)
  }

  /// The highest and the lowest of the points in each of `count` groups, where there are many more than that.
  static func thinned(_ points: [Point], to count: Int) -> [Point] {
    guard count > 0, points.count > 4 * count else { return points }
    return (0..<count).flatMap { group in
      let part = points[group * points.count / count..<(group + 1) * points.count / count]
      let ends = [part.min { $0.y < $1.y }, part.max { $0.y < $1.y }].compactMap(\.self)
      return ends.sorted { $0.x < $1.x }
    }
  }
}

extension Plot {
  /// Whether `value` has a place on the vertical axis.
  func shows(_ value: Double) -> Bool { value.isFinite && (y.scale.kind == .linear || value > 0) }
}

/// Marks what happened in a training: events, the best epoch, a loss that is not finite.
struct LossMarks {
  let page: Page
  let plot: Plot
  private var obstacles = Obstacles()

  private var theme: Theme { page.theme }

  init(page: Page, plot: Plot) {
    self.page = page
    self.plot = plot
  }

  /// Marks the lowest validation loss and where a curve ends in a number that is not finite, clear of all curves.
  mutating func mark(_ strip: LossStrip, best: Bool, on canvas: inout Canvas) {
    for line in strip.lines where line.part != .batches {
      let places = line.points.filter { plot.shows($0.value) }.map { plot.place($0.epoch, $0.value) }
      obstacles.lines.append(LossSeries.thinned(places, to: 400))
    }
    let lines = strip.lines.filter { $0.part != .batches }
    let cuts = lines.compactMap(cut)
    obstacles.areas += cuts.map { Rect(around: $0, Point(14, 14)) }
    if best, let line = lines.first(where: { $0.part == .validation }) { markBest(line, cuts, on: &canvas) }
    for line in lines { markCut(line, on: &canvas) }
  }

  /// Where a curve ends in a number that is not finite.
  private func cut(_ line: LossStrip.Line) -> Point? {
    guard let cut = line.points.firstIndex(where: { !$0.value.isFinite }) else { return nil }
    let before = cut > 0 ? line.points[cut - 1].value : plot.y.scale.high
    return plot.shows(before) ? plot.place(line.points[max(cut - 1, 0)].epoch, before) : nil
  }

  /// A cross where a curve ends in a number that is not finite.
  private mutating func markCut(_ line: LossStrip.Line, on canvas: inout Canvas) {
    guard let place = cut(line), let first = line.points.first(where: { !$0.value.isFinite }) else { return }
    canvas.markCut(at: place, theme)
    let style = Canvas.TextStyle(theme.labelSize, color: theme.alarm)
    let epoch = NumberText.fixed(first.epoch.rounded(.up), decimals: 0)
    write("\(line.name) not finite from epoch \(epoch)", beside: place, style, on: &canvas)
  }

  /// Marks the lowest validation loss by a thin line, a ring and its numbers.
  private mutating func markBest(_ line: LossStrip.Line, _ cuts: [Point], on canvas: inout Canvas) {
    let best = line.points.filter { plot.shows($0.value) }.min { $0.value < $1.value }
    guard let best, line.points.count > 1 else { return }
    let place = plot.place(best.epoch, best.value)
    let label = "best \(NumberText.short(best.value)) @ \(NumberText.fixed(best.epoch, decimals: 0))"
    // Ring and cross on each other would be a sign of their own.
    guard !cuts.contains(where: { ($0 - place).length < 12 }) else {
      return write(label, beside: place, theme.label(), on: &canvas)
    }
    let x = canvas.crisp(place.x, width: 1)
    let upright = Path.line(Point(x, plot.area.y), Point(x, plot.area.maxY))
    canvas.stroke(upright, Stroke(0.8, dashes: [2, 3]), theme.secondary)
    defer { obstacles.lines.append([Point(x, plot.area.y), Point(x, plot.area.maxY)]) }
    canvas.fill(.circle(place, radius: 4.5), theme.page)
    canvas.stroke(.circle(place, radius: 4.5), Stroke(1.8), theme.counterpart)
    write(label, beside: place, theme.label(), on: &canvas)
  }

  /// Writes near `place` where no curve runs: the nearest free place above or below, right or left.
  private mutating func write(
    _ text: String, beside place: Point, _ style: Canvas.TextStyle, on canvas: inout Canvas
  ) {
    let size = Point(style.width(of: text) + 8, style.size * 1.4)
    let plates = Self.plates(around: place, size, reach: min(plot.area.height, 1e4))
    let inside = plates.filter { plot.area.contains($0) }
    // Better no words than words over the curves of a small plot.
    let last = plot.area.height > 100 ? inside.first : nil
    guard let plate = inside.first(where: obstacles.leaveFree) ?? last else { return }
    canvas.fill(.rectangle(plate), theme.page.opacity(0.8))
    canvas.write(text, at: plate.center, style, align: .middle, centered: true)
    obstacles.areas.append(plate)
  }

  /// Places for a text of `size` beside `place`, the nearest first.
  private static func plates(around place: Point, _ size: Point, reach: Double) -> [Rect] {
    var plates: [Rect] = []
    for distance in stride(from: 16.0, to: max(reach, 17), by: 8) {
      for dy in [-distance, distance] {
        for dx in [6, -6 - size.x] {
          plates.append(Rect(x: place.x + dx, y: place.y + dy - size.y / 2, width: size.x, height: size.y))
        }
      }
    }
    return plates
  }

  /// Thin lines where something happened; above the first plot their signs, and their names where there is room on two lines.
  func draw(_ events: [LossCurve.Event], isFirst: Bool, on canvas: inout Canvas) {
    let line = theme.tickSize * 1.3
    var free = [-Double.infinity, -Double.infinity]
    for event in events.sorted(by: { $0.epoch < $1.epoch }) where plot.x.scale.contains(event.epoch) {
      let x = canvas.crisp(plot.place(event.epoch, plot.y.scale.low).x, width: 1)
      let upright = Path.line(Point(x, plot.area.y), Point(x, plot.area.maxY))
      canvas.stroke(upright, Stroke(1, dashes: [5, 3]), theme.spine)
      guard isFirst else { continue }
      if let sign = event.kind.sign(Point(x, plot.area.y)) {
        canvas.stroke(sign, Stroke(2.5), theme.page)
        canvas.fill(sign, theme.text)
      }
      let half = theme.note().width(of: event.name) / 2
      let center = min(max(x, Page.margin + half), canvas.bounds.width - Page.margin - half)
      guard canvas.bounds.width > 320, !event.name.isEmpty, let row = free.firstIndex(where: { center - half > $0 })
      else { continue }
      canvas.write(
        event.name, at: Point(center, plot.area.y - 9 - Double(row) * line), theme.note(), align: .middle)
      free[row] = center + half + 10
    }
  }
}
