/// The paths of several optimizers over the contour lines of a surface, with the height per step below.
///
/// ```swift
/// let steps = 200
/// var figure = Trajectories(on: .rosenbrock, [
///   Trajectory("SGD lr 0.001", of: SGD(learningRate: 0.001), on: .rosenbrock, steps: steps),
///   Trajectory("Adam lr 0.1", of: Adam(learningRate: 0.1), on: .rosenbrock, steps: steps),
/// ])
/// try figure.write(to: "rosenbrock.png")
/// ```
public struct Trajectories: Figure {
  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The paths.
  public var paths: [Trajectory]
  /// The surface, which maps points (x and y interleaved) to one value each.
  public var function: @Sendable (_ points: [Float]) throws -> [Float]
  /// The part of the plane that is drawn, its shorter side extended to a square.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  /// The known minima of the function.
  public var minima: [(x: Double, y: Double)] = []
  /// The lowest value f*; contour levels are those of f - f*.
  public var lowest = 0.0
  /// The names of the axes.
  public var axes = ("x", "y")
  /// The name of the value.
  public var quantity = "f − f*"
  /// The unit in which the length of paths is counted.
  public var unit = "step"
  /// A remark at the lower right.
  var remark = ""
  /// The number of nodes per side at which the surface is evaluated.
  public var nodes = 241

  private static let footer = 10.0
  /// The distance between the plane and the strip of heights below.
  private static let stripGap = 20.0
  /// The share of the height that the strip takes, and its maximum height.
  private static let (stripShare, largestStrip) = (0.24, 190.0)
  /// The maximum share of the width that the legend takes.
  private static let legendShare = 0.42

  /// Creates the figure of `paths` over a function of the plane.
  public init(
    _ paths: [Trajectory], limits: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    over function: @escaping @Sendable (_ points: [Float]) throws -> [Float]
  ) {
    (self.paths, self.limits, self.function) = (paths, limits, function)
    page.height = 1280
  }

  /// Creates the figure of `paths` over a test function.
  public init(on surface: Surface, _ paths: [Trajectory]) {
    self.init(paths, limits: surface.limits) { points in
      stride(from: 0, to: points.count, by: 2).map {
        Float(surface.value(Double(points[$0]), Double(points[$0 + 1])))
      }
    }
    (minima, lowest, title) = (surface.minima, surface.lowest, surface.name)
  }

  /// Draws the surface, the paths, and the heights.
  ///
  /// Rethrows errors of the function. Throws an error when it doesn't return one value per point or when no value is
  /// finite.
  public func draw(on canvas: inout Canvas) throws {
    let theme = page.theme
    let scales = PlaneLayout.scales(holding: limits.x, limits.y)
    let legend = legend(within: scales)
    let heights = heightAxes
    let (x, y) = (Axis(scales.x, name: axes.0), Axis(scales.y, name: axes.1))
    let margins = Plot.margins(x: x, y: y, theme: theme)
    let lower = Plot.margins(x: heights.x, y: heights.y, theme: theme)
    let left = Page.margin + max(margins.left, lower.left)
    let top = page.top(above: margins, hasNote: y.ticks.note != nil)
    let strip = max(min(canvas.bounds.height * Self.stripShare, Self.largestStrip), 1)
    let below = margins.bottom + Self.stripGap + strip + lower.bottom + Page.margin + Self.footer
    let beside = min(legend.width, canvas.bounds.width * Self.legendShare) + Page.sideGap
    let side = max(
      min(canvas.bounds.width - left - beside - Page.margin, canvas.bounds.height - top - below), 1)
    func plot(_ area: Rect, _ x: Axis, _ y: Axis) -> Plot {
      var plot = Plot(
        area: area, x: x.fitted(to: area.width, vertical: false, theme: theme),
        y: y.fitted(to: area.height, vertical: true, theme: theme), theme: theme)
      plot.left = left - Page.margin
      return plot
    }
    let plane = plot(Rect(x: left, y: top, width: side, height: side), x, y)
    let width = max(canvas.bounds.width - left - Page.margin - lower.right, 1)
    let strips = plot(
      Rect(x: left, y: plane.area.maxY + margins.bottom + Self.stripGap, width: width, height: strip), heights.x,
      heights.y)
    let field = try LevelField(self, plane)
    canvas.clip = plane.area
    field.paint(on: &canvas)
    let stars = minima.map { Rect(around: plane.place($0.x, $0.y), Point(22, 22)) }
    let window = plane.area.inset(by: -50)
    let lines = paths.map { path in
      let places = path.places
      // Several hundred points are enough to describe a path.
      return stride(from: 0, to: places.count, by: places.count / 500 + 1).map {
        plane.place(places[$0].x, places[$0].y)
      }
      .filter(window.contains)
    }
    try field.drawLines(on: &canvas, avoiding: Obstacles(lines: lines, areas: stars))
    for (index, path) in paths.enumerated() { TrajectoryDrawing(self, plane, index).draw(path, on: &canvas) }
    canvas.clip = nil
    plane.drawAxes(on: &canvas)
    for minimum in minima where scales.x.contains(minimum.x) && scales.y.contains(minimum.y) {
      canvas.mark(.star, at: plane.place(minimum.x, minimum.y), radius: 7, color: theme.highlight, theme: theme)
    }
    for (index, path) in paths.enumerated() { TrajectoryDrawing(self, plane, index).drawEnds(path, on: &canvas) }
    let legendX = plane.area.maxX + Page.sideGap
    legend.draw(
      on: &canvas,
      in: Rect(x: legendX, y: top, width: max(canvas.bounds.width - Page.margin - legendX, 1), height: side))
    drawHeights(on: &canvas, strips)
    page.drawText(on: &canvas, left: left, note: [remark, field.note].filter { !$0.isEmpty }.joined(separator: " · "))
  }

  func style(_ index: Int) -> RunStyle { RunStyle(index, page.theme) }

  /// The indices of the paths, lowest end first and diverged ones last.
  private var ranking: [Int] {
    func end(_ index: Int) -> Double { paths[index].isDiverged ? .infinity : paths[index].values.last ?? .infinity }
    return paths.indices.sorted { end($0) == end($1) ? $0 < $1 : end($0) < end($1) }
  }

  private func legend(within scales: (x: Scale, y: Scale)) -> Legend {
    let counts = Set(paths.filter { !$0.isDiverged }.map(\.steps))
    func after(_ steps: Int) -> String { "after \(steps) \(unit)\(steps == 1 ? "" : "s")" }
    let common = counts.count == 1 ? counts.first : nil
    var entries: [LegendEntry] = [(.heading, "\(quantity) \(common.map(after) ?? "in the end")")]
    for index in ranking {
      let (path, style) = (paths[index], style(index))
      let end = path.isDiverged ? "diverged" : path.values.last.map(height) ?? "none"
      entries.append((.curve(style.color, style.stroke, style.marker), "\(path.name) — \(end)"))
      var details = path.isDiverged || common == nil ? [after(path.steps)] : []
      if path.places.contains(where: { !scales.x.contains($0.x) || !scales.y.contains($0.y) }) {
        details.append("leaves the window")
      }
      if !details.isEmpty { entries.append((.detail, details.joined(separator: ", "))) }
    }
    entries += [(.space, ""), (.marker(.circle, page.theme.text, isHollow: true), "start")]
    if !minima.isEmpty { entries.append((.marker(.star, page.theme.highlight, isHollow: false), "minimum")) }
    return Legend(entries: entries, theme: page.theme)
  }

  /// The smallest difference that is not due to rounding.
  private var floor: Double { max(paths.compactMap(\.values.first).max() ?? 1, 1e-3) * 1e-12 }

  /// Returns the formatted difference of a value and the lowest one.
  private func height(_ value: Double) -> String {
    let height = value - lowest
    return height > floor ? NumberText.short(height, digits: 2) : "< \(NumberText.step(floor))"
  }

  private var heightAxes: (x: Axis, y: Axis) {
    let steps = Scale(from: 0, to: Double(max(paths.map(\.steps).max() ?? 1, 1)))
    let start = paths.compactMap(\.values.first).max() ?? 1
    let values = paths.flatMap(\.values).map { $0 - lowest }.filter { $0 > floor && $0 <= start * 100 }
    let scale = Scale.spanning(values, .logarithmic, padding: 0.05)
    return (Axis(steps, name: unit, ticks: Ticks(wholeNumbersOf: steps)), Axis(scale, name: quantity))
  }

  private func drawHeights(on canvas: inout Canvas, _ plot: Plot) {
    plot.drawGridLines(on: &canvas)
    canvas.clip = plot.area
    for (index, path) in paths.enumerated() {
      let points = zip(path.times, path.values).map { step, value in
        plot.place(Double(step), min(max(value - lowest, plot.y.scale.low / 10), plot.y.scale.high * 10))
      }
      let style = style(index)
      canvas.stroke(Path(LossSeries.thinned(points, to: 2 * canvas.pixelWidth)), style.stroke, style.color)
    }
    canvas.clip = nil
    plot.drawAxes(on: &canvas)
  }
}
