import GliaCore

/// Maps of what every unit of a network with two inputs computes: half-planes in the first layer, convex polygons in
/// the second, compositions of them in the third (Lippmann, "An introduction to computing with neural nets", 1987).
///
/// The units of a layer share one color scale, all maps show the same part of the plane, and a line shows where a unit
/// becomes active.
///
/// ```swift
/// try UnitMaps(of: network, on: moons).write(to: "units.png")
/// ```
public struct UnitMaps: Figure {
  /// A function from points (n × 2, x₁ and x₂ interleaved) to the outputs of every layer (n × units each).
  public typealias Activations = @Sendable (_ points: [Float]) throws -> [[Float]]

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The layers, the input not among them.
  public var layers: [LayerSummary]
  /// Computes the outputs of the layers.
  public var activations: Activations
  /// The points drawn over every map.
  public var points: [PointSet] = []
  /// The names of the classes of the points.
  public var classes: [String] = []
  /// The names of the two inputs.
  public var axes = ("x₁", "x₂")
  /// The part of the plane that is drawn, its shorter side extended to a square. If `nil`, the figure shows the area
  /// around the points.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  /// The maximum number of units drawn per layer.
  public var mostUnits = 64
  /// Whether the points are drawn; if not, they only determine the limits.
  public var showsPoints = true

  /// Creates the maps of the units of `layers`.
  public init(layers: [LayerSummary], points: [PointSet] = [], activations: @escaping Activations) {
    self.layers = layers
    self.points = points
    self.activations = activations
  }

  /// Draws the layers from top to bottom, with one map per unit.
  ///
  /// Rethrows errors of `activations`. Throws an error when its values don't match the layers, when there are neither
  /// finite points nor limits, or when the page is too small for the maps.
  public func draw(on canvas: inout Canvas) throws {
    try layers.check()
    let (x, y) = try scales()
    let theme = page.theme
    let units = layers.map { Array(0..<min($0.units, max(mostUnits, 1))) }
    let layout = try UnitMapsLayout(self, units: units.map(\.count), bounds: canvas.bounds, x: x, y: y)
    let largest = layout.maps.joined().map(\.width).max() ?? 0
    let nodes = min(max(Int(largest * canvas.scale / 1.5), 40), 300)
    let field = try UnitField(self, units: units, x: x, y: y, nodes: nodes)
    let silent = try silentUnits()
    let shades = (0...256).map { UnitField.tint(theme)(Double($0) / 256) }
    for (layer, areas) in layout.maps.enumerated() {
      layout.drawHeading(layers[layer], skipped: layers[layer].units - areas.count, beside: areas[0], on: &canvas)
      field.bar(layer, theme).draw(on: &canvas, in: layout.bars[layer])
      for (unit, area) in areas.enumerated() {
        let plot = Plot(area: area, x: Axis(x), y: Axis(y), theme: theme)
        field.paint(layer: layer, unit: unit, on: &canvas, in: area, shades: shades)
        if showsPoints { drawPoints(on: &canvas, plot) }
        try field.drawThreshold(layer: layer, unit: unit, on: &canvas, plot, Stroke(1.2))
        canvas.stroke(.rectangle(area), Stroke(1 / canvas.scale, join: .miter), theme.spine)
        let isSilent = silent[layer].contains(unit)
        layout.drawCaption(layers[layer].unitName(unit), isSilent: isSilent, over: area, on: &canvas)
      }
    }
    layout.drawAxes(on: &canvas, x, y, names: axes)
    layout.drawKey(on: &canvas)
    page.drawText(on: &canvas, left: layout.left, note: note(field))
  }

  /// Returns the scales of the plane.
  func scales() throws -> (x: Scale, y: Scale) {
    for set in points { try set.check(classes: max(classes.count, 1)) }
    return try PlaneLayout.scales(limits: limits.map { PlotLimits($0.x, $0.y) }, points)
  }

  /// Returns the values of `units` of each layer at `points`, point by point. Wide layers are evaluated in batches.
  func values(of units: [[Int]], at points: [Float]) throws -> [Float] {
    let pieces = stride(from: 0, to: points.count, by: 2 * pointsAtOnce).map { first in
      Array(points[first..<min(first + 2 * pointsAtOnce, points.count)])
    }
    return try pieces.flatMap { try values(of: units, atOnce: $0) }
  }

  /// The batch size for evaluation, which is small if there are many units.
  private var pointsAtOnce: Int { max((1 << 24) / max(unitCount, 1), 1) }
  /// The number of all units, drawn or not.
  var unitCount: Int { layers.reduce(0) { $0 + $1.units } }

  private func values(of units: [[Int]], atOnce points: [Float]) throws -> [Float] {
    let count = points.count / 2
    let all = try activations(points)
    guard all.count == layers.count else {
      throw GliaError(
        "values of \(all.count) layers for \(layers.count) that are to be drawn", at: "activations",
        expected: "one array a layer")
    }
    for (values, layer) in zip(all, layers) where values.count != count * layer.units {
      throw GliaError(
        "\(values.count) values of \(layer.units) units at \(count) points", at: layer.name,
        expected: "\(count * layer.units) values, point by point")
    }
    var chosen: [Float] = []
    chosen.reserveCapacity(count * units.reduce(0) { $0 + $1.count })
    for point in 0..<count {
      for (layer, units) in units.enumerated() {
        let first = point * layers[layer].units
        for unit in units { chosen.append(all[layer][first + unit]) }
      }
    }
    return chosen
  }

  /// Returns the units of each layer that output exactly 0 for every point, such as dead rectified units.
  private func silentUnits() throws -> [Set<Int>] {
    let finite = points.flatMap { set in set.finite.flatMap { set.coordinates[2 * $0...2 * $0 + 1] } }
    guard !finite.isEmpty else { return layers.map { _ in [] } }
    var isSilent = layers.map { [Bool](repeating: true, count: $0.units) }
    for first in stride(from: 0, to: finite.count, by: 2 * pointsAtOnce) {
      let all = try activations(Array(finite[first..<min(first + 2 * pointsAtOnce, finite.count)]))
      for (layer, values) in all.enumerated() where layers.indices.contains(layer) {
        for (index, value) in values.enumerated() where value != 0 {
          isSilent[layer][index % layers[layer].units] = false
        }
      }
    }
    return isSilent.map { units in Set(units.indices.filter { units[$0] }) }
  }

  /// The legend entries of the points and the threshold.
  var entries: (classes: [LegendEntry], rest: [LegendEntry]) {
    let theme = page.theme
    let hasLine = layers.contains { $0.threshold != nil }
    let line: [LegendEntry] = hasLine ? [(.line(theme.text, Stroke(1.2)), "threshold")] : []
    guard showsPoints, points.contains(where: { $0.count > 0 }) else { return ([], line) }
    return (classes.enumerated().map { (.marker(marker($0), theme.hue($0), isHollow: false), $1) }, line)
  }

  /// Returns the marker of a class, which distinguishes it in addition to its color.
  func marker(_ index: Int) -> Marker { .of(index, hues: page.theme.palette.count) }

  private static let mostPoints = 300
  /// The minimum side of a map with points.
  private static let smallestWithPoints = 44.0

  /// One in this many points is drawn.
  private var step: Int { max(points.reduce(0) { $0 + $1.count } / Self.mostPoints, 1) }

  /// Draws some of the points, unless the map is so small that they would hide it.
  func drawPoints(on canvas: inout Canvas, _ plot: Plot) {
    guard plot.area.width >= Self.smallestWithPoints else { return }
    let theme = page.theme
    let radius = min(plot.area.width / 70, 2.2)
    let stamps = (0..<max(classes.count, 1)).map {
      MarkStamp(marker($0), radius: radius, color: theme.hue($0), theme: theme, scale: canvas.scale)
    }
    canvas.clip = plot.area
    for set in points {
      // A random order keeps one class from hiding another.
      var random = Random(seed: 7)
      for index in random.permutation(set.count).enumerated().filter({ $0.offset % step == 0 }).map(\.element) {
        let point = set.point(index)
        guard point.isFinite else { continue }
        let place = plot.place(point.x, point.y)
        canvas.draw(stamps[set.labels[index]], at: place)
      }
    }
    canvas.clip = nil
  }

  func note(_ field: UnitField) -> String {
    let skipped = points.reduce(0) { $0 + $1.count - $1.finite.count }
    let broken = field.nonFiniteCount
    return [
      showsPoints && step > 1 ? "1 in \(step) points drawn" : "",
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "point that is" : "points that are") not finite left out" : "",
      broken > 0 ? "values of \(broken) \(broken == 1 ? "unit" : "units") not finite in places (gray)" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
