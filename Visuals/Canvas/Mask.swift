/// What part of each pixel in a rectangle is covered; nothing is outside of it.
struct Mask: Sendable {
  private let area: PixelRect
  private var coverage: [Float]

  private var width: Int { area.right - area.left }

  /// What the outlines enclose.
  init(_ outlines: [Polyline], _ rule: FillRule, clip: PixelRect, origin: Point) {
    self.init(union: [outlines], rule, clip: clip, origin: origin)
  }

  /// What at least one of the shapes covers, in each pixel as much as the one that covers most of it.
  init(union shapes: [[Polyline]], _ rule: FillRule = .nonzero, clip: PixelRect, origin: Point) {
    area = clip.intersection(PixelRect(around: shapes.joined().lazy.map(\.points).joined(), origin: origin))
    coverage = [Float](repeating: 0, count: area.isEmpty ? 0 : (area.right - area.left) * (area.bottom - area.top))
    guard !area.isEmpty else { return }
    let (width, height) = (area.right - area.left, area.bottom - area.top)
    let local = PixelRect(left: 0, top: 0, right: width, bottom: height)
    let shift = origin - Point(Double(area.left), Double(area.top))
    var rasterizer = Rasterizer(width: width, height: height)
    for shape in shapes {
      for outline in shape { rasterizer.add(outline, clip: local, origin: shift) }
      rasterizer.sweep(rule) { row, x, part in coverage[row * width + x] = max(coverage[row * width + x], part) }
    }
  }

  subscript(row: Int, x: Int) -> Float {
    area.left <= x && x < area.right && area.top <= row && row < area.bottom
      ? coverage[(row - area.top) * width + x - area.left] : 0
  }

  /// Keeps what `other` covers, too.
  mutating func multiply(by other: Mask) {
    for i in coverage.indices { coverage[i] *= other[area.top + i / width, area.left + i % width] }
  }

  /// Hands over the pixels of which anything is covered.
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

/// A rectangle of whole pixels.
struct PixelRect: Hashable {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  var isEmpty: Bool { left >= right || top >= bottom }

  func intersection(_ other: PixelRect) -> PixelRect {
    PixelRect(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }

  /// The rectangle as it lies seen from `origin`.
  func moved(by origin: Point) -> Rect {
    Rect(
      x: Double(left) - origin.x, y: Double(top) - origin.y, width: Double(right - left),
      height: Double(bottom - top))
  }
}

extension PixelRect {
  /// The pixels that hold all `points` moved by `origin`; empty without any.
  fileprivate init(around points: some Sequence<Point>, origin: Point) {
    var (low, high) = (Point(.infinity, .infinity), Point(-.infinity, -.infinity))
    for p in points {
      low = Point(min(low.x, p.x), min(low.y, p.y))
      high = Point(max(high.x, p.x), max(high.y, p.y))
    }
    guard low.isFinite, high.isFinite else {
      self.init(left: 0, top: 0, right: 0, bottom: 0)
      return
    }
    func pixel(_ value: Double) -> Int { Int(min(max(value, -1e9), 1e9)) }
    self.init(
      left: pixel((low.x + origin.x).rounded(.down)), top: pixel((low.y + origin.y).rounded(.down)),
      right: pixel((high.x + origin.x).rounded(.up)), bottom: pixel((high.y + origin.y).rounded(.up)))
  }
}
