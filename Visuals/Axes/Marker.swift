import RealModule

/// The shape of a data point, which distinguishes categories in addition to their color.
public enum Marker: CaseIterable, Hashable, Sendable {
  /// A disc.
  case circle
  /// A square.
  case square
  /// A triangle pointing upward.
  case triangle
  /// A diamond.
  case diamond
  /// A triangle pointing downward.
  case triangleDown
  /// A five-pointed star.
  case star
  /// A hexagon.
  case hexagon
  /// A plus sign.
  case plus
  /// A pentagon.
  case pentagon

  /// Returns the marker of category `index`, which differs from that of adjacent categories and of those with the same
  /// one of `hues` hues.
  static func of(_ index: Int, hues: Int) -> Marker {
    allCases[(index + index / max(hues, 1)) % allCases.count]
  }

  /// Returns a suitable radius for `count` data points in a plot of the given width.
  static func radius(for count: Int, width: Double) -> Double {
    let crowd = (400 / Double(max(count, 1))).squareRoot()
    return max(4 * min(crowd, 1) * min(max(width, 0) / 460, 1).squareRoot(), 1.6)
  }

  /// Returns the outline around `center`, with about the area of a circle of `radius`.
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

/// A prepared data point that can be drawn many times: its shape with a darker edge and a halo in the page color, so
/// that it is visible on every shade.
struct MarkStamp: Sendable {
  /// How a misclassified point is marked.
  enum Mistake: Hashable, Sendable {
    /// A ring around the mark and a small cross on it.
    case ringed
    /// A dark rim and a cross, for small marks and where rings would overlap.
    case crossed

    /// Rings need marks of sufficient size and a small share of mistakes.
    init(radius: Double, share: Double) { self = radius >= 2.9 && share <= 0.15 ? .ringed : .crossed }
  }

  /// The layers from bottom to top, in pixels around (0, 0).
  fileprivate let layers: [(outlines: [Polyline], color: Color)]

  init(
    _ marker: Marker, radius: Double, color: Color, isHollow: Bool = false, mistake: Mistake? = nil, theme: Theme,
    scale: Double
  ) {
    // Marks are small and numerous, so a coarser tolerance is enough.
    let form = marker.path(Point(0, 0), radius: radius).flattened(scale: scale, tolerance: 0.02)
    func line(_ width: Double) -> [Polyline] {
      form.flatMap { Stroker.outlines(of: $0, Stroke(width * radius * scale)) }
    }
    let edge = theme.edge(of: color)
    let halo = (outlines: form + line(mistake == .crossed ? 1.5 : 0.9), color: theme.page.opacity(0.9))
    let mark =
      isHollow
      ? [(form, theme.page), (line(0.62), edge), (line(0.42), color)] : [(form, color), (line(0.2), edge)]
    guard let mistake else {
      layers = [halo] + mark
      return
    }
    let around = mistake == .ringed ? [halo] : [halo, (form + line(0.85), theme.text)]
    // A dark cross is invisible on the darkest marks.
    let isSeen = isHollow || theme.text.contrast(with: color) > 1.8
    let cross = (Self.lines(Self.cross(radius * 0.4), 0.25 * radius, scale), isSeen ? theme.text : theme.page)
    layers = around + mark + [cross]
  }

  /// Creates the ring around a misclassified point of `radius`; rings are drawn below all marks.
  init(ringAround radius: Double, theme: Theme, scale: Double) {
    let ring = Path.circle(Point(0, 0), radius: radius * 1.95)
    layers = [
      (Self.lines(ring, 0.62 * radius, scale), theme.page.opacity(0.7)),
      (Self.lines(ring, 0.28 * radius, scale), theme.text),
    ]
  }

  private static func lines(_ path: Path, _ width: Double, _ scale: Double) -> [Polyline] {
    path.flattened(scale: scale, tolerance: 0.02).flatMap {
      Stroker.outlines(of: $0, Stroke(max(width, 0.55) * scale, cap: .round))
    }
  }

  private static func cross(_ reach: Double) -> Path {
    var cross = Path.line(Point(-reach, -reach), Point(reach, reach))
    cross.append(.line(Point(-reach, reach), Point(reach, -reach)))
    return cross
  }
}

extension Canvas {
  /// Draws `stamp`, which must be made for the scale of this canvas, around `center`.
  mutating func draw(_ stamp: MarkStamp, at center: Point) {
    guard center.isFinite else { return }
    let place = center * scale
    for layer in stamp.layers { fill(layer.outlines, layer.color, at: place) }
  }

  /// Draws one data point.
  mutating func mark(
    _ marker: Marker, at center: Point, radius: Double, color: Color, isHollow: Bool = false,
    mistake: MarkStamp.Mistake? = nil, theme: Theme
  ) {
    if mistake == .ringed { draw(MarkStamp(ringAround: radius, theme: theme, scale: scale), at: center) }
    let stamp = MarkStamp(
      marker, radius: radius, color: color, isHollow: isHollow, mistake: mistake, theme: theme, scale: scale)
    draw(stamp, at: center)
  }

  /// Draws a cross where a line ends because the next value is not finite.
  mutating func markCut(at place: Point, _ theme: Theme, color: Color? = nil, reach: Double = 5.5) {
    for diagonal in [Point(reach, reach), Point(reach, -reach)] {
      let line = Path.line(place - diagonal, place + diagonal)
      let width = reach / 5.5
      stroke(line, Stroke(5 * width, cap: .round), theme.page)
      stroke(line, Stroke(2.6 * width, cap: .round), color ?? theme.alarm)
    }
  }
}
