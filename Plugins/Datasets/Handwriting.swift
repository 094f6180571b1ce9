import GliaCore
import RealModule

/// The way in which one digit is written; lengths are in pixels.
struct Handwriting {
  /// The height of the digit, and the factor of its width.
  private var height, width: Double
  /// The slant to the right, the horizontal per the vertical distance, and the rotation in radians.
  private var slant, rotation: Double
  /// The deviation of the digit's center from that of the picture.
  private var shift: SIMD2<Double>
  /// The thickness of the pen, and the value of pixels that it covers.
  private var thickness, pressure: Double

  /// Draws a way of writing.
  init(random: inout Random) {
    func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    (height, width) = (uniform(5.4, 6.4), uniform(0.85, 1.1))
    (slant, rotation) = (uniform(0, 0.3), uniform(-0.08, 0.08))
    shift = SIMD2(uniform(-1.1, 1.1), uniform(-0.8, 0.8))
    (thickness, pressure) = (uniform(0.9, 1.5), uniform(0.8, 1))
  }

  /// Returns the values of the pixels of a square picture, row by row.
  func picture(of strokes: [PenStroke], side: Int) -> [Double] {
    let paths = strokes.map { $0.points.map(placed) }
    let middle = Double(side - 1) / 2
    return (0..<side * side).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: side)
      let pixel = SIMD2(Double(column) - middle, Double(row) - middle)
      let distance = paths.map { Self.distance(from: pixel, to: $0) }.min() ?? .infinity
      return pressure * min(1, max(0, 0.5 + thickness / 2 - distance))
    }
  }

  /// The place of a point of a form, from the center of the picture.
  private func placed(_ point: SIMD2<Double>) -> SIMD2<Double> {
    let slanted = SIMD2(width * point.x - slant * point.y, point.y) * height
    let (cosine, sine) = (Double.cos(rotation), Double.sin(rotation))
    return shift + SIMD2(cosine * slanted.x - sine * slanted.y, sine * slanted.x + cosine * slanted.y)
  }

  /// The distance of a point from the nearest line of a path.
  private static func distance(from point: SIMD2<Double>, to path: [SIMD2<Double>]) -> Double {
    zip(path, path.dropFirst()).reduce(.infinity) { least, line in
      let (along, toPoint) = (line.1 - line.0, point - line.0)
      let share = min(1, max(0, (along * toPoint).sum() / max((along * along).sum(), .leastNormalMagnitude)))
      let rest = toPoint - share * along
      return min(least, (rest * rest).sum().squareRoot())
    }
  }
}
