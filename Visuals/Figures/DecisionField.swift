/// The scores of a classifier over a plot, as coloured regions and the lines between them.
struct DecisionField {
  private let figure: DecisionBoundary
  /// The scores; for two classes their places between the first and the second.
  private let grid: Grid
  /// For more classes, the probability of each.
  private let chances: Grid
  private let theme: Theme

  /// Asks the classifier at one node for every two of the plot's `pixels`, at least 300 a side.
  init(_ figure: DecisionBoundary, _ plot: Plot, pixels: Double) throws {
    self.figure = figure
    theme = figure.page.theme
    // Many classes share the memory that a few take.
    let affordable = Int((30_000_000 / Double(figure.classes.count)).squareRoot())
    let nodes = max(min(max(Int(pixels / 2) + 1, 300), 1200, affordable), 8)
    let raw = try Grid(columns: nodes, rows: nodes, x: plot.x.scale, y: plot.y.scale, figure.scores)
    try figure.checkChannels(raw.channels)
    let isBinary = figure.classes.count == 2
    grid = isBinary ? raw.mapped { $1.append(figure.reading.place($0)) } : raw
    chances = isBinary || figure.reading == .probability ? grid : raw.mapped(figure.reading.appendProbabilities)
  }

  private var isBinary: Bool { figure.classes.count == 2 }
  var nodeCount: Int { grid.columns * grid.rows }
  var nonFiniteCount: Int { grid.nonFiniteCount }

  /// The colour at a place between the first class (0) and the second (1).
  static func tint(_ theme: Theme) -> @Sendable (Double) -> Color {
    { place in
      let strength = abs(2 * place - 1) * theme.strongestTint
      return theme.neutral.mixed(with: theme.hue(place < 0.5 ? 0 : 1), strength)
    }
  }

  func paintRegions(on canvas: inout Canvas, _ plot: Plot) {
    let unknown = theme.spine.mixed(with: theme.page, 0.55)
    let steps = 512
    if isBinary {
      let tint = Self.tint(theme)
      let shades = (0...steps).map { tint(Double($0) / Double(steps)) }
      canvas.paint(plot.area) { u, v in
        let place = grid.sample(u, 1 - v)
        return place.isFinite ? shades[Int(min(max(place, 0), 1) * Float(steps) + 0.5)] : unknown
      }
    } else {
      let shades = figure.classes.indices.map { index in
        (0...steps).map { step in
          theme.neutral.mixed(with: theme.hue(index), theme.strongestTint * Double(step) / Double(steps))
        }
      }
      canvas.paint(plot.area) { u, v in
        guard let (label, strength) = winner(u, 1 - v) else { return unknown }
        return shades[label][Int(strength * Float(steps) + 0.5)]
      }
    }
  }

  /// The class of the largest score, and how clearly it wins: from 0 for equal chances to 1.
  private func winner(_ u: Double, _ v: Double) -> (label: Int, strength: Float)? {
    guard let (label, chance) = chances.largest(u, v) else { return nil }
    let even = 1 / Float(chances.channels)
    let strength = even < 1 ? (chance - even) / (1 - even) : 1
    return (label, min(max(strength, 0), 1))
  }

  func drawLines(on canvas: inout Canvas, _ plot: Plot) throws {
    if isBinary {
      try drawBinary(on: &canvas, plot)
    } else if grid.channels > 1 {
      try drawBetweenMany(on: &canvas, plot)
    }
  }

  private func drawBinary(on canvas: inout Canvas, _ plot: Plot) throws {
    let refine: ([Float]) throws -> [Float] = { points in
      let scores = try Grid.scores(figure.scores, at: points)
      let channels = scores.count / (points.count / 2)
      return stride(from: 0, to: scores.count, by: channels).map { figure.reading.place(scores[$0..<$0 + channels]) }
    }
    for level: Float in [0.25, 0.75] {
      let lines = try Contour.lines(of: grid, at: level, refine: refine)
      draw(lines, on: &canvas, plot, Stroke(0.8, dashes: [4, 3]), Color(0x555555))
    }
    let boundary = try Contour.lines(of: grid, at: 0.5, refine: refine)
    draw(boundary, on: &canvas, plot, Stroke(1.5), theme.text)
  }

  private func drawBetweenMany(on canvas: inout Canvas, _ plot: Plot) throws {
    let channels = grid.channels
    let podiums = stride(from: 0, to: grid.values.count, by: channels).map { Podium(grid.values[$0..<$0 + channels]) }
    let lines = try figure.classes.indices.flatMap { label in
      let leads = podiums.enumerated().map { $1.lead(of: label, scoring: grid.values[$0 * channels + label]) }
      return try Contour.lines(of: grid.with(leads), at: 0) { points in
        let scores = try Grid.scores(figure.scores, at: points, channels: channels)
        return stride(from: 0, to: scores.count, by: channels).map {
          Podium(scores[$0..<$0 + channels]).lead(of: label, scoring: scores[$0 + label])
        }
      }
    }
    draw(lines, on: &canvas, plot, Stroke(3.2), theme.page)
    draw(lines, on: &canvas, plot, Stroke(1.2), theme.text)
  }

  private func draw(_ lines: [[Point]], on canvas: inout Canvas, _ plot: Plot, _ stroke: Stroke, _ color: Color) {
    var path = Path()
    for line in lines { path.append(Path(line.map { plot.place($0.x, $0.y) })) }
    canvas.stroke(path, stroke, color)
  }
}

/// The largest two scores of a point.
private struct Podium {
  private var winner = 0
  private var first = -Float.infinity
  private var second = -Float.infinity

  init(_ scores: ArraySlice<Float>) {
    for (label, score) in scores.enumerated() {
      if score > first {
        (winner, first, second) = (label, score, first)
      } else if score > second {
        second = score
      }
    }
  }

  /// By how much the `score` of `label` exceeds the largest other; negative where another wins.
  func lead(of label: Int, scoring score: Float) -> Float { score - (label == winner ? second : first) }
}
