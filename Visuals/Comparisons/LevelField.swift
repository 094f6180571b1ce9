import GliaCore
import RealModule


/// A surface drawn by levels of equal ratio above its lowest value.
struct LevelField {
  private let field: SampledField
  private let plot: Plot
  private let theme: Theme
  /// f - f* at the levels, rising; powers of ten are among them.
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
    // The six decades below the highest value, or fewer where the surface has no more.
    let decades = min(max(Double.log10(high / low), 0.5), 6)
    let perDecade = max((Self.count / decades).rounded(), 1)
    let top = (Double.log10(high) * perDecade).rounded(.down)
    levels = stride(from: top - Self.count + 1, through: top, by: 1).map { Double.pow(10, $0 / perDecade) }
  }

  var note: String { field.nonFiniteCount > 0 ? "not finite at \(field.nonFiniteCount) nodes (gray)" : "" }

  /// Fills the bands between the levels, darker where the surface is low.
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
      // The band, in the middle of its shade.
      return max((bands - 1) * (Double.log(height) - first) / (last - first) + 1, 0).rounded(.down) / bands
    }
  }

  /// Draws the levels, powers of ten with their numbers where these hide nothing.
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
