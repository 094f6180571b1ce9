import GliaCore

/// The gradient norm of every layer during training, which shows gradients that vanish or explode on their way to the
/// first layer (Hochreiter, 1991; Glorot and Bengio, 2010).
///
/// ```swift
/// var flow = GradientFlow()
/// while try training.next() != nil { try flow.record(training.network, on: data, loss: .binaryCrossentropy) }
/// try flow.write(to: "gradients.png")
/// ```
///
/// The axis is logarithmic; norms of exactly 0 are drawn in a separate lane below it.
public struct GradientFlow: Figure {
  /// A layer with its gradient norms.
  public struct Layer: Hashable, Sendable {
    /// The name of the layer at the end of its line.
    public var name: String
    /// The norms ‖∂loss/∂θ‖₂ over the parameters of the layer, one per step or epoch.
    public var norms: [Double]

    /// A layer with its gradient norms.
    public init(_ name: String, norms: [Double] = []) { (self.name, self.norms) = (name, norms) }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The layers, starting at the input.
  public var layers: [Layer]
  /// The name of the horizontal axis.
  public var stepName = "epoch"
  /// The step of the first norms.
  public var firstStep = 1
  /// The name of the vertical axis.
  public var quantity = "norm of the gradient"
  /// The limits of the vertical axis; if `nil`, it includes all norms.
  public var limits: ClosedRange<Double>?

  /// Creates the figure of `layers`, or of layers recorded later.
  public init(layers: [Layer] = []) { self.layers = layers }

  private static let laneHeight = 30.0
  private static let footer = 10.0

  /// Draws a line per layer, from dark for the first to light for the last, with its name and last norm.
  ///
  /// A line ends with a cross where the norm is not finite. Throws an error when no norm is finite or when the limits
  /// are not above 0.
  public func draw(on canvas: inout Canvas) throws {
    let theme = page.theme
    let scales = try scales()
    let x = Axis(scales.x, name: stepName, ticks: Ticks(wholeNumbersOf: scales.x))
    let y = Axis(scales.y, name: quantity)
    let margins = Plot.margins(x: x, y: y, theme: theme)
    let top = page.top(above: margins, hasNote: y.ticks.note != nil)
    var names = LineEndLabels(entries: [], theme: theme, gap: 20)
    names.entries = layers.indices.map {
      LineEndLabels.Entry(name: label(layers[$0]), end: Point(0, 0), color: color($0))
    }
    let right = max(min(names.width, 210) + 4, margins.right)
    let lane = hasZeros ? Self.laneHeight : 0
    let left = Page.margin + margins.left
    let height = max(canvas.bounds.height - top - lane - margins.bottom - Page.margin - Self.footer, 1)
    let area = Rect(
      x: left, y: top, width: max(canvas.bounds.width - left - Page.margin - right, 1), height: height)
    var plot = Plot(area: area, x: x, y: y, theme: theme)
    plot.drawGridLines(on: &canvas)
    if hasZeros {
      drawLane(below: plot, on: &canvas)
      plot.x.ticks = Ticks(values: [], labels: [])
      plot.x.name = ""
    }
    plot.drawAxes(on: &canvas)
    for index in layers.indices.reversed() {
      names.entries[index].end = draw(index, on: &canvas, plot) ?? Point(.nan, .nan)
    }
    names.draw(
      on: &canvas, right: area.maxX, in: Rect(x: area.x, y: area.y, width: area.width, height: height + lane))
    drawEnds(on: &canvas, plot)
    page.drawText(on: &canvas, left: area.x, note: note)
  }

  private var hasZeros: Bool { layers.contains { $0.norms.contains(0) } }

  private func scales() throws -> (x: Scale, y: Scale) {
    let norms = layers.flatMap(\.norms)
    let finite = norms.filter { $0.isFinite && $0 >= 0 }
    guard !finite.isEmpty else {
      throw GliaError(
        norms.isEmpty ? "there are no norms to draw" : "none of the \(norms.count) norms is finite", at: "layers",
        expected: "a norm of 0 or more for at least one layer and step", remedy: "record gradients while training")
    }
    let count = layers.map(\.norms.count).max() ?? 1
    let first = Double(firstStep)
    let inset = count <= 20 ? 0.5 : 0
    let x = Scale(from: first - inset, to: first + Double(count - 1) + inset)
    if let limits {
      guard limits.lowerBound > 0, limits.upperBound.isFinite, limits.lowerBound < limits.upperBound else {
        throw GliaError(
          "the axis goes from \(limits.lowerBound) to \(limits.upperBound)", at: "limits",
          expected: "limits above 0, as the axis is logarithmic")
      }
      return (x, Scale(.logarithmic, from: limits.lowerBound, to: limits.upperBound))
    }
    let positive = finite.filter { $0 > 0 }
    guard let low = positive.min(), let high = positive.max() else {
      return (x, Scale(.logarithmic, from: 0.1, to: 10))
    }
    // The axis spans at least two powers of ten, so that a factor of 2 doesn't look dramatic.
    let missing = max((100 / (high / low)).squareRoot(), 1)
    return (x, .spanning([low / missing, high * missing], .logarithmic, padding: missing > 1 ? 0 : 0.05))
  }

  /// Returns the color of a layer, from dark for the first to light for the last.
  private func color(_ index: Int) -> Color {
    page.theme.ramp(at: layers.count < 2 ? 1 : 1 - 0.56 * Double(index) / Double(layers.count - 1))
  }

  private func label(_ layer: Layer) -> String {
    layer.norms.last { $0.isFinite && $0 >= 0 }.map { "\(layer.name)  \(NumberText.short($0, digits: 2))" }
      ?? layer.name
  }

  /// Returns the position of norm `step` of layer `index`; `nil` if it can't be drawn.
  func place(_ index: Int, _ step: Int, _ plot: Plot) -> Point? {
    let norm = layers[index].norms[step]
    let x = Double(firstStep) + Double(step)
    guard norm.isFinite, norm >= 0 else { return nil }
    guard norm == 0 else { return plot.place(x, min(max(norm, plot.y.scale.low), plot.y.scale.high)) }
    // Each layer has its own height within the lane.
    let part = (Double(index) + 1) / Double(layers.count + 1)
    return Point(plot.place(x, plot.y.scale.low).x, plot.area.maxY + 8 + (Self.laneHeight - 10) * part)
  }

  /// Draws the line of a layer and returns its end.
  private func draw(_ index: Int, on canvas: inout Canvas, _ plot: Plot) -> Point? {
    let norms = layers[index].norms
    let places = norms.indices.map { place(index, $0, plot) }
    var path = Path()
    var start = 0
    for step in norms.indices {
      // The slope of a line to or from 0 would be meaningless.
      let isLast = step == norms.count - 1 || (norms[step] == 0) != (norms[step + 1] == 0)
      guard isLast || places[step + 1] == nil || places[step] == nil else { continue }
      let stretch = places[start...step].compactMap(\.self)
      if stretch.count == 1, norms.count < 500 { canvas.fill(.circle(stretch[0], radius: 3), color(index)) }
      path.append(Path(LossSeries.thinned(stretch, to: 2 * canvas.pixelWidth)))
      start = step + 1
    }
    if layers.count <= 12 { canvas.stroke(path, Stroke(3.2), plot.theme.page.opacity(0.7)) }
    canvas.stroke(path, Stroke(2), color(index))
    if let cut = norms.firstIndex(where: { !$0.isFinite }), let at = cut == 0 ? nil : places[cut - 1] {
      canvas.markCut(at: at, plot.theme)
    }
    return places.last { $0 != nil } ?? nil
  }

  /// Marks the ends of the lines, as lines of similar colors are hard to distinguish where they cross.
  private func drawEnds(on canvas: inout Canvas, _ plot: Plot) {
    guard layers.count <= Marker.allCases.count else { return }
    for index in layers.indices.reversed() {
      let places = layers[index].norms.indices.lazy.compactMap { place(index, $0, plot) }
      for end in [places.first, places.last].compactMap(\.self) {
        canvas.mark(Marker.allCases[index], at: end, radius: 4, color: color(index), theme: plot.theme)
      }
    }
  }

  /// Draws the lane for norms of exactly 0 below the logarithmic axis.
  private func drawLane(below plot: Plot, on canvas: inout Canvas) {
    let area = Rect(x: plot.area.x, y: plot.area.maxY + 6, width: plot.area.width, height: Self.laneHeight - 6)
    canvas.fill(.rectangle(area), plot.theme.gridLine.opacity(0.5))
    let axis = Axis(Scale(from: 0, to: 1), ticks: Ticks(values: [0.5], labels: ["0"]))
    let plain = Plot(area: area, x: plot.x, y: axis, theme: plot.theme)
    plain.drawAxes(on: &canvas)
  }

  var note: String {
    let broken = layers.reduce(0) { $0 + $1.norms.count { !($0.isFinite && $0 >= 0) } }
    var ratio = ""
    if layers.count > 1, let first = layers.first?.norms.last, let last = layers.last?.norms.last, first.isFinite,
      last.isFinite, first > 0, last > 0
    {
      ratio = "first layer / last layer at the end: \(NumberText.short(first / last, digits: 2))"
    }
    return [
      ratio, broken > 0 ? "\(broken) \(broken == 1 ? "norm that is" : "norms that are") not finite left out" : "",
    ]
    .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
