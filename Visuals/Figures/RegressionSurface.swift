import GliaCore

/// A learned function of two inputs, drawn as a color field with contour lines, and the data in the same colors.
public struct RegressionSurface: Figure {
  /// Data points with two inputs and one target.
  public struct Samples: Hashable, Sendable {
    /// The name of the set in the legend.
    public var name: String
    /// The coordinates x₁ and x₂ of each sample, interleaved.
    public var coordinates: [Float]
    /// The targets.
    public var targets: [Float]
    /// How the points are drawn.
    public var marker: Marker

    /// Creates a set of samples from two coordinates per target.
    public init(_ name: String, _ coordinates: [Float], targets: [Float], marker: Marker = .circle) {
      self.name = name
      self.coordinates = coordinates
      self.targets = targets
      self.marker = marker
    }

    var points: [Point] {
      targets.indices.map { Point(Double(coordinates[2 * $0]), Double(coordinates[2 * $0 + 1])) }
    }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The data.
  public var samples: [Samples]
  /// The learned function, which maps points (x₁ and x₂ interleaved) to one value each.
  public var function: @Sendable (_ points: [Float]) throws -> [Float]
  /// The names of the two inputs.
  public var axes = ("x₁", "x₂")
  /// The name of the value.
  public var quantity = "value"
  /// The part of the plane that is drawn, its shorter side extended to a square. If `nil`, the figure shows the area
  /// around the points; a few points far outside, which would squeeze the others, are left out and counted in the note.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  /// The values from the first to the last color; if `nil`, those of the surface and the targets.
  public var range: ClosedRange<Double>?
  /// The maximum ratio of the spans of two axes that share one scale.
  var ratio = PlaneLayout.sameUnitRatio
  /// A remark at the lower right, before the note on what could not be drawn.
  var remark = ""
  /// The approximate number of values that the function computes per point.
  var numbersPerPoint = 2

  /// Creates the surface of `function` with the data it was fitted to.
  public init(samples: [Samples], function: @escaping @Sendable (_ points: [Float]) throws -> [Float]) {
    self.samples = samples
    self.function = function
  }

  /// Draws the color field, its contour lines, the data, and the color bar.
  ///
  /// Rethrows errors of `function`. Throws an error when it doesn't return one value per point, or when no value or no
  /// sample is finite.
  public func draw(on canvas: inout Canvas) throws { try drawPage(on: &canvas) }
}

extension RegressionSurface: PlotFigure {
  func content(within limits: PlotLimits?) throws -> PlotContent {
    let (x, y) = try scales(within: limits ?? self.limits.map { PlotLimits($0.x, $0.y) })
    let values = try valueScale(x, y)
    let theme = page.theme
    let ticks = Ticks(values)
    let bar = ColorBar(
      color: { theme.ramp(at: $0) }, ticks: zip(ticks.values.map(values.fraction), ticks.labels).map { ($0, $1) },
      name: quantity + (ticks.note.map { " (\($0))" } ?? ""), theme: theme)
    return PlotContent(
      x: Axis(x, name: axes.0), y: Axis(y, name: axes.1), isSquare: true, bar: bar, legend: legend(counting: true),
      legendWidth: legend(counting: true).width,
      sharedLegend: legend(counting: false),
      obstacles: { plot in
        Obstacles(points: samples.flatMap { $0.points.filter(\.isFinite).map { plot.place($0.x, $0.y) } })
      },
      draw: { canvas, plot in
        let pixels = plot.area.width * canvas.scale
        let field = try sampledField(plot.x.scale, plot.y.scale, nodes: min(Int(min(pixels, 1e6) / 2) + 1, 1200))
        try drawField(field, values, on: &canvas, plot)
        return note(field)
      })
  }

  private func scales(within limits: PlotLimits?) throws -> (x: Scale, y: Scale) {
    for set in samples where set.coordinates.count != 2 * set.targets.count {
      throw GliaError(
        "\(set.coordinates.count) coordinates do not fit \(set.targets.count) targets", at: set.name,
        expected: "two coordinates for every target")
    }
    if let limits { return PlaneLayout.scales(holding: limits.x, limits.y, ratio: ratio) }
    guard let scales = PlaneLayout.scales(around: samples.flatMap(\.points).withoutOutliers, ratio: ratio) else {
      throw GliaError(
        "there are no finite samples to draw", at: "samples", expected: "at least one sample, or limits")
    }
    return scales
  }

  private func sampledField(_ x: Scale, _ y: Scale, nodes: Int) throws -> SampledField {
    let field = try SampledField(
      columns: max(nodes, 8), rows: max(nodes, 8), x: x, y: y, numbersPerPoint: numbersPerPoint, function)
    guard field.channels == 1 else {
      throw GliaError(
        "the function gives \(field.channels) values a point", at: "function", expected: "one value for every point")
    }
    return field
  }

  /// The values from the first to the last color.
  var colorScale: Scale {
    get throws {
      let (x, y) = try scales(within: limits.map { PlotLimits($0.x, $0.y) })
      return try valueScale(x, y)
    }
  }

  /// Returns the scale of all targets and of the values on a coarse grid.
  private func valueScale(_ x: Scale, _ y: Scale) throws -> Scale {
    if let range, range.lowerBound.isFinite, range.upperBound.isFinite {
      return Scale(from: range.lowerBound, to: range.upperBound)
    }
    let values = try sampledField(x, y, nodes: 101).values.lazy.map(Double.init).filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else {
      throw GliaError("the surface is finite nowhere", at: "function", expected: "one finite value for every point")
    }
    let targets = samples.flatMap { $0.targets.map(Double.init) }.filter(\.isFinite)
    return Scale.spanning([low, high] + targets, padding: 0)
  }

  private func legend(counting: Bool) -> Legend {
    let theme = page.theme
    return Legend(
      entries: samples.filter { !$0.targets.isEmpty }.map { set in
        let key = Legend.Key.marker(set.marker, theme.ramp(at: 0.5), isHollow: false)
        return (key, counting ? "\(set.name) (\(set.targets.count))" : set.name)
      }, theme: theme)
  }

  private func drawField(
    _ field: SampledField, _ scale: Scale, on canvas: inout Canvas, _ plot: Plot
  ) throws {
    let theme = page.theme
    let shades = (0...512).map { theme.ramp(at: Double($0) / 512).bytes }
    canvas.paint(
      field, over: plot.area, shades: shades, unknown: theme.spine.bytes, place: { scale.fraction(Double($0)) })
    let levels = levels(of: scale)
    let lines = try levels.values.map { level in
      try Contour.lines(of: field, at: Float(level)).map { line in line.map { plot.place($0.x, $0.y) } }
    }
    for level in lines {
      var path = Path()
      for line in level { path.append(Path(line)) }
      canvas.stroke(path, Stroke(0.9), theme.text.opacity(0.45))
    }
    let points = samples.flatMap { set in
      zip(set.points, set.targets).filter { $0.isFinite && $1.isFinite }.map { ($0, $1, set.marker) }
    }
    let radius = Marker.radius(for: points.count, width: plot.area.width)
    for (point, target, marker) in points {
      let color = theme.ramp(at: scale.fraction(Double(target)))
      canvas.mark(marker, at: plot.place(point.x, point.y), radius: radius, color: color, theme: theme)
    }
    let places = points.map { plot.place($0.0.x, $0.0.y) }
    LineLabels(plot: plot, obstacles: Obstacles(points: places), perLevel: 3, reach: radius).draw(
      lines, levels.labels, on: &canvas)
  }

  /// Returns six to nine levels for contour lines, if round numbers allow.
  func levels(of scale: Scale) -> Ticks {
    let few = Ticks(scale, most: 9)
    return few.values.count < 6 ? Ticks(scale, most: 11) : few
  }

  func note(_ field: SampledField) -> String {
    let skipped = samples.reduce(0) { count, set in
      count + zip(set.points, set.targets).count { !$0.isFinite || !$1.isFinite }
    }
    let plane = PlotLimits(field.x.low...field.x.high, field.y.low...field.y.high)
    let outside = limits == nil ? samples.flatMap(\.points).filter(\.isFinite).count(outside: plane) : 0
    return [
      remark, outside > 0 ? "\(NumberText.count(outside, "point")) outside" : "",
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "sample that is" : "samples that are") not finite left out" : "",
      field.nonFiniteCount > 0
        ? "not finite at \(field.nonFiniteCount) of \(field.columns * field.rows) nodes (gray)" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
