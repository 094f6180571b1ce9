/// Names at the ends of lines, moved apart where they would collide and then joined to their lines.
struct EndNames {
  private let theme: Theme
  /// The area of the lines; names stand to its right.
  private let area: Rect
  private var names: [(text: String, place: Point, color: Color)] = []

  /// From the area to the names.
  static let indent = 20.0

  init(theme: Theme, area: Rect) { (self.theme, self.area) = (theme, area) }

  /// Adds a name for the line that ends at `place`.
  mutating func add(_ text: String, at place: Point, _ color: Color) { names.append((text, place, color)) }

  private var distance: Double { theme.labelSize * 1.25 }

  /// Draws the names; where there are more than have room, some in between are left out.
  func draw(on canvas: inout Canvas) {
    let room = max(Int(min(area.height / distance, 1e4)), 1)
    let sorted = names.sorted { $0.place.y < $1.place.y }
    let step = (sorted.count - 1) / room + 1
    let shown = sorted.enumerated().filter { $0.offset % step == 0 || $0.offset == sorted.count - 1 }.map(\.element)
    let heights = Self.spread(
      shown.map(\.place.y), by: distance, between: area.y + distance / 2, and: area.maxY - distance / 2)
    let x = area.maxX + Self.indent
    for (name, y) in zip(shown, heights) {
      if abs(y - name.place.y) > 2 || name.place.x < area.maxX - 1 {
        let joint = Path([
          name.place + Point(3, 0), Point(max(name.place.x, area.maxX) + 6, name.place.y), Point(x - 4, y),
        ])
        canvas.stroke(joint, Stroke(0.8), name.color)
      }
      let width = canvas.bounds.width - x - 4
      let style = Canvas.TextStyle(theme.labelSize, color: name.color.mixed(with: theme.text, 0.45))
      canvas.write(Typeface.fitted(name.text, to: width, size: style.size), at: Point(x, y), style, centered: true)
    }
  }

  /// Heights in the order of `wanted`, which rises, at least `distance` apart and as near to it as can be.
  static func spread(_ wanted: [Double], by distance: Double, between low: Double, and high: Double) -> [Double] {
    // Groups of names that touch, each around the middle of what its members want.
    var groups: [(first: Double, count: Int)] = []
    for want in wanted {
      groups.append((want, 1))
      while groups.count > 1, let last = groups.last {
        let before = groups[groups.count - 2]
        guard before.first + Double(before.count) * distance > last.first else { break }
        let shift = Double(before.count) * distance
        let count = before.count + last.count
        let first = (before.first * Double(before.count) + (last.first - shift) * Double(last.count)) / Double(count)
        groups.removeLast(2)
        groups.append((first, count))
      }
    }
    var heights = groups.flatMap { group in (0..<group.count).map { group.first + Double($0) * distance } }
    for index in heights.indices {
      heights[index] = max(heights[index], index == 0 ? low : heights[index - 1] + distance)
    }
    for index in heights.indices.reversed() {
      heights[index] = min(heights[index], index == heights.count - 1 ? high : heights[index + 1] - distance)
    }
    return heights
  }
}
