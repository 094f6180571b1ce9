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
