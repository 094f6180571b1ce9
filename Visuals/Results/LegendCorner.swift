/// A place for a legend within a plot, where a page is too narrow to set it beside without making the plot much smaller.
struct LegendCorner {
  let place: Rect

  /// A corner that no line touches, the lower ones first; nil where there is none or the legend may stand beside.
  init?(_ legend: Legend, width: Double, beside: Rect, alone: Rect, lines: [[Point]]) {
    let area = alone.inset(by: 14)
    let height = legend.height + 1
    guard beside.width < 0.8 * alone.width, width < area.width, height < area.height else { return nil }
    let corners = [
      (area.maxX - width, area.maxY - height), (area.x, area.maxY - height), (area.maxX - width, area.y),
      (area.x, area.y),
    ]
    let obstacles = Obstacles(lines: lines)
    let free = corners.map { Rect(x: $0.0, y: $0.1, width: width, height: height) }.first { corner in
      obstacles.leaveFree(corner.inset(by: -4))
    }
    guard let free else { return nil }
    place = free
  }

  /// Hides the grid behind the legend.
  func drawPlate(on canvas: inout Canvas, _ theme: Theme) {
    let plate = Path.rectangle(place.inset(by: -7))
    canvas.fill(plate, theme.page)
    canvas.stroke(plate, Stroke(1), theme.gridLine)
  }
}
