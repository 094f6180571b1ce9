/// Draws skeletons at one size: places them on whole pixels and gives the strokes their width.
struct Pen {
  private let unit: Double
  private let weight: Typeface.Weight
  /// Half the width of upright strokes; lying ones are a little thinner, which the eye sees as equal.
  private let half: Double
  private let contrast = 0.9
  /// Heights of the skeleton with the pixels they fall on.
  private let levels: [(height: Double, pixel: Double)]

  init(size: Double, weight: Typeface.Weight, isFitted: Bool) {
    let unit = size / 1000
    self.unit = unit
    self.weight = weight
    half = max(weight.halfStroke * unit, isFitted ? 0.55 : 0.45)
    func edge(_ height: Double) -> Double { isFitted ? (height * unit).rounded() : height * unit }
    let inset = half * contrast
    levels = [
      (-200, edge(-200) + inset), (0, inset), (500, max(edge(500), edge(0) + 3) - inset), (700, edge(700) - inset),
    ]
  }

  /// The outlines of one part, y growing downwards.
  func draw(_ part: Glyph.Part) -> [Polyline] {
    switch part {
    case .stroke(let path): stroke(path)
    case .shape(let path): path.mapped { Point(across($0.x), -$0.y * unit) }.flattened(scale: 1)
    case .bar(let start, let end): [bar(start, end)]
    case .dot(let center): [dot(center)]
    }
  }

  /// Strokes in a space stretched upwards and pressed flat again, which makes lying strokes thinner.
  private func stroke(_ path: Path) -> [Polyline] {
    let stretched = path.mapped { Point(across($0.x), -pixel($0.y) / contrast) }
    return stretched.flattened(scale: 1).flatMap { line in
      let points = line.points
      let ends = (
        start: Self.cap(points[0], points[1]), end: Self.cap(points[points.count - 1], points[points.count - 2])
      )
      return Stroker.outlines(of: line, Stroke(2 * half, join: .miter), ends: ends).map { outline in
        Polyline(points: outline.points.map { Point($0.x, $0.y * contrast) }, isClosed: true)
      }
    }
  }

  /// Upright strokes reach the line they end on; others are cut across.
  private static func cap(_ end: Point, _ previous: Point) -> Stroke.Cap {
    abs(end.x - previous.x) < 0.05 * abs(end.y - previous.y) ? .square : .butt
  }

  private func bar(_ start: Point, _ end: Point) -> Polyline {
    let middle = (start.y + end.y) / 2
    func at(_ p: Point) -> Point {
      let isLevel = levels.contains { $0.height == p.y }
      let reach = isLevel ? half * contrast * (p.y > middle ? 1 : -1) : 0
      return Point(across(p.x), -(pixel(p.y) + reach))
    }
    let (a, b) = (at(start), at(end))
    let reach = Point(half * 0.96 * (b - a).length / max(abs(b.y - a.y), 1e-9), 0)
    return Polyline(points: [a - reach, a + reach, b + reach, b - reach], isClosed: true)
  }

  private func dot(_ center: Point) -> Polyline {
    let radius = half * 1.2
    let lift = Point(0, half * contrast - radius)
    let circle = Path.circle(place(center) + lift, radius: radius).flattened(scale: 1)
    return circle.first ?? Polyline(points: [], isClosed: true)
  }

  private func place(_ p: Point) -> Point { Point(across(p.x), -pixel(p.y)) }

  private func across(_ x: Double) -> Double { (x * weight.stretch + weight.bearing) * unit }

  /// The height of the skeleton in pixels above the baseline.
  private func pixel(_ height: Double) -> Double {
    guard let upper = levels.firstIndex(where: { height <= $0.height }), upper > 0 else {
      let nearest = height < 0 ? levels[0] : levels[levels.count - 1]
      return nearest.pixel + (height - nearest.height) * unit
    }
    let (low, high) = (levels[upper - 1], levels[upper])
    return low.pixel + (height - low.height) / (high.height - low.height) * (high.pixel - low.pixel)
  }
}

extension Path {
  /// The path with every point moved by `transform`.
  func mapped(_ transform: (Point) -> Point) -> Path {
    var path = self
    path.elements = elements.map { element in
      switch element {
      case .move(let p): .move(transform(p))
      case .line(let p): .line(transform(p))
      case .curve(let a, let b, let p): .curve(transform(a), transform(b), transform(p))
      case .close: .close
      }
    }
    return path
  }
}
