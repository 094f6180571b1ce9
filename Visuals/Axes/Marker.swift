import RealModule

/// The form of a data point, a second cue beside its color.
public enum Marker: CaseIterable, Hashable, Sendable {
  /// A disc.
  case circle
  /// A square on its side.
  case square
  /// A triangle pointing upward.
  case triangle
  /// A square on its corner.
  case diamond
  /// A triangle pointing downward.
  case triangleDown
  /// A star of five points.
  case star
  /// A hexagon.
  case hexagon
  /// An upright cross.
  case plus
  /// A pentagon.
  case pentagon

  /// The marker of category `index`: different for neighbors, and for those that share one of `hues` hues.
  static func of(_ index: Int, hues: Int) -> Marker {
    allCases[(index + index / max(hues, 1)) % allCases.count]
  }

  /// The radius of `count` data points in a plot of the given width: as large as fits their number and the plot.
  static func radius(for count: Int, width: Double) -> Double {
    let crowd = (400 / Double(max(count, 1))).squareRoot()
    return max(4 * min(crowd, 1) * min(max(width, 0) / 460, 1).squareRoot(), 1.6)
  }

  /// The outline around `center`, of about the area of a circle with `radius`.
  public func path(_ center: Point, radius: Double) -> Path {
    switch self {
    case .circle: .circle(center, radius: radius)
    case .square: Self.polygon(center, radius * 1.25, sides: 4, turned: .pi / 4)
    case .triangle: Self.polygon(center + Point(0, radius * 0.2), radius * 1.45, sides: 3, turned: 0)
    case .diamond: Self.polygon(center, radius * 1.25, sides: 4, turned: 0)
    case .triangleDown: Self.polygon(center - Point(0, radius * 0.2), radius * 1.45, sides: 3, turned: .pi)
    case .star: Self.polygon(center, radius * 1.5, sides: 5, turned: 0, waist: 0.5)
    case .hexagon: Self.polygon(center, radius * 1.1, sides: 6, turned: 0)
    case .plus: Self.plus(center, radius * 1.2)
    case .pentagon: Self.polygon(center, radius * 1.15, sides: 5, turned: .pi)
    }
  }

  private static func polygon(
    _ center: Point, _ radius: Double, sides: Int, turned: Double, waist: Double? = nil
  ) -> Path {
    let count = waist == nil ? sides : 2 * sides
    let corners = (0..<count).map { i in
      let angle = turned + 2 * .pi * Double(i) / Double(count)
      let reach = i % 2 == 1 ? radius * (waist ?? 1) : radius
      return center + Point(Double.sin(angle), -Double.cos(angle)) * reach
    }
    return Path(corners, closed: true)
  }

  private static func plus(_ center: Point, _ r: Double) -> Path {
    let a = r * 0.4
    let corners = [
      (-a, -r), (a, -r), (a, -a), (r, -a), (r, a), (a, a), (a, r), (-a, r), (-a, a), (-r, a), (-r, -a), (-a, -a),
    ]
    return Path(corners.map { center + Point($0.0, $0.1) }, closed: true)
  }
}
