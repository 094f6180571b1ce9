/// How one of several optimizers looks, the same in every figure of a comparison: its hue, its dashes and the sign at its end.
struct RunStyle {
  let color: Color
  let stroke: Stroke
  let marker: Marker

  private static let dashes: [[Double]] = [
    [], [8, 3.5], [2.5, 3], [9, 3, 2.5, 3], [14, 4], [5, 2], [9, 3, 2.5, 3, 2.5, 3],
  ]
  /// A star is the sign of a minimum.
  private static let markers: [Marker] = [
    .circle, .square, .triangle, .diamond, .triangleDown, .hexagon, .plus, .pentagon,
  ]

  /// The style of optimizer `index`: hues, dashes and signs have rounds of their own, so that those of one hue differ.
  init(_ index: Int, _ theme: Theme) {
    let round = index / max(theme.palette.count, 1)
    let dash = Self.dashes[(index + round) % Self.dashes.count]
    color = theme.hue(index)
    stroke = Stroke(2, cap: dash.isEmpty ? .round : .butt, dashes: dash)
    marker = Self.markers[(index + round) % Self.markers.count]
  }
}
