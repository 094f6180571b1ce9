/// A data point made ready to be drawn at many places: its form in a color with a dark edge and a halo of the paper, so that
/// it is seen on every tint.
struct MarkStamp: Sendable {
  /// How a misclassified point is marked.
  enum Mistake: Hashable, Sendable {
    /// By a ring set off from its mark and a small cross on it.
    case ringed
    /// By a dark rim and a cross, where marks are small or rings would lie on each other.
    case crossed

    /// Rings need room: marks of some size, not too many wrong.
    init(radius: Double, share: Double) { self = radius >= 2.9 && share <= 0.15 ? .ringed : .crossed }
  }

  /// What is laid over each other, in pixels around (0, 0).
  fileprivate let layers: [(outlines: [Polyline], color: Color)]

  init(
    _ marker: Marker, radius: Double, color: Color, isHollow: Bool = false, mistake: Mistake? = nil, theme: Theme,
    scale: Double
  ) {
    // Marks are small and many.
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
    // On the darkest marks a dark cross is not seen.
    let isSeen = isHollow || theme.text.contrast(with: color) > 1.8
    let cross = (Self.lines(Self.cross(radius * 0.4), 0.25 * radius, scale), isSeen ? theme.text : theme.page)
    layers = around + mark + [cross]
  }

  /// The ring around a misclassified point of `radius`, to be drawn before all of these.
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
  /// Draws `stamp`, made for the scale of this canvas, around `center`.
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

  /// A cross where a line is cut because what follows is not finite.
  mutating func markCut(at place: Point, _ theme: Theme) {
    for diagonal in [Point(5.5, 5.5), Point(5.5, -5.5)] {
      let line = Path.line(place - diagonal, place + diagonal)
      stroke(line, Stroke(5, cap: .round), theme.page)
      stroke(line, Stroke(2.6, cap: .round), theme.alarm)
    }
  }
}
