/// The links of a ``NetworkDiagram`` and the dots of its biases.
struct DiagramLinks {
  struct Link {
    var path: Path
    /// The weight; NaN if the link has none of its own.
    var weight: Double
  }

  private let figure: NetworkDiagram
  private let layout: DiagramLayout
  /// The largest finite |weight|; 0 if there is none.
  let largestWeight: Double
  /// The largest finite |bias|; 0 if there is none.
  let largestBias: Double
  /// The width of the link of the largest weight.
  let widest: Double
  private let isSparse: Bool

  init(_ figure: NetworkDiagram, _ layout: DiagramLayout) {
    (self.figure, self.layout) = (figure, layout)
    func largest(_ values: [Float]) -> Double { values.lazy.filter(\.isFinite).map { abs(Double($0)) }.max() ?? 0 }
    largestWeight = figure.connections.map { largest($0.weights) }.max() ?? 0
    largestBias = figure.showsBiases ? figure.connections.map { largest($0.biases) }.max() ?? 0 : 0
    let counts = zip(layout.columns, layout.columns.dropFirst()).map { $0.units.count * $1.units.count }
    let crowd = min(counts.max() ?? 1, max(figure.mostLinks, 1))
    widest = min(max(44 / Double(crowd).squareRoot(), 1.6), 7)
    isSparse = crowd <= 300
  }

  /// Returns the opacity of a link; if there are many, weak ones are fainter.
  func opacity(_ weight: Double) -> Double {
    isSparse || largestWeight == 0 ? 0.95 : 0.25 + 0.7 * abs(weight) / largestWeight
  }

  /// Whether a layer has no weights that can be drawn.
  var hasOthers: Bool { figure.connections.contains { $0.weights.isEmpty } }

  /// The stroke of links without weights.
  let other = Stroke(0.8)

  /// The numbers of links between drawn units and of links that are drawn.
  var counts: (all: Int, drawn: Int) {
    let counts = zip(zip(layout.columns, layout.columns.dropFirst()), figure.connections).map { columns, connection in
      let (from, to) = (columns.0.units, columns.1.units)
      guard connection.sources != nil else { return from.count * to.count }
      return to.reduce(0) { sum, unit in sum + from.count { connection.links(unit, to: $0) } }
    }
    let drawn = zip(counts, figure.connections).map { $1.weights.isEmpty ? $0 : min($0, max(figure.mostLinks, 0)) }
    return (counts.reduce(0, +), drawn.reduce(0, +))
  }

  private var theme: Theme { figure.page.theme }

  /// Returns the color for the sign of `value`.
  func color(_ value: Double) -> Color {
    (value < 0 ? theme.negative : theme.positive).mixed(with: theme.text, 0.06)
  }

  /// Returns the stroke of a weight, which is dashed for negative weights in addition to their color.
  func stroke(_ weight: Double) -> Stroke {
    let width = largestWeight > 0 ? widest * abs(weight) / largestWeight : 0
    return Stroke(width, dashes: weight < 0 ? [4 + width * 0.4, 1.6 + width * 0.15] : [])
  }

  /// Returns the radius of the dot of a bias, whose area is proportional to the bias.
  func radius(_ bias: Double, most: Double) -> Double {
    largestBias > 0 ? most * (abs(bias) / largestBias).squareRoot() : 0
  }

  /// Draws the links, weakest first.
  func draw(on canvas: inout Canvas) {
    for index in figure.connections.indices {
      let links = links(before: index + 1)
      if figure.connections[index].weights.isEmpty {
        var path = Path()
        for link in links { path.append(link.path) }
        canvas.stroke(path, other, theme.spine.opacity(0.5))
        continue
      }
      let drawn = links.filter { $0.weight.isFinite && $0.weight != 0 }.sorted { abs($0.weight) < abs($1.weight) }
      for link in drawn.suffix(max(figure.mostLinks, 0)) {
        let stroke = stroke(link.weight)
        if isSparse { canvas.stroke(link.path, Stroke(stroke.width + 1.6), theme.page.opacity(0.7)) }
        canvas.stroke(link.path, stroke, color(link.weight).opacity(opacity(link.weight)))
      }
    }
  }

  /// Returns the links to layer `index`, spread over the sides of the units.
  func links(before index: Int) -> [Link] {
    let (from, to) = (layout.columns[index - 1], layout.columns[index])
    let connection = figure.connections[index - 1]
    let weights = connection.weights
    let inputs = figure.layers[index - 1].units
    func port(_ rank: Int, of count: Int, _ side: Double) -> Double {
      ((Double(rank) + 0.5) / Double(count) - 0.5) * side * 0.7
    }
    return to.units.indices.flatMap { j in
      from.units.indices.filter { connection.links(to.units[j], to: from.units[$0]) }.map { i in
        let start = from.places[i] + Point(from.side / 2, port(j, of: to.units.count, from.side))
        let end = to.places[j] + Point(-to.side / 2, port(i, of: from.units.count, to.side))
        let reach = Point((end.x - start.x) * 0.45, 0)
        var path = Path()
        path.move(to: start)
        path.curve(start + reach, end - reach, to: end)
        return Link(
          path: path, weight: weights.isEmpty ? .nan : Double(weights[to.units[j] * inputs + from.units[i]]))
      }
    }
  }

  /// Draws the bias of every unit as a dot, in the center of a disc or at the corner of a map.
  func drawBiases(on canvas: inout Canvas) {
    for (connection, column) in zip(figure.connections, layout.columns.dropFirst()) where !connection.biases.isEmpty {
      for (unit, area) in zip(column.units, column.areas) {
        let bias = Double(connection.biases[unit])
        guard bias.isFinite, bias != 0 else { continue }
        let most = Self.largestDot(column.side, isMap: column.hasMaps)
        let place = column.hasMaps ? Point(area.x, area.maxY) : area.center
        let radius = radius(bias, most: most)
        if column.hasMaps { canvas.fill(.circle(place, radius: radius + 1), theme.page) }
        canvas.fill(.circle(place, radius: radius), color(bias))
      }
    }
  }

  /// Returns the radius of the dot of the largest bias for units of the given size.
  private static func largestDot(_ side: Double, isMap: Bool) -> Double { min(side * (isMap ? 0.14 : 0.34), 5.5) }
  /// The radius of the dots in the legend.
  static let keyDot = 5.5
}

/// The legend of a ``NetworkDiagram`` in one line: colors, widths, and classes.
struct DiagramKey {
  let links: DiagramLinks
  let theme: Theme
  let hasMaps: Bool
  /// The classes of the points in the maps.
  let classes: [LegendEntry]

  private static let gap = 24.0
  private static let bar = 76.0

  static func height(_ theme: Theme) -> Double { theme.labelSize * 1.2 + theme.tickSize * 1.4 }

  /// Draws as many of the explanations as fit.
  func draw(on canvas: inout Canvas, in area: Rect) {
    var x = area.x
    let line = area.y + theme.labelSize * 0.6
    func begin(_ name: String, width: Double) -> Bool {
      let nameWidth = theme.label().width(of: name) + 10
      guard x + nameWidth + width <= area.maxX else { return false }
      canvas.write(name, at: Point(x, line), theme.label(), centered: true)
      x += nameWidth
      return true
    }
    func number(_ text: String, _ center: Double) {
      canvas.write(text, at: Point(center, area.maxY), theme.note(), align: .middle)
    }
    let weight = links.largestWeight
    if weight > 0, begin("weight", width: 4 * 38) {
      for value in [-weight, -weight / 2, weight / 2, weight] {
        let path = Path.line(Point(x, line), Point(x + 30, line))
        canvas.stroke(path, links.stroke(value), links.color(value).opacity(links.opacity(value)))
        number(NumberText.plain(value, digits: 2), x + 15)
        x += 40
      }
      x += Self.gap - 10
    }
    if links.hasOthers, begin("other links", width: 30) {
      canvas.stroke(.line(Point(x, line), Point(x + 30, line)), links.other, theme.spine.opacity(0.5))
      x += 30 + Self.gap
    }
    let bias = links.largestBias
    if bias > 0, begin("bias", width: 2 * 36) {
      for value in [-bias, bias] {
        canvas.fill(.circle(Point(x + 14, line), radius: DiagramLinks.keyDot), links.color(value))
        number(NumberText.plain(value, digits: 2), x + 14)
        x += 38
      }
      x += Self.gap - 10
    }
    if hasMaps, begin("activation", width: Self.bar) {
      let bar = Rect(x: x, y: line - 5, width: Self.bar, height: 10)
      let tint = UnitField.tint(theme)
      canvas.paint(bar) { u, _ in tint(u) }
      canvas.stroke(.rectangle(bar), Stroke(1 / canvas.scale, join: .miter), theme.spine)
      number("low", x + 10)
      number("high", x + Self.bar - 10)
      x += Self.bar + Self.gap
      if begin("threshold", width: 30) {
        canvas.stroke(.line(Point(x, line), Point(x + 28, line)), Stroke(1.2), theme.text)
        x += 28 + Self.gap
      }
    }
    let legends = classes.map { Legend(entries: [$0], theme: theme) }
    guard x + legends.reduce(0, { $0 + $1.width + 14 }) <= area.maxX + 14 else { return }
    for legend in legends {
      let height = theme.labelSize * 1.6
      legend.draw(on: &canvas, in: Rect(x: x, y: line - height / 2, width: legend.width + 1, height: height))
      x += legend.width + 14
    }
  }
}
