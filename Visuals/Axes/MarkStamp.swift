/// A data point made ready to be drawn at many places: its form in a colour with a dark edge and a halo of the paper, so that
/// it is seen on every tint.
struct MarkStamp: Sendable {
  /// What is laid over each other, in pixels around (0, 0).
  fileprivate let layers: [(outlines: [Polyline], color: Color)]

  init(_ marker: Marker, radius: Double, color: Color, isHollow: Bool = false, theme: Theme, scale: Double) {
    // Marks are small and many.
    let form = marker.path(Point(0, 0), radius: radius).flattened(scale: scale, tolerance: 0.02)
    func line(_ width: Double) -> [Polyline] {
      form.flatMap { Stroker.outlines(of: $0, Stroke(width * radius * scale)) }
    }
    let edge = theme.edge(of: color)
    let halo = (outlines: form + line(0.9), color: theme.page.opacity(0.9))
    layers =
      isHollow
      ? [halo, (form, theme.page), (line(0.62), edge), (line(0.42), color)]
      : [halo, (form, color), (line(0.2), edge)]
  }
}

extension Canvas {
  /// Draws `stamp`, made for the scale of this canvas, around `center`.
  mutating func draw(_ stamp: MarkStamp, at center: Point) {
    guard center.isFinite else { return }
    let place = center * scale
    for layer in stamp.layers { cover(layer.outlines, with: SolidInk(layer.color), at: place) }
  }

  /// Draws one data point.
  mutating func mark(
    _ marker: Marker, at center: Point, radius: Double, color: Color, isHollow: Bool = false, theme: Theme
  ) {
    let stamp = MarkStamp(marker, radius: radius, color: color, isHollow: isHollow, theme: theme, scale: scale)
    draw(stamp, at: center)
  }

  /// Rings a misclassified point and crosses it out.
  mutating func markMistake(at center: Point, radius: Double, theme: Theme) {
    let reach = radius * 0.55
    let ring = Path.circle(center, radius: radius * 1.8)
    stroke(ring, Stroke(radius * 0.7), theme.page.opacity(0.8))
    stroke(ring, Stroke(radius * 0.32), theme.text)
    var cross = Path.line(center - Point(reach, reach), center + Point(reach, reach))
    cross.append(.line(center - Point(reach, -reach), center + Point(reach, -reach)))
    stroke(cross, Stroke(radius * 0.72, cap: .round), theme.page.opacity(0.85))
    stroke(cross, Stroke(radius * 0.36, cap: .round), theme.text)
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
