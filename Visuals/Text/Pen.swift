/// Draws skeletons at one size: aligns them with whole pixels and gives the lines their width.
struct Pen {
  private let size: Double
  private let unit: Double
  private let weight: Typeface.Weight
  /// Half the width of vertical lines; horizontal ones are slightly thinner, which makes them look equal.
  private let half: Double
  private let contrast: Double

  /// Creates a pen for text of `size` pixels, scaled by `scale`.
  init(size: Double, weight: Typeface.Weight, scale: Double = 1) {
    self.size = size * scale
    unit = size * scale / 1000
    self.weight = weight
    contrast = weight.contrast
    // Small subscripts keep almost the line width of the adjacent letters.
    half = max(weight.halfStroke * unit * (scale < 1 ? weight.boost : 1), min(0.5, 0.1 * size))
  }

  /// Returns the outlines of every part; y grows downward.
  func draw(_ glyph: Glyph) -> [[Polyline]] {
    let grid = PixelGrid(glyph, size: size, thickness: 2 * half * contrast)
    return glyph.parts.flatMap { part -> [[Polyline]] in
      switch part {
      case .line(let trace): return [outlines(of: trace, grid)]
      case .area(let path): return [path.mapped { place($0, grid) }.flattened(scale: 1)]
      case .dot(let place, let factor):
        return [dot(place, max(half * weight.dot, min(0.72, 0.08 * size)) * factor, grid)]
      case .glyph(let glyph, let origin, let scale):
        let pen = Pen(size: size, weight: weight, scale: scale)
        let shift = Point(origin.x * weight.stretch * unit, -PixelGrid.Lines(size: size).rise(origin.y))
        return pen.draw(glyph).map { shape in shape.map { $0.mapped { $0 + shift } } }
      }
    }
  }

  private func place(_ p: Point, _ grid: PixelGrid) -> Point {
    Point((p.x * weight.stretch + weight.bearing) * unit, -grid[p.y])
  }

  /// Lines are drawn in a vertically stretched space and compressed again, which makes horizontal ones thinner.
  private func outlines(of trace: Glyph.Trace, _ grid: PixelGrid) -> [Polyline] {
    var elements = trace.path.mapped { p in
      let q = place(p, grid)
      return Point(q.x, q.y / contrast)
    }.elements
    /// Returns the edge of a horizontal line at the height of a line end.
    func edge(_ middle: Point, _ end: Glyph.End) -> Double? {
      end == .across ? nil : middle.y + (end == .upper ? -half : half)
    }
    var (start, end): (Double?, Double?)
    if case .move(let p) = elements[0] {
      start = edge(p, trace.start)
      elements[0] = .move(Point(p.x, start ?? p.y))
    }
    switch elements[elements.count - 1] {
    case .line(let p):
      end = edge(p, trace.end)
      elements[elements.count - 1] = .line(Point(p.x, end ?? p.y))
    case .curve(_, _, let p): end = edge(p, trace.end)
    default: break
    }

    var ribbon = Ribbon()
    var here = Point(0, 0)
    var width = half
    for (index, element) in elements.enumerated() {
      let next = half * weight.width(of: trace.nibs[index] ?? .full)
      switch element {
      case .move(let p):
        here = p
        ribbon.append(p, half: next)
      case .line(let p), .curve(_, _, let p):
        var piece = Path()
        piece.elements = [.move(here), element]
        let points = piece.flattened(scale: 1).first?.points ?? []
        for (i, point) in points.enumerated().dropFirst() {
          ribbon.append(point, half: width + (next - width) * Double(i) / Double(points.count - 1))
        }
        here = p
      case .close: break
      }
      width = next
    }
    return ribbon.outlines(isClosed: elements.last == .close, start: start, end: end).map { outline in
      Polyline(points: outline.points.map { Point($0.x, $0.y * contrast) }, isClosed: true)
    }
  }

  private func dot(_ p: Point, _ radius: Double, _ grid: PixelGrid) -> [Polyline] {
    let middle = Point(place(p, grid).x, -grid.foot(p.y, radius: radius) - radius)
    return Path.circle(middle, radius: radius).flattened(scale: 1)
  }
}

extension Path {
  /// Returns the path with every point mapped by `transform`.
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

/// A line of variable width.
struct Ribbon {
  private var points: [Point] = []
  /// Half the width at every point.
  private var halves: [Double] = []

  mutating func append(_ point: Point, half: Double) {
    if let last = points.last, (point - last).length < 1e-6 { return }
    points.append(point)
    halves.append(half)
  }

  /// Returns the outlines, all with the same orientation. The ends are cut across or horizontally.
  func outlines(isClosed: Bool, start: Double?, end: Double?) -> [Polyline] {
    guard let first = points.first, let last = points.last, points.count > 1 else { return [] }
    if isClosed {
      var ring = self
      if (last - first).length < 1e-6 { (ring.points, ring.halves) = (points.dropLast(), halves.dropLast()) }
      return [
        Polyline(points: ring.side(1), isClosed: true), Polyline(points: ring.side(-1).reversed(), isClosed: true),
      ]
    }
    let count = points.count
    var (left, right) = (side(1), side(-1))
    (right[0], left[0]) = corners(first, from: points[1], half: halves[0], start)
    (left[count - 1], right[count - 1]) = corners(last, from: points[count - 2], half: halves[count - 1], end)
    return [Polyline(points: left + right.reversed(), isClosed: true)]
  }

  /// Returns the points of one side, half the width away.
  private func side(_ sign: Double) -> [Point] {
    let count = points.count
    return (0..<count).map { i in
      let inward = points[i] - points[(i + count - 1) % count]
      let outward = points[(i + 1) % count] - points[i]
      let (u, v) = (inward * (1 / inward.length), outward * (1 / outward.length))
      // A corner extends at most twice the width.
      let reach = halves[i] * sign / max(1 + Point.dot(u, v), 0.125)
      return points[i] + (u + v).normal * reach
    }
  }

  /// Returns the two corners of an end, moved along the line to `level`.
  private func corners(_ end: Point, from previous: Point, half: Double, _ level: Double?) -> (Point, Point) {
    let ahead = (end - previous) * (1 / (end - previous).length)
    func slid(_ corner: Point) -> Point {
      guard let level, ahead.y != 0 else { return corner }
      return corner + ahead * min(max((level - corner.y) / ahead.y, -4 * half), 4 * half)
    }
    return (slid(end + ahead.normal * half), slid(end - ahead.normal * half))
  }
}
