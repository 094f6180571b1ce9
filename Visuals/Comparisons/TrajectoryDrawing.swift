/// Draws one way over a surface.
struct TrajectoryDrawing {
  private let plot: Plot
  private let style: RunStyle
  private var theme: Theme { plot.theme }
  /// How many dots a way has, about.
  private static let dots = 20

  init(_ figure: Trajectories, _ plot: Plot, _ index: Int) {
    (self.plot, style) = (plot, figure.style(index))
  }

  /// The places of a way until it is lost far outside of the window.
  private func places(_ path: Trajectory) -> [Point] {
    let near = plot.area.inset(by: -plot.area.width / 2)
    let places = path.places.map { plot.place($0.x, $0.y) }
    guard let lost = places.firstIndex(where: { !near.contains($0) }) else { return places }
    let start = lost > 0 ? places[lost - 1] : plot.area.center
    // As far as lines can be drawn exactly.
    let reach = min((places[lost] - start).length, 4 * plot.area.width)
    let way = places[lost] - start
    return places[..<lost] + (way.isFinite && way.length > 0 ? [start + way * (reach / way.length)] : [])
  }

  /// The line in its casing, with dots that grow stronger in time.
  func draw(_ path: Trajectory, on canvas: inout Canvas) {
    let places = places(path)
    canvas.stroke(Path(places), Stroke(3.8, cap: .round), theme.page.opacity(0.85))
    // Among levels, lines that are not broken are read best.
    let stroke = theme.isGray ? style.stroke : Stroke(1.8, cap: .round)
    canvas.stroke(Path(places), stroke, style.color)
    let step = max((path.values.count + Self.dots - 2) / Self.dots, 1)
    for index in stride(from: step, to: places.count, by: step) where plot.area.contains(places[index]) {
      let strength = 0.25 + 0.75 * Double(index) / Double(max(path.values.count - 1, 1))
      canvas.fill(.circle(places[index], radius: 2.6), style.color.mixed(with: theme.text, 0.25).opacity(strength))
    }
  }

  /// Start and end, and an arrow where the way first leaves the window.
  func drawEnds(_ path: Trajectory, on canvas: inout Canvas) {
    let places = places(path)
    guard let first = places.first, let last = places.last else { return }
    if plot.area.contains(first) {
      canvas.fill(.circle(first, radius: 5), theme.page)
      canvas.stroke(.circle(first, radius: 5), Stroke(1.8), theme.text)
    }
    if let leaving = zip(places, places.dropFirst()).first(where: {
      plot.area.contains($0) && !plot.area.contains($1)
    }) {
      drawArrow(from: leaving.0, to: leaving.1, on: &canvas)
    }
    if plot.area.contains(last), places.count == path.values.count, !path.isDiverged {
      canvas.mark(style.marker, at: last, radius: 4.5, color: style.color, theme: theme)
    }
  }

  private func drawArrow(from start: Point, to end: Point, on canvas: inout Canvas) {
    guard let stretch = plot.area.stretch(of: start, end), (end - start).length > 0 else { return }
    let tip = start + (end - start) * stretch.1
    let ahead = (end - start) * (1 / (end - start).length)
    // Slim and notched, unlike the signs at ends.
    let side = ahead.normal * 5
    let head = Path([tip + ahead * 3, tip - ahead * 13 + side, tip - ahead * 8, tip - ahead * 13 - side], closed: true)
    canvas.stroke(head, Stroke(2.4), theme.page)
    canvas.fill(head, style.color)
  }
}
