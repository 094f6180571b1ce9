/// Draws the lines of one strip of a loss curve.
struct LossSeries {
  let page: Page
  let plot: Plot
  /// The left edge of the labels at the line ends.
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

  /// Draws all lines of `strip` with their labels at the right.
  func draw(_ strip: LossStrip, on canvas: inout Canvas) {
    var names = LineEndLabels(entries: [], theme: theme)
    for line in strip.lines {
      let style = style(line.part)
      draw(line.points, on: &canvas, style.stroke, style.color)
      // A curve that ends early has its label at the cross.
      if !line.name.isEmpty, let last = line.points.last, plot.shows(last.value) {
        let end = plot.place(last.epoch, last.value)
        names.entries.append(LineEndLabels.Entry(name: line.name, end: end, color: style.color))
      }
    }
    names.draw(on: &canvas, right: keyX, in: plot.area)
  }

  /// Draws the segments of finite points; a single point becomes a dot.
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

  /// Returns the highest and the lowest point of each of `count` groups if there are many more points than that.
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
  /// Returns whether `value` can be shown on the vertical axis.
  func shows(_ value: Double) -> Bool { value.isFinite && (y.scale.kind == .linear || value > 0) }
}

/// Marks the events, the best epoch, and losses that are not finite.
struct LossMarks {
  let page: Page
  let plot: Plot
  private var obstacles = Obstacles()

  private var theme: Theme { page.theme }

  init(page: Page, plot: Plot) {
    self.page = page
    self.plot = plot
  }

  /// Marks the lowest validation loss and the ends of curves with values that are not finite, with labels clear of all
  /// curves.
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

  /// Returns the point where a curve ends because the next value is not finite.
  private func cut(_ line: LossStrip.Line) -> Point? {
    guard let cut = line.points.firstIndex(where: { !$0.value.isFinite }) else { return nil }
    let before = cut > 0 ? line.points[cut - 1].value : plot.y.scale.high
    return plot.shows(before) ? plot.place(line.points[max(cut - 1, 0)].epoch, before) : nil
  }

  /// Draws a cross where a curve ends because the next value is not finite.
  private mutating func markCut(_ line: LossStrip.Line, on canvas: inout Canvas) {
    guard let place = cut(line), let first = line.points.first(where: { !$0.value.isFinite }) else { return }
    canvas.markCut(at: place, theme)
    let style = Canvas.TextStyle(theme.labelSize, color: theme.alarm)
    let epoch = NumberText.fixed(first.epoch.rounded(.up), decimals: 0)
    write("\(line.name) not finite from epoch \(epoch)", beside: place, style, on: &canvas)
  }

  /// Marks the lowest validation loss with a thin line, a ring, and its value.
  private mutating func markBest(_ line: LossStrip.Line, _ cuts: [Point], on canvas: inout Canvas) {
    let best = line.points.filter { plot.shows($0.value) }.min { $0.value < $1.value }
    guard let best, line.points.count > 1 else { return }
    let place = plot.place(best.epoch, best.value)
    let label = "best \(NumberText.short(best.value)) @ \(NumberText.fixed(best.epoch, decimals: 0))"
    // A ring over a cross would look like another symbol.
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

  /// Writes a label at the nearest position to `place` that is clear of all curves.
  private mutating func write(
    _ text: String, beside place: Point, _ style: Canvas.TextStyle, on canvas: inout Canvas
  ) {
    let size = Point(style.width(of: text) + 8, style.size * 1.4)
    let plates = Self.plates(around: place, size, reach: min(plot.area.height, 1e4))
    let inside = plates.filter { plot.area.contains($0) }
    // In a small plot, no label is better than one over the curves.
    let last = plot.area.height > 100 ? inside.first : nil
    guard let plate = inside.first(where: obstacles.leaveFree) ?? last else { return }
    canvas.fill(.rectangle(plate), theme.page.opacity(0.8))
    canvas.write(text, at: plate.center, style, align: .middle, centered: true)
    obstacles.areas.append(plate)
  }

  /// Returns candidate positions for a label of `size` near `place`, nearest first.
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

  /// Draws a thin line for every event; above the first plot, also its symbol and, if there is room on two lines, its
  /// name.
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

extension LossCurve.Event.Kind {
  /// Returns the symbol on the line of an event, around `center`.
  fileprivate func sign(_ center: Point) -> Path? {
    switch self {
    case .other: nil
    case .rateDrop: Marker.triangleDown.path(center, radius: 4)
    case .resume:
      Path([Point(-3.5, -4.5), Point(4.5, 0), Point(-3.5, 4.5)].map { center + $0 }, closed: true)
    case .checkpoint: Marker.diamond.path(center, radius: 4)
    case .earlyStop: Marker.square.path(center, radius: 3.6)
    }
  }
}
