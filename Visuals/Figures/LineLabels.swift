/// Writes numbers on lines of equal value, where they hide no data and no other number.
struct LineLabels {
  let plot: Plot
  var obstacles: Obstacles
  /// How many lines of a level have numbers.
  var perLevel = 4
  /// How far marks reach around their places.
  var reach = 0.0

  /// Labels the longest lines of every level, in places of the plot; short ones stay without.
  func draw(_ levels: [[[Point]]], _ labels: [String], on canvas: inout Canvas) {
    let style = Canvas.TextStyle(plot.theme.tickSize * 0.9, color: plot.theme.text)
    var obstacles = obstacles
    for (lines, label) in zip(levels, labels) {
      let size = Point(style.width(of: label) + 6, style.size * 1.25)
      for line in lines.sorted(by: { Self.length($0) > Self.length($1) }).prefix(perLevel) {
        guard Self.length(line) > 4 * size.x, let plate = plate(on: line, size, obstacles) else { continue }
        canvas.fill(.rectangle(plate, rounded: 3), plot.theme.page.opacity(0.65))
        canvas.write(label, at: plate.center, style, align: .middle, centered: true)
        // Numbers keep their distance from each other.
        obstacles.areas.append(plate.inset(by: -14))
      }
    }
  }

  private static func length(_ line: [Point]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
  }

  /// A plate on `line`, the nearer to its middle the better, that hides nothing.
  private func plate(on line: [Point], _ size: Point, _ obstacles: Obstacles) -> Rect? {
    let room = plot.area.inset(by: 4)
    let step = max(line.count / 40, 1)
    for distance in 0..<20 {
      for index in [line.count / 2 + distance * step, line.count / 2 - distance * step]
      where line.indices.contains(index) {
        let plate = Rect(around: line[index], size)
        if room.contains(plate) && obstacles.leaveFree(plate.inset(by: -reach)) { return plate }
      }
    }
    return nil
  }
}
