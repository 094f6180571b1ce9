import GliaCore

/// A learned function of two inputs as a field of colours with lines of equal value, and the data in the same colours.
public struct RegressionSurface: Figure {
  /// Data points with two inputs and one target.
  public struct Samples: Hashable, Sendable {
    /// What the set is called in the legend.
    public var name: String
    /// x₁ and x₂ of each sample in turn.
    public var coordinates: [Float]
    /// The targets.
    public var targets: [Float]
    /// How the points are drawn.
    public var marker: Marker

    /// A set of samples, two coordinates for each target.
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

  /// Size, look and words.
  public var page = Page()
  /// The data.
  public var samples: [Samples]
  /// The learned function, from points (x₁ and x₂ in turn) to one value each.
  public var function: @Sendable (_ points: [Float]) throws -> [Float]
  /// The names of the two inputs.
  public var axes = ("x₁", "x₂")
  /// The name of the value.
  public var quantity = "value"
  /// The part of the plane that is drawn, its shorter side extended to a square; around the points if `nil`.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?

  /// The surface of `function` with the data it was fitted to.
  public init(samples: [Samples], function: @escaping @Sendable (_ points: [Float]) throws -> [Float]) {
    self.samples = samples
    self.function = function
  }

  /// Draws the field, its lines of equal value, the data and the colour bar.
  ///
  /// Throws what `function` throws; when it does not give one value a point; when no value or no sample is finite.
  public func draw(on canvas: inout Canvas) throws {
    let (x, y) = try scales()
    let side = min(canvas.bounds.width, canvas.bounds.height) * canvas.scale
    let nodes = min(max(Int(side / 2), 300), 1200)
    let grid = try Grid(columns: nodes, rows: nodes, x: x, y: y, function)
    let targets = samples.flatMap { $0.targets.map(Double.init) }.filter(\.isFinite)
    let values = grid.values.lazy.map(Double.init).filter(\.isFinite)
    guard grid.channels == 1, !values.isEmpty else {
      throw GliaError(
        grid.channels == 1 ? "the surface is finite nowhere" : "the function gives \(grid.channels) values a point",
        at: "function", expected: "one finite value for every point")
    }
    let scale = Scale.spanning(
      [values.min(), values.max(), targets.min(), targets.max()].compactMap(\.self), padding: 0)
    let theme = page.theme
    let ticks = Ticks(scale)
    let bar = ColorBar(
      color: { theme.ramp(at: $0) }, ticks: zip(ticks.values.map(scale.fraction), ticks.labels).map { ($0, $1) },
      name: quantity + (ticks.note.map { " (\($0))" } ?? ""), theme: theme)
    let legend = Legend(
      entries: samples.filter { !$0.targets.isEmpty }.map { set in
        (.marker(set.marker, theme.ramp(at: 0.5), isHollow: false), "\(set.name) (\(set.targets.count))")
      }, theme: theme)
    let layout = PlaneLayout(
      page: page, bounds: canvas.bounds, x: Axis(x, name: axes.0), y: Axis(y, name: axes.1), barWidth: bar.width,
      legendWidth: min(legend.width, 190))
    try drawField(grid, scale, ticks.values, on: &canvas, layout.plot)
    layout.plot.drawAxes(on: &canvas)
    bar.draw(on: &canvas, in: layout.bar)
    legend.draw(on: &canvas, in: layout.legend)
    page.drawWords(on: &canvas, left: layout.plot.area.x, note: note(grid))
  }

  private func scales() throws -> (x: Scale, y: Scale) {
    for set in samples where set.coordinates.count != 2 * set.targets.count {
      throw GliaError(
        "\(set.coordinates.count) coordinates do not fit \(set.targets.count) targets", at: set.name,
        expected: "two coordinates for every target")
    }
    if let limits { return PlaneLayout.scales(holding: limits.x, limits.y) }
    guard let scales = PlaneLayout.scales(around: samples.flatMap(\.points)) else {
      throw GliaError(
        "there are no finite samples to draw", at: "samples", expected: "at least one sample, or limits")
    }
    return scales
  }

  private func drawField(
    _ grid: Grid, _ scale: Scale, _ levels: [Double], on canvas: inout Canvas, _ plot: Plot
  ) throws {
    let theme = page.theme
    let shades = (0...512).map { theme.ramp(at: Double($0) / 512) }
    canvas.paint(plot.area) { u, v in
      let t = scale.fraction(Double(grid.sample(u, 1 - v)))
      return t.isFinite ? shades[Int(min(max(t, 0), 1) * 512 + 0.5)] : theme.spine
    }
    canvas.clip = plot.area
    for level in levels {
      var path = Path()
      for line in try Contour.lines(of: grid, at: Float(level)) {
        path.append(Path(line.map { plot.place($0.x, $0.y) }))
      }
      canvas.stroke(path, Stroke(0.9), theme.text.opacity(0.45))
    }
    for set in samples {
      for (point, target) in zip(set.points, set.targets) where point.isFinite && target.isFinite {
        let color = theme.ramp(at: scale.fraction(Double(target)))
        canvas.mark(set.marker, at: plot.place(point.x, point.y), radius: 4, color: color, theme: theme)
      }
    }
    canvas.clip = nil
  }

  func note(_ grid: Grid) -> String {
    let skipped = samples.reduce(0) { count, set in
      count + zip(set.points, set.targets).count { !$0.isFinite || !$1.isFinite }
    }
    return [
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "sample that is" : "samples that are") not finite left out" : "",
      grid.nonFiniteCount > 0 ? "not finite at \(grid.nonFiniteCount) of \(grid.columns * grid.rows) nodes (grey)" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
