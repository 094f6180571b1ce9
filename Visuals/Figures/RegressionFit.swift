import GliaCore

/// A learned function of one input, drawn as a curve over the data.
public struct RegressionFit: Figure {
  /// Data points with one input and one target.
  public struct Samples: Hashable, Sendable {
    /// The name of the set in the legend.
    public var name: String
    /// The inputs.
    public var x: [Float]
    /// The targets.
    public var y: [Float]
    /// How the points are drawn.
    public var style: PointSet.Style

    /// Creates a set of samples from equally many inputs and targets.
    public init(_ name: String, x: [Float], y: [Float], style: PointSet.Style = .filled) {
      self.name = name
      self.x = x
      self.y = y
      self.style = style
    }

    var points: [Point] { zip(x, y).map { Point(Double($0), Double($1)) } }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The data.
  public var samples: [Samples]
  /// The learned function, which maps n inputs to n outputs.
  public var function: @Sendable (_ x: [Float]) throws -> [Float]
  /// The name of the curve in the legend.
  public var name = "network"
  /// The names of the input and the output.
  public var axes = ("x", "y")
  /// The part of the plane that is drawn. If `nil`, the figure shows all samples and most of the curve.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)?

  /// Creates the curve of `function` with the data it was fitted to.
  public init(samples: [Samples], function: @escaping @Sendable (_ x: [Float]) throws -> [Float]) {
    self.samples = samples
    self.function = function
  }

  /// Draws the data and the curve over all inputs.
  ///
  /// Rethrows errors of `function`. Throws an error when no sample is finite, or when inputs, targets, and outputs
  /// differ in number.
  public func draw(on canvas: inout Canvas) throws { try drawPage(on: &canvas) }
}

extension RegressionFit: PlotFigure {
  func content(within limits: PlotLimits?) throws -> PlotContent {
    let limits = limits ?? self.limits.map { PlotLimits($0.x, $0.y) }
    let points = try finitePoints()
    let x = limits.map { Scale(from: $0.x.lowerBound, to: $0.x.upperBound) } ?? .spanning(points.joined().map(\.x))
    let curve = try curve(over: x, steps: min(max(page.width / 2, 200), 4000))
    let targets = Scale.spanning(points.joined().map(\.y), padding: 0.3)
    let seen = curve.map(\.y).filter(targets.contains)
    let y =
      limits.map { Scale(from: $0.y.lowerBound, to: $0.y.upperBound) }
      ?? .spanning(points.joined().map(\.y) + seen, padding: 0.08)
    return PlotContent(
      x: Axis(x, name: axes.0), y: Axis(y, name: axes.1), hasGridLines: true, legend: legend(counting: true),
      legendWidth: legend(counting: true).width,
      sharedLegend: legend(counting: false),
      obstacles: { plot in
        Obstacles(
          points: points.joined().map { plot.place($0.x, $0.y) }, lines: [curve.map { plot.place($0.x, $0.y) }])
      },
      draw: { canvas, plot in
        draw(points, on: &canvas, plot)
        draw(curve, on: &canvas, plot)
        return note(curve, beyond: plot.y.scale)
      })
  }

  private func finitePoints() throws -> [[Point]] {
    for set in samples where set.x.count != set.y.count {
      throw GliaError(
        "\(set.x.count) inputs do not fit \(set.y.count) targets", at: set.name, expected: "one target for every input")
    }
    let points = samples.map { $0.points.filter(\.isFinite) }
    guard points.contains(where: { !$0.isEmpty }) else {
      throw GliaError("there are no finite samples to draw", at: "samples", expected: "at least one sample")
    }
    return points
  }

  private func curve(over scale: Scale, steps: Int) throws -> [Point] {
    let inputs = (0...steps).map { Float(scale.value(at: Double($0) / Double(steps))) }
    let outputs = try function(inputs)
    guard outputs.count == inputs.count else {
      throw GliaError(
        "the function gave \(outputs.count) outputs for \(inputs.count) inputs", at: "function",
        expected: "one output for every input")
    }
    return zip(inputs, outputs).map { Point(Double($0), Double($1)) }
  }

  private func legend(counting: Bool) -> Legend {
    let theme = page.theme
    let sets: [LegendEntry] = samples.enumerated().filter { !$1.x.isEmpty }.map { index, set in
      let key = Legend.Key.marker(marker(index), theme.hue(index), isHollow: set.style == .hollow)
      return (key, counting ? "\(set.name) (\(set.x.count))" : set.name)
    }
    return Legend(entries: [(.line(theme.counterpart, Stroke(2.4)), name)] + sets, theme: theme)
  }

  /// Returns circles, filled or hollow; further sets of the same style have other shapes.
  private func marker(_ index: Int) -> Marker {
    .of(samples.prefix(index).count { $0.style == samples[index].style }, hues: 1)
  }

  private func draw(_ points: [[Point]], on canvas: inout Canvas, _ plot: Plot) {
    let count = points.reduce(0) { $0 + $1.count }
    let radius = Marker.radius(for: count, width: plot.area.width) * 0.9
    for (index, set) in points.enumerated() {
      for point in set {
        canvas.mark(
          marker(index), at: plot.place(point.x, point.y), radius: radius, color: page.theme.hue(index),
          isHollow: samples[index].style == .hollow, theme: page.theme)
      }
    }
  }

  private func draw(_ curve: [Point], on canvas: inout Canvas, _ plot: Plot) {
    var path = Path()
    for stretch in curve.split(whereSeparator: { !$0.isFinite }) {
      path.append(Path(stretch.map { plot.place($0.x, $0.y) }))
    }
    canvas.stroke(path, Stroke(4.4), page.theme.page.opacity(0.8))
    canvas.stroke(path, Stroke(2.4), page.theme.counterpart)
  }

  /// Returns a note on what is not drawn: samples, and parts of the curve that are not finite or outside `scale`.
  func note(_ curve: [Point], beyond scale: Scale) -> String {
    let skipped = samples.reduce(0) { $0 + $1.points.count { !$0.isFinite } }
    let gaps = curve.count { !$0.isFinite }
    let beyond = curve.count { $0.isFinite && !scale.contains($0.y) }
    let part = NumberText.fixed(100 * Double(beyond) / Double(max(curve.count - gaps, 1)), decimals: 0)
    return [
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "sample that is" : "samples that are") not finite left out" : "",
      gaps == 0
        ? "" : "\(name) not finite at \(gaps == curve.count ? "any input" : "\(gaps) of \(curve.count) inputs")",
      part == "0" ? "" : part == "100" ? "\(name) wholly outside" : "\(name) outside over \(part) % of the width",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
