/// The scores of a classifier over a plot, drawn as colored regions and the boundaries between them.
struct DecisionField {
  private let classes: Int
  private let scores: DecisionBoundary.Scores
  private let scoreKind: ScoreKind
  private let shading: DecisionBoundary.Shading
  private let theme: Theme
  /// The scores; for two classes, normalized from the first to the second.
  private let field: SampledField
  /// For more than two classes, the probability of each.
  private let probabilities: SampledField

  /// Evaluates the classifier at one node for every two of the plot's `pixels`.
  init(_ figure: DecisionBoundary, _ plot: Plot, pixels: Double) throws {
    classes = figure.classes.count
    (scores, scoreKind) = (figure.scores, figure.scoreKind)
    (shading, theme) = (figure.shading, figure.page.theme)
    // The memory is limited, so with many classes there are fewer nodes.
    let affordable = Int((30_000_000 / Double(classes)).squareRoot())
    let nodes = max(min(Int(min(pixels, 1e6) / 2) + 1, 1200, affordable), 8)
    let raw = try SampledField(
      columns: nodes, rows: nodes, x: plot.x.scale, y: plot.y.scale, numbersPerPoint: figure.numbersPerPoint,
      scores)
    try ScoreKind.check(scoresPerPoint: raw.channels, classes: classes)
    let (isBinary, kind) = (classes == 2, figure.scoreKind)
    field = isBinary ? raw.mapped { $1.append(kind.normalized($0)) } : raw
    probabilities = isBinary || kind == .probability ? field : raw.mapped(kind.appendProbabilities)
  }

  private var isBinary: Bool { classes == 2 }
  var nodeCount: Int { field.columns * field.rows }
  var nonFiniteCount: Int { field.nonFiniteCount }
  /// The part of the plane that is evaluated.
  var plane: PlotLimits { PlotLimits(field.x.low...field.x.high, field.y.low...field.y.high) }

  private static let steps = 512

  /// Returns the color for a normalized score, from the first class (0) to the second (1).
  static func tint(_ theme: Theme, _ shading: DecisionBoundary.Shading) -> @Sendable (Double) -> Color {
    { place in
      theme.region(place < 0.5 ? 0 : 1, shading.strength(abs(2 * place - 1)))
    }
  }

  func paintRegions(on canvas: inout Canvas, _ plot: Plot) {
    let unknown = theme.spine.mixed(with: theme.page, 0.55).bytes
    var values = [Float](repeating: 0, count: probabilities.columns * probabilities.channels)
    var columns: [(column: Int, right: Float)] = []
    let tints = tints
    let shades = tints.map { $0.map(\.bytes) }
    let hatches = hatches(tints, canvas.scale)
    var line = 0
    canvas.paintRows(plot.area) { v, us, row in
      line += 1
      if columns.isEmpty { columns = probabilities.columns(at: us) }
      probabilities.row(at: 1 - v, into: &values)
      if isBinary {
        for (i, (column, right)) in columns.enumerated() {
          let place = values[column] + (values[column + 1] - values[column]) * right
          row[i] = place.isFinite ? shades[0][Int(min(max(place, 0), 1) * Float(Self.steps) + 0.5)] : unknown
        }
      } else {
        for (i, place) in columns.enumerated() {
          guard let (label, strength) = winner(values, place) else {
            row[i] = unknown
            continue
          }
          let shade = Int(strength * Float(Self.steps) + 0.5)
          row[i] = hatches[label]?.color(shade, column: i, row: line) ?? shades[label][shade]
        }
      }
    }
  }

  /// The colors from the first class to the second; for more than two classes, those of each class from undecided to
  /// certain.
  private var tints: [[Color]] {
    let places = (0...Self.steps).map { Double($0) / Double(Self.steps) }
    if isBinary { return [places.map(Self.tint(theme, shading))] }
    return (0..<classes).map { label in places.map { theme.region(label, shading.strength($0)) } }
  }

  /// Returns hatches for the classes whose color is already used by another class, in alternating directions.
  private func hatches(_ tints: [[Color]], _ scale: Double) -> [Int: Hatch] {
    let hues = max(theme.palette.count, 1)
    return (0..<classes).dropFirst(isBinary ? classes : hues).reduce(into: [:]) { all, label in
      all[label] = Hatch(tints[label], theme.page, scale: scale, isRising: label / hues % 2 == 1)
    }
  }

  /// Returns the class with the largest probability, and its margin from 0 for equal probabilities to 1; `nil` unless
  /// all are finite.
  private func winner(_ row: [Float], _ place: (column: Int, right: Float)) -> (label: Int, strength: Float)? {
    let channels = probabilities.channels
    let left = place.column * channels
    var (label, chance, sum) = (0, -Float.infinity, Float(0))
    for channel in 0..<channels {
      let (a, b) = (row[left + channel], row[left + channels + channel])
      let value = a + (b - a) * place.right
      sum += value
      if value > chance { (label, chance) = (channel, value) }
    }
    guard sum.isFinite else { return nil }
    let even = 1 / Float(channels)
    let strength = even < 1 ? (chance - even) / (1 - even) : 1
    return (label, min(max(strength, 0), 1))
  }

  func drawLines(on canvas: inout Canvas, _ plot: Plot) throws {
    if isBinary {
      try drawBinary(on: &canvas, plot)
    } else if field.channels > 1 {
      try drawBetweenMany(on: &canvas, plot)
    }
  }

  private func drawBinary(on canvas: inout Canvas, _ plot: Plot) throws {
    let refine: ([Float]) throws -> [Float] = { points in
      let scores = try SampledField.scores(scores, at: points)
      let channels = scores.count / (points.count / 2)
      return stride(from: 0, to: scores.count, by: channels).map { scoreKind.normalized(scores[$0..<$0 + channels]) }
    }
    for level: Float in [0.25, 0.75] {
      let lines = try Contour.lines(of: field, at: level, refine: refine)
      draw(lines, on: &canvas, plot, Stroke(0.8, dashes: [4, 3]), theme.lesserLine)
    }
    let boundary = try Contour.lines(of: field, at: 0.5, refine: refine)
    draw(boundary, on: &canvas, plot, Stroke(1.5), theme.text)
  }

  private func drawBetweenMany(on canvas: inout Canvas, _ plot: Plot) throws {
    let channels = field.channels
    let podiums = stride(from: 0, to: field.values.count, by: channels).map { Podium(field.values[$0..<$0 + channels]) }
    let lines = try (0..<classes).flatMap { label in
      let leads = podiums.enumerated().map { $1.lead(of: label, scoring: field.values[$0 * channels + label]) }
      return try Contour.lines(of: field.with(leads), at: 0) { points in
        let scores = try SampledField.scores(scores, at: points, channels: channels)
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

extension DecisionBoundary.Shading {
  /// Returns the strength of the color for the given certainty, from 0 to 1.
  fileprivate func strength(_ certainty: Double) -> Double {
    guard case .stepped(let count) = self else { return certainty }
    let steps = Double(min(max(count, 1), 1000))
    return min(((certainty * steps).rounded(.down) + 1) / steps, 1)
  }
}

/// The two largest scores of a point.
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

  /// Returns by how much the `score` of `label` exceeds the largest other score; negative if another class wins.
  func lead(of label: Int, scoring score: Float) -> Float { score - (label == winner ? second : first) }
}

/// Fine diagonal lines in a region, which distinguish it from another one of the same color.
struct Hatch {
  /// The colors of the region at each pixel between two lines.
  private let shades: [[UInt32]]
  private let isRising: Bool

  /// Creates lines in the page color over `tints`, rising or falling to the right.
  init(_ tints: [Color], _ page: Color, scale: Double, isRising: Bool) {
    self.isRising = isRising
    let distance = max(Int(min(10 * scale, 1000)), 3)
    let half = 0.8 * scale
    shades = (0..<distance).map { place in
      let off = Double(min(place, distance - place))
      let part = min(max(half + 0.5 - off, 0), 1) * 0.75
      return tints.map { $0.mixed(with: page, part).bytes }
    }
  }

  /// Returns the color of a pixel of the region.
  func color(_ shade: Int, column: Int, row: Int) -> UInt32 {
    let place = (isRising ? column + row : column - row) % shades.count
    return shades[place < 0 ? place + shades.count : place][shade]
  }
}
