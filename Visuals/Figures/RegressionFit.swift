import GliaCore

/// A learned function of one input as a curve through the data.
public struct RegressionFit: Figure {
  /// Data points with one input and one target.
  public struct Samples: Hashable, Sendable {
    /// What the set is called in the legend.
    public var name: String
    /// The inputs.
    public var x: [Float]
    /// The targets.
    public var y: [Float]
    /// How the points are drawn.
    public var style: PointSet.Style

    /// A set of samples, as many inputs as targets.
    public init(_ name: String, x: [Float], y: [Float], style: PointSet.Style = .filled) {
      self.name = name
      self.x = x
      self.y = y
      self.style = style
    }

    var points: [Point] { zip(x, y).map { Point(Double($0), Double($1)) } }
  }

  /// Size, look and words.
  public var page = Page()
  /// The data.
  public var samples: [Samples]
  /// The learned function, from n inputs to n outputs.
  public var function: @Sendable (_ x: [Float]) throws -> [Float]
  /// What the curve is called in the legend.
  public var name = "network"
  /// The names of the input and the output.
  public var axes = ("x", "y")

  /// The curve of `function` with the data it was fitted to.
  public init(samples: [Samples], function: @escaping @Sendable (_ x: [Float]) throws -> [Float]) {
    self.samples = samples
    self.function = function
  }

  /// Draws the data and the curve over all inputs.
  ///
  /// Throws what `function` throws, and when there is no finite sample or inputs, targets and outputs differ in number.
  public func draw(on canvas: inout Canvas) throws {
    let points = try finitePoints()
    let theme = page.theme
    let x = Axis(.spanning(points.joined().map(\.x)), name: axes.0)
    let curve = try curve(over: x.scale, steps: min(max(canvas.pixelWidth / 2, 200), 4000))
    let targets = Scale.spanning(points.joined().map(\.y), padding: 0.3)
    let seen = curve.map(\.y).filter(targets.contains)
    let y = Axis(.spanning(points.joined().map(\.y) + seen, padding: 0.08), name: axes.1)
    let legend = Legend(entries: entries, theme: theme)
    let margins = Plot.margins(x: x, y: y, theme: theme)
    let top = page.top(above: margins, hasNote: y.ticks.note != nil)
    let beside = max(min(legend.width, 200) + 18, margins.right)
    let area = Rect(
      x: Page.margin + margins.left, y: top,
      width: max(canvas.bounds.width - 2 * Page.margin - margins.left - beside, 1),
      height: max(canvas.bounds.height - top - margins.bottom - Page.margin - 10, 1))
    let plot = Plot(area: area, x: x, y: y, theme: theme)
    plot.drawGrid(on: &canvas)
    plot.drawAxes(on: &canvas)
    draw(points, on: &canvas, plot)
    canvas.clip = Rect(x: area.x, y: area.y - 2, width: area.width, height: area.height + 2)
    draw(curve, on: &canvas, plot)
    canvas.clip = nil
    legend.draw(on: &canvas, in: Rect(x: area.maxX + 18, y: top, width: beside - 18, height: area.height))
    page.drawWords(on: &canvas, left: area.x, note: note(curve))
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

  private var entries: [(key: Legend.Key, name: String)] {
    let theme = page.theme
    let sets: [(key: Legend.Key, name: String)] = samples.enumerated().filter { !$1.x.isEmpty }.map { index, set in
      (.marker(marker(index), theme.hue(index), isHollow: set.style == .hollow), "\(set.name) (\(set.x.count))")
    }
    return [(.line(theme.hue(3), Stroke(2.4)), name)] + sets
  }

  /// Circles, filled and hollow; further sets of one style differ in form.
  private func marker(_ index: Int) -> Marker {
    .of(samples.prefix(index).count { $0.style == samples[index].style }, hues: 1)
  }

  private func draw(_ points: [[Point]], on canvas: inout Canvas, _ plot: Plot) {
    let count = points.reduce(0) { $0 + $1.count }
    let radius = count <= 400 ? 3.6 : max(3.6 * (400 / Double(count)).squareRoot(), 1.6)
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
    canvas.stroke(path, Stroke(2.4), page.theme.hue(3))
  }

  func note(_ curve: [Point]) -> String {
    let skipped = samples.reduce(0) { $0 + $1.points.count { !$0.isFinite } }
    let gaps = curve.count { !$0.isFinite }
    return [
      skipped > 0 ? "\(skipped) \(skipped == 1 ? "sample that is" : "samples that are") not finite left out" : "",
      gaps > 0 ? "the curve is not finite at \(gaps) of \(curve.count) inputs" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
