import RealModule

/// Many points of one kind: as dots, and as a field of their density where dots would be one blot.
struct Scatter {
  let points: [Point]
  let color: Color
  let page: Color

  /// More points than this are drawn as their density.
  static let mostDots = 3_000
  /// The side of a field of equal density.
  private static let side = 2.0

  var isDense: Bool { points.count > Self.mostDots }

  func drawDots(on canvas: inout Canvas) {
    let radius = min(max(3.4 * (300 / Double(points.count)).squareRoot(), 1.5), 3.4)
    for point in points {
      canvas.fill(.circle(point, radius: radius + 0.6), page.opacity(0.85))
      canvas.fill(.circle(point, radius: radius), color.opacity(0.75))
    }
  }

  /// Paints `area` where there are points, the strength of the color being the logarithm of their number.
  func paintDensity(on canvas: inout Canvas, in area: Rect) {
    let columns = max(Int(min(area.width / Self.side, 4000)), 1)
    let rows = max(Int(min(area.height / Self.side, 4000)), 1)
    var counts = [Int](repeating: 0, count: columns * rows)
    func index(_ u: Double, _ v: Double) -> Int {
      min(Int(v * Double(rows)), rows - 1) * columns + min(Int(u * Double(columns)), columns - 1)
    }
    for point in points where area.contains(point) {
      counts[index((point.x - area.x) / area.width, (point.y - area.y) / area.height)] += 1
    }
    let largest = Double.log(Double(max(counts.max() ?? 1, 2)))
    canvas.paint(area) { u, v in
      let count = counts[index(u, v)]
      return count == 0 ? page.opacity(0) : page.mixed(with: color, 0.25 + 0.75 * Double.log(Double(count)) / largest)
    }
  }
}
