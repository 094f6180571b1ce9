/// Labels of single points, each at the nearest position that hides no curve, mark, or other label.
struct PointLabels {
  let plot: Plot
  var obstacles = Obstacles()

  private var theme: Theme { plot.theme }

  init(plot: Plot) { self.plot = plot }

  /// Writes a label at the nearest position to `place` that is clear of all curves.
  mutating func write(
    _ text: String, beside place: Point, _ style: Canvas.TextStyle, on canvas: inout Canvas
  ) {
    let size = Point(style.width(of: text) + 8, style.size * 1.4)
    let plates = Self.plates(around: place, size, reach: min(plot.area.height, 1e4))
    let inside = plates.filter { plot.area.contains($0) }
    // In a small plot, no label is better than one over the curves.
    let last = plot.area.height > 100 ? inside.first : nil
    guard let plate = inside.first(where: obstacles.leaveFree) ?? last else { return }
    canvas.fill(.rectangle(plate), theme.page.opacity(0.8))
    canvas.write(text, at: plate.center, style, align: .middle, centered: true)
    obstacles.areas.append(plate)
  }

  /// Returns candidate positions for a label of `size` near `place`, nearest first.
  private static func plates(around place: Point, _ size: Point, reach: Double) -> [Rect] {
    var plates: [Rect] = []
    for distance in stride(from: 16.0, to: max(reach, 17), by: 8) {
      for dy in [-distance, distance] {
        for dx in [6, -6 - size.x] {
          plates.append(Rect(x: place.x + dx, y: place.y + dy - size.y / 2, width: size.x, height: size.y))
        }
      }
    }
    return plates
  }
}
