import RealModule

/// A stroke of a pen: lines between points, or an arc of an ellipse; x points to the right and y down.
enum PenStroke {
  /// Lines from each point to the next.
  case lines([SIMD2<Double>])
  /// An arc from one angle to another, in degrees; 0 is right and 90 down.
  case arc(center: SIMD2<Double>, radii: SIMD2<Double>, from: Double, to: Double)

  /// The length of the angle that a line of an arc covers, in degrees.
  private static let resolution = 30.0

  /// A closed ellipse.
  static func ellipse(_ center: SIMD2<Double>, _ radii: SIMD2<Double>) -> PenStroke {
    .arc(center: center, radii: radii, from: 0, to: 360)
  }

  /// The corners of the stroke as a chain of lines.
  var points: [SIMD2<Double>] {
    switch self {
    case .lines(let points): return points
    case .arc(let center, let radii, let from, let to):
      let count = Int(((to - from) / Self.resolution).rounded(.up))
      return (0...count).map { index in
        let angle = (from + (to - from) * Double(index) / Double(count)) * .pi / 180
        return center + radii * SIMD2(Double.cos(angle), Double.sin(angle))
      }
    }
  }
}
