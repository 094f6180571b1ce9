/// Contour lines of a sampled field, found by marching squares. Crossings between two nodes are interpolated, then
/// refined with the function itself, so that the line is smooth where the values jump.
struct Contour {
  private let field: SampledField
  private let level: Float
  private var crossings: [Int: Crossing] = [:]
  private var neighbors: [Int: [Int]] = [:]

  /// An edge between two nodes on different sides of the level, and the crossing on it.
  private struct Crossing {
    var from: (column: Double, row: Double)
    var to: (column: Double, row: Double)
    var low = 0.0
    var high = 1.0
    var lowValue: Double
    var highValue: Double

    /// The position of the crossing, from 0 at `from` to 1 at `to`.
    var place: Double {
      let span = highValue - lowValue
      return span == 0 ? (low + high) / 2 : low - (high - low) * lowValue / span
    }
    func point(_ t: Double) -> (column: Double, row: Double) {
      (from.column + (to.column - from.column) * t, from.row + (to.row - from.row) * t)
    }
  }

  /// Returns the lines where the value of `field` is `level`, in coordinates of the plane.
  ///
  /// `refine` computes the value at any points (x and y interleaved); crossings are then refined by bisection.
  static func lines(of field: SampledField, at level: Float, refine: (([Float]) throws -> [Float])? = nil) throws
    -> [[Point]]
  {
    var contour = Contour(field: field, level: level)
    contour.march()
    if let refine { for _ in 0..<5 { try contour.halve(refine) } }
    return contour.chains()
  }

  private init(field: SampledField, level: Float) {
    self.field = field
    self.level = level
  }

  private mutating func march() {
    let (columns, values) = (field.columns, field.values)
    for row in 0..<field.rows - 1 {
      for column in 0..<columns - 1 {
        let node = row * columns + column
        let corners = (values[node], values[node + 1], values[node + columns + 1], values[node + columns])
        let (a, b, c, d) = (corners.0 >= level, corners.1 >= level, corners.2 >= level, corners.3 >= level)
        if a == b && b == c && c == d { continue }
        guard (corners.0 + corners.1 + corners.2 + corners.3).isFinite else { continue }
        // The edges below, right, above, and left of the cell; horizontal edges are even.
        let sides = [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1]
        let crossed = zip(sides, [a != b, b != c, d != c, a != d]).filter(\.1).map(\.0)
        if crossed.count == 2 {
          connect(crossed[0], crossed[1])
        } else {
          let isHigh = (corners.0 + corners.1 + corners.2 + corners.3) / 4 >= level
          let cutsFirstCorner = isHigh != a
          connect(sides[0], sides[cutsFirstCorner ? 3 : 1])
          connect(sides[2], sides[cutsFirstCorner ? 1 : 3])
        }
      }
    }
  }

  private mutating func connect(_ one: Int, _ other: Int) {
    for edge in [one, other] where crossings[edge] == nil { crossings[edge] = crossing(edge) }
    neighbors[one, default: []].append(other)
    neighbors[other, default: []].append(one)
  }

  private func crossing(_ edge: Int) -> Crossing {
    let node = edge / 2
    let (column, row) = (node % field.columns, node / field.columns)
    let next = edge % 2 == 0 ? node + 1 : node + field.columns
    return Crossing(
      from: (Double(column), Double(row)), to: (Double(next % field.columns), Double(next / field.columns)),
      lowValue: Double(field.values[node] - level), highValue: Double(field.values[next] - level))
  }

  /// Halves the interval of every crossing.
  private mutating func halve(_ function: ([Float]) throws -> [Float]) throws {
    let edges = crossings.keys.sorted()
    guard !edges.isEmpty else { return }
    var points: [Float] = []
    for edge in edges {
      guard let crossing = crossings[edge] else { continue }
      let place = crossing.point((crossing.low + crossing.high) / 2)
      let at = field.coordinates(place.column, place.row)
      points += [Float(at.x), Float(at.y)]
    }
    for (edge, value) in zip(edges, try function(points)) where value.isFinite {
      guard var crossing = crossings[edge] else { continue }
      let middle = (crossing.low + crossing.high) / 2
      let difference = Double(value - level)
      if (difference >= 0) == (crossing.lowValue >= 0) {
        (crossing.low, crossing.lowValue) = (middle, difference)
      } else {
        (crossing.high, crossing.highValue) = (middle, difference)
      }
      crossings[edge] = crossing
    }
  }

  /// Returns the crossings joined to lines, open lines first.
  private func chains() -> [[Point]] {
    let edges = crossings.keys.sorted()
    let ends = edges.filter { neighbors[$0]?.count == 1 }
    var used: Set<Int> = []
    var lines: [[Point]] = []
    for start in ends + edges where !used.contains(start) {
      var line: [Point] = []
      var edge: Int? = start
      while let here = edge {
        used.insert(here)
        if let point = place(here) { line.append(point) }
        edge = neighbors[here]?.first { !used.contains($0) }
      }
      let isRing = line.count > 2 && neighbors[start]?.count == 2
      if isRing, let first = line.first { line.append(first) }
      lines.append(line)
    }
    return lines
  }

  private func place(_ edge: Int) -> Point? {
    crossings[edge].map { crossing in
      let place = crossing.point(crossing.place)
      return field.coordinates(place.column, place.row)
    }
  }
}
