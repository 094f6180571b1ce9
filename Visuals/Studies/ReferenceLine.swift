/// A straight line with a label across a plot, such as at a value that was chosen.
public struct ReferenceLine: Hashable, Sendable {
  /// The direction of a reference line.
  public enum Direction: Hashable, Sendable {
    /// The line is at a value of the horizontal axis.
    case vertical
    /// The line is at a value of the vertical axis.
    case horizontal
  }

  /// The label; nothing is written if empty.
  public var name: String
  /// The position on the axis.
  public var value: Double
  /// The direction.
  public var direction: Direction

  /// Creates a reference line.
  public init(_ name: String, at value: Double, _ direction: Direction) {
    (self.name, self.value, self.direction) = (name, value, direction)
  }
}

extension Plot {
  /// Returns the height that the labels of vertical `lines` take above the area.
  static func room(above lines: [ReferenceLine], theme: Theme) -> Double {
    let named = lines.count { $0.direction == .vertical && !$0.name.isEmpty }
    return named == 0 ? 0 : theme.tickSize * (named > 1 ? 2.9 : 1.6)
  }

  /// Draws dashed `lines` with the labels of vertical ones above the area, on two rows if needed.
  ///
  /// Labels of horizontal lines are written at the end of the line where they hide less of what `obstacles` contain.
  func draw(_ lines: [ReferenceLine], avoiding obstacles: Obstacles, on canvas: inout Canvas) {
    let row = theme.tickSize * 1.3
    var free = [-Double.infinity, -Double.infinity]
    for line in lines.sorted(by: { $0.value < $1.value }) {
      switch line.direction {
      case .vertical:
        guard x.scale.contains(line.value) else { continue }
        let at = canvas.crisp(place(line.value, y.scale.low).x, width: 1)
        canvas.stroke(.line(Point(at, area.y), Point(at, area.maxY)), Stroke(1.2, dashes: [5, 3]), theme.secondary)
        let name = Typeface.fitted(line.name, to: canvas.bounds.width - 2 * Page.margin, size: theme.tickSize)
        let half = theme.note().width(of: name) / 2
        let center = min(max(at, Page.margin + half), canvas.bounds.width - Page.margin - half)
        guard !name.isEmpty, let level = free.firstIndex(where: { center - half > $0 }) else { continue }
        let up = Double(level) * row + theme.tickSize * 0.45
        canvas.write(name, at: Point(center, area.y - up), theme.note(), align: .middle)
        free[level] = center + half + 10
      case .horizontal:
        guard y.scale.contains(line.value) else { continue }
        let at = canvas.crisp(place(x.scale.low, line.value).y, width: 1)
        canvas.stroke(.line(Point(area.x, at), Point(area.maxX, at)), Stroke(1.2, dashes: [5, 3]), theme.secondary)
        write(line.name, on: at, avoiding: obstacles, on: &canvas)
      }
    }
  }

  private func write(_ name: String, on height: Double, avoiding obstacles: Obstacles, on canvas: inout Canvas) {
    let text = Typeface.fitted(name, to: area.width - 16, size: theme.tickSize)
    guard !text.isEmpty else { return }
    let size = Point(theme.note().width(of: text) + 8, theme.tickSize * 1.4)
    let places = [area.maxX - size.x, area.x + 4, area.center.x - size.x / 2].flatMap { x in
      [height - size.y - 1, height + 2].map { Rect(x: x, y: $0, width: size.x, height: size.y) }
    }
    let inside = places.filter(area.contains)
    let hidden = inside.map(obstacles.hidden)
    guard let best = inside.indices.min(by: { hidden[$0] < hidden[$1] }) else { return }
    canvas.fill(.rectangle(inside[best]), theme.page.opacity(0.8))
    canvas.write(text, at: inside[best].center, theme.note(), align: .middle, centered: true)
  }
}
