import GliaCore
import RealModule

/// The contour levels of a surface, at equal ratios above its lowest value.
struct LevelField {
  private let field: SampledField
  private let plot: Plot
  private let theme: Theme
  /// The levels f - f* in ascending order, which include powers of ten.
  let levels: [Double]
  private let lowest: Double
  private static let count = 25.0

  init(_ figure: Trajectories, _ plot: Plot) throws {
    (self.plot, theme, lowest) = (plot, figure.page.theme, figure.lowest)
    let nodes = min(max(figure.nodes, 8), 1200)
    field = try SampledField(columns: nodes, rows: nodes, x: plot.x.scale, y: plot.y.scale, figure.function)
    guard field.channels == 1 else {
      throw GliaError(
        "the function gives \(field.channels) values a point", at: "function", expected: "one value for every point")
    }
    let lowest = lowest
    let heights = field.values.lazy.map { Double($0) - lowest }.filter { $0.isFinite && $0 > 0 }
    guard let high = heights.max(), let low = heights.min() else {
      throw GliaError(
        "the surface is nowhere finite and above its lowest value", at: "function",
        expected: "finite values above \(lowest)")
    }
    // The levels cover the six decades below the highest value, or fewer if the surface spans less.
    let decades = min(max(Double.log10(high / low), 0.5), 6)
    let perDecade = max((Self.count / decades).rounded(), 1)
    let top = (Double.log10(high) * perDecade).rounded(.down)
    levels = stride(from: top - Self.count + 1, through: top, by: 1).map { Double.pow(10, $0 / perDecade) }
  }

  var note: String { field.nonFiniteCount > 0 ? "not finite at \(field.nonFiniteCount) nodes (gray)" : "" }

  /// Fills the bands between the levels, darker where the surface is lower.
  func paint(on canvas: inout Canvas) {
    let (first, last) = (Double.log(levels[0]), Double.log(levels[levels.count - 1]))
    let bands = Double(levels.count)
    let shades = (0...levels.count).map { band in
      theme.page.mixed(with: theme.ramp(at: 1 - Double(band) / bands), 0.5).bytes
    }
    canvas.paint(field, over: plot.area, shades: shades, unknown: theme.gridLine.bytes) { value in
      let height = Double(value) - lowest
      guard height.isFinite else { return .nan }
      guard height > 0 else { return 0 }
      // The index of the band selects its shade.
      return max((bands - 1) * (Double.log(height) - first) / (last - first) + 1, 0).rounded(.down) / bands
    }
  }

  /// Draws the contour lines; powers of ten are labeled where labels hide nothing.
  func drawLines(on canvas: inout Canvas, avoiding obstacles: Obstacles) throws {
    var (round, labels): ([[[Point]]], [String]) = ([], [])
    for level in levels {
      let lines = try Contour.lines(of: field, at: Float(level + lowest)).map { line in
        line.map { plot.place($0.x, $0.y) }
      }
      let isRound = abs(Double.log10(level) - Double.log10(level).rounded()) < 1e-9
      var path = Path()
      for line in lines { path.append(Path(line)) }
      canvas.stroke(path, Stroke(isRound ? 0.9 : 0.5), Color(0x999999).opacity(isRound ? 1 : 0.7))
      guard isRound else { continue }
      round.append(lines)
      labels.append(NumberText.step(level))
    }
    LineLabels(plot: plot, obstacles: obstacles, perLevel: 1).draw(round, labels, on: &canvas)
  }
}

/// Draws one path over a surface.
struct TrajectoryDrawing {
  private let plot: Plot
  private let style: RunStyle
  private var theme: Theme { plot.theme }
  /// The approximate number of dots per path.
  private static let dots = 20

  init(_ figure: Trajectories, _ plot: Plot, _ index: Int) {
    (self.plot, style) = (plot, figure.style(index))
  }

  /// Returns the points of a path until it is far outside the plot.
  private func places(_ path: Trajectory) -> [Point] {
    let near = plot.area.inset(by: -plot.area.width / 2)
    let places = path.places.map { plot.place($0.x, $0.y) }
    guard let lost = places.firstIndex(where: { !near.contains($0) }) else { return places }
    let start = lost > 0 ? places[lost - 1] : plot.area.center
    // The last segment is shortened to a length that can be drawn exactly.
    let reach = min((places[lost] - start).length, 4 * plot.area.width)
    let direction = places[lost] - start
    return places[..<lost]
      + (direction.isFinite && direction.length > 0 ? [start + direction * (reach / direction.length)] : [])
  }

  /// Draws the path with a casing, and dots that become stronger over time.
  func draw(_ path: Trajectory, on canvas: inout Canvas) {
    let places = places(path)
    canvas.stroke(Path(places), Stroke(3.8, cap: .round), theme.page.opacity(0.85))
    // Solid lines are easiest to read over contour lines.
    let stroke = theme.isGray ? style.stroke : Stroke(1.8, cap: .round)
    canvas.stroke(Path(places), stroke, style.color)
    let step = max((path.values.count + Self.dots - 2) / Self.dots, 1)
    for index in stride(from: step, to: places.count, by: step) where plot.area.contains(places[index]) {
      let strength = 0.25 + 0.75 * Double(index) / Double(max(path.values.count - 1, 1))
      canvas.fill(.circle(places[index], radius: 2.6), style.color.mixed(with: theme.text, 0.25).opacity(strength))
    }
  }

  /// Draws the start and end, and an arrow where the path first leaves the plot.
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
    // The arrow is slim and notched, unlike the markers at the ends.
    let side = ahead.normal * 5
    let head = Path([tip + ahead * 3, tip - ahead * 13 + side, tip - ahead * 8, tip - ahead * 13 - side], closed: true)
    canvas.stroke(head, Stroke(2.4), theme.page)
    canvas.fill(head, style.color)
  }
}
