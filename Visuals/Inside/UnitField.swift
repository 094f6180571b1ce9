import GliaCore

/// The values of a network's units over a rectangle of the plane, which are drawn as small maps.
struct UnitField {
  /// The color scale of a layer: a neutral middle and the distance to both ends.
  struct Span {
    var middle: Double
    var reach: Double
    /// The part of the color scale that the values can reach.
    var shown: ClosedRange<Double>

    /// Returns the position of `value` on the color scale, from 0 to 1.
    func place(_ value: Double) -> Double { 0.5 + (value - middle) / reach / 2 }
  }

  private let maps: UnitMaps
  /// The drawn units of each layer.
  let units: [[Int]]
  private let fields: [[SampledField]]
  /// The color scale shared by the units of each layer.
  let spans: [Span]

  /// Evaluates `units` of each layer at `nodes` × `nodes` points.
  init(_ maps: UnitMaps, units: [[Int]], x: Scale, y: Scale, nodes: Int) throws {
    self.maps = maps
    self.units = units
    let count = units.reduce(0) { $0 + $1.count }
    let affordable = Int((30_000_000 / Double(max(count, 1))).squareRoot())
    let nodes = max(min(nodes, affordable), 8)
    // The whole network is evaluated, no matter how many of its units are drawn.
    let all = try SampledField(columns: nodes, rows: nodes, x: x, y: y, numbersPerPoint: maps.unitCount) {
      try maps.values(of: units, at: $0)
    }
    var channel = 0
    fields = units.map { units in
      units.map { _ in
        defer { channel += 1 }
        return all.with(stride(from: channel, to: all.values.count, by: count).map { all.values[$0] })
      }
    }
    spans = zip(maps.layers, fields).map { layer, fields in Self.span(of: layer, fields) }
  }

  /// Returns the color scale between the bounds of the layer's range or, if it has none, symmetric around 0 up to all
  /// but the most extreme values.
  private static func span(of layer: LayerSummary, _ fields: [SampledField]) -> Span {
    if let range = layer.range, range.lowerBound.isFinite, range.upperBound.isFinite,
      range.upperBound > range.lowerBound
    {
      let reach = (range.upperBound - range.lowerBound) / 2
      return Span(middle: range.lowerBound + reach, reach: reach, shown: 0...1)
    }
    // About twenty thousand values are enough for an estimate.
    let sizes = fields.flatMap { field in
      stride(from: 0, to: field.values.count, by: max(field.values.count * fields.count / 20_000, 1)).map {
        abs(Double(field.values[$0]))
      }
    }.filter { $0.isFinite && $0 > 0 }.sorted()
    let reach = sizes.isEmpty ? 1 : sizes[Int(Double(sizes.count - 1) * 0.98)]
    var span = Span(middle: 0, reach: reach, shown: 0...1)
    if let range = layer.range {
      let low = max(span.place(range.lowerBound), 0)
      span.shown = min(low, 0.5)...max(min(span.place(range.upperBound), 1), 0.5)
    }
    return span
  }

  /// With more units than this, contour lines are not refined.
  private static let mostRefined = 10_000

  /// The number of maps with values that are not finite.
  var nonFiniteCount: Int { fields.joined().count { $0.nonFiniteCount > 0 } }

  /// Returns the color at each position of the scale.
  static func tint(_ theme: Theme) -> @Sendable (Double) -> Color {
    // Small maps need stronger colors than regions below data.
    { place in theme.region(place < 0.5 ? 0 : 1, abs(2 * place - 1) * 1.2) }
  }

  /// Draws the values of a unit over `area` in `shades`, from the lowest to the highest value.
  func paint(layer: Int, unit: Int, on canvas: inout Canvas, in area: Rect, shades: [Color]) {
    let theme = maps.page.theme
    let (field, span) = (fields[layer][unit], spans[layer])
    canvas.paint(
      field, over: area, shades: shades.map(\.bytes), unknown: theme.spine.mixed(with: theme.page, 0.55).bytes,
      place: { span.place(Double($0)) })
  }

  /// Draws the contour line at which a unit becomes active.
  func drawThreshold(layer: Int, unit: Int, on canvas: inout Canvas, _ plot: Plot, _ stroke: Stroke) throws {
    guard let threshold = maps.layers[layer].threshold, threshold.isFinite else { return }
    let only = units.indices.map { $0 == layer ? [units[layer][unit]] : [] }
    var path = Path()
    for line in try Contour.lines(
      of: fields[layer][unit], at: Float(threshold),
      refine: maps.unitCount > Self.mostRefined ? nil : { try maps.values(of: only, at: $0) })
    {
      path.append(Path(line.map { plot.place($0.x, $0.y) }))
    }
    canvas.clip = plot.area
    canvas.stroke(path, stroke, maps.page.theme.text)
    canvas.clip = nil
  }

  /// Returns the color scale of a layer as a color bar.
  func bar(_ layer: Int, _ theme: Theme) -> ColorBar {
    let span = spans[layer]
    let tint = Self.tint(theme)
    let (low, high) = (span.shown.lowerBound, span.shown.upperBound)
    let places = [0.5] + [low, high].filter { abs($0 - 0.5) > 0.1 }
    let ticks = places.map { place in
      let value = span.middle + (2 * place - 1) * span.reach
      return (place: (place - low) / (high - low), label: NumberText.plain(value, digits: 2))
    }
    return ColorBar(color: { tint(low + $0 * (high - low)) }, ticks: ticks, name: "", theme: theme)
  }
}
