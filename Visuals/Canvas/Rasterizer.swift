/// Computes the exact fraction of every pixel that lies inside an outline.
///
/// Every edge adds its signed area to the pixels it crosses and its height to the next; the running sum along a row is
/// the coverage (R. Levien, "Inside the fastest font renderer in the world", 2016). The result is exact in pixels that
/// a single edge crosses; where several subpaths overlap, it follows the nonzero winding rule.
struct Rasterizer {
  private let width: Int
  private var sums: [Float]
  private var firstX: [Int]
  private var lastX: [Int]
  private var firstRow: Int
  private var lastRow = -1

  init(width: Int, height: Int) {
    self.width = width
    sums = [Float](repeating: 0, count: (width + 2) * height)
    firstX = [Int](repeating: .max, count: height)
    lastX = [Int](repeating: -1, count: height)
    firstRow = height
  }

  /// Adds the closed outline of `piece`, moved by `origin`, as far as it affects the inside of `clip`.
  mutating func add(_ piece: Polyline, clip: PixelRect, origin: Point = Point(0, 0)) {
    guard !clip.isEmpty, let last = piece.points.last else { return }
    let (left, right) = (Double(clip.left), Double(clip.right))
    var previous = last + origin
    for point in piece.points {
      let (a, b) = (previous, point + origin)
      previous = b
      if a.y == b.y { continue }
      let (low, high) = (min(a.x, b.x), max(a.x, b.x))
      if low >= left && high <= right {
        addEdge(a, b, clip)
      } else {
        addClipped(a, b, clip)
      }
    }
  }

  /// Splits an edge where it enters and leaves the clip; parts outside are projected onto its side.
  private mutating func addClipped(_ a: Point, _ b: Point, _ clip: PixelRect) {
    let (left, right) = (Double(clip.left), Double(clip.right))
    var cuts = [0.0, 1.0]
    for side in [left, right] where (a.x - side) * (b.x - side) < 0 { cuts.append((side - a.x) / (b.x - a.x)) }
    cuts.sort()
    func on(_ t: Double) -> Point {
      let p = t == 0 ? a : t == 1 ? b : a + (b - a) * t
      return Point(min(max(p.x, left), right), p.y)
    }
    for (t, u) in zip(cuts, cuts.dropFirst()) { addEdge(on(t), on(u), clip) }
  }

  private mutating func addEdge(_ a: Point, _ b: Point, _ clip: PixelRect) {
    let direction = a.y < b.y ? 1.0 : -1.0
    let (upper, lower) = a.y < b.y ? (a, b) : (b, a)
    let top = max(upper.y, Double(clip.top))
    let bottom = min(lower.y, Double(clip.bottom))
    guard top < bottom else { return }
    let slope = (lower.x - upper.x) / (lower.y - upper.y)
    let (lowX, highX) = (min(a.x, b.x), max(a.x, b.x))
    var x = min(max(upper.x + (top - upper.y) * slope, lowX), highX)
    let (start, end) = (Int(top), Int(bottom.rounded(.up)))
    firstRow = min(firstRow, start)
    lastRow = max(lastRow, end - 1)
    sums.withUnsafeMutableBufferPointer { sums in
      for row in start..<end {
        let height = min(Double(row + 1), bottom) - max(Double(row), top)
        let next = min(max(x + slope * height, lowX), highX)
        let (from, to) = x < next ? (x, next) : (next, x)
        firstX[row] = min(firstX[row], Int(from))
        lastX[row] = max(lastX[row], Int(to) + 1)
        Self.spread(height * direction, from: from, to: to, into: &sums, at: row * (width + 2))
        x = next
      }
    }
  }

  /// Adds the area to the right of an edge of signed height `d` that spans `from` to `to` within one row.
  @inline(__always)
  private static func spread(
    _ d: Double, from: Double, to: Double, into sums: inout UnsafeMutableBufferPointer<Float>, at row: Int
  ) {
    let first = Int(from)
    let last = Int(to.rounded(.up))
    let base = row + first
    if last <= first + 1 {
      let middle = (from + to) / 2 - Double(first)
      sums[base] += Float(d - d * middle)
      sums[base + 1] += Float(d * middle)
      return
    }
    let slope = 1 / (to - from)
    let lead = 1 - (from - Double(first))
    let tail = to - Double(last - 1)
    let firstPart = slope * lead * lead / 2
    let lastPart = slope * tail * tail / 2
    sums[base] += Float(d * firstPart)
    if last == first + 2 {
      sums[base + 1] += Float(d * (1 - firstPart - lastPart))
    } else {
      let second = slope * (lead + 0.5)
      sums[base + 1] += Float(d * (second - firstPart))
      for x in 2..<(last - first - 1) { sums[base + x] += Float(d * slope) }
      let before = second + Double(last - first - 3) * slope
      sums[base + last - first - 1] += Float(d * (1 - before - lastPart))
    }
    sums[base + last - first] += Float(d * lastPart)
  }

  /// Passes the touched pixels to `body` row by row with their coverage from 0 to 1, and resets the rasterizer.
  @inline(__always)
  mutating func sweep(_ body: (_ row: Int, _ x: Int, _ coverage: Float) -> Void) {
    guard firstRow <= lastRow else { return }
    sums.withUnsafeMutableBufferPointer { sums in
      for row in firstRow...lastRow where lastX[row] >= 0 {
        let base = row * (width + 2)
        var sum: Float = 0
        for x in firstX[row]...min(lastX[row], width + 1) {
          sum += sums[base + x]
          sums[base + x] = 0
          let coverage = min(abs(sum), 1)
          if coverage > 1e-4 && x < width { body(row, x, coverage) }
        }
        firstX[row] = .max
        lastX[row] = -1
      }
    }
    firstRow = firstX.count
    lastRow = -1
  }
}

/// The coverage of each pixel in a rectangle; outside of it, the coverage is 0.
struct Mask: Sendable {
  private let area: PixelRect
  private var coverage: [Float]

  /// Creates the union of `shapes`; each pixel has the coverage of the shape that covers most of it.
  init(union shapes: [[Polyline]], clip: PixelRect, origin: Point) {
    area = clip.intersection(PixelRect(around: shapes.joined().lazy.map(\.points).joined(), origin: origin))
    coverage = [Float](repeating: 0, count: area.isEmpty ? 0 : (area.right - area.left) * (area.bottom - area.top))
    guard !area.isEmpty else { return }
    let (width, height) = (area.right - area.left, area.bottom - area.top)
    let local = PixelRect(left: 0, top: 0, right: width, bottom: height)
    let shift = origin - Point(Double(area.left), Double(area.top))
    var rasterizer = Rasterizer(width: width, height: height)
    for shape in shapes {
      for outline in shape { rasterizer.add(outline, clip: local, origin: shift) }
      rasterizer.sweep { row, x, part in coverage[row * width + x] = max(coverage[row * width + x], part) }
    }
  }

  /// Calls `body` for every pixel with nonzero coverage.
  func forEach(_ body: (_ row: Int, _ x: Int, _ coverage: Float) -> Void) {
    guard !area.isEmpty else { return }
    var i = 0
    for row in area.top..<area.bottom {
      for x in area.left..<area.right {
        if coverage[i] > 0 { body(row, x, coverage[i]) }
        i += 1
      }
    }
  }
}
