import GliaCore

/// The objective of a search against each of its settings, in small plots with a shared vertical axis.
///
/// ```swift
/// let figure = SettingSlices(
///   [
///     StudySetting("learning_rate", [0.01, 0.003, 0.2]),
///     StudySetting("optimizer", categories: ["adam", "sgd", "sgd"]),
///   ], objective: [0.12, 0.08, .nan])
/// try figure.write(to: "slices.png")
/// ```
///
/// A star marks the best trial, and crosses at the edge failed ones.
public struct SettingSlices: Figure {
  /// The size, theme, and text of the figure. If there is no subtitle, the figure describes its trials there.
  public var page = Page()
  /// The settings, in the order in which they are drawn.
  public var settings: [StudySetting]
  /// The objective of every trial; not finite for failed ones.
  public var objective: [Double]
  /// Whether large values of the objective are best.
  public var isMaximized = false
  /// The name of the objective.
  public var quantity = "objective"
  /// The number of columns; if `nil`, it depends on the number of settings.
  public var columns: Int?

  /// Creates a figure of `settings`, which have a value for every trial.
  public init(_ settings: [StudySetting], objective: [Double]) {
    (self.settings, self.objective) = (settings, objective)
    guard settings.count > 1 else { return }
    let layout = PanelLayout(count: settings.count, columns: nil)
    (page.width, page.height) = (1600, layout.rows == 1 ? 700 : min(layout.rows * 560 + 120, 2400))
  }

  /// Draws one small plot per setting.
  ///
  /// Throws an error when there are no settings, when one has not a value for every trial, when no objective is finite, or
  /// when the page is too small.
  public func draw(on canvas: inout Canvas) throws {
    let scale = try StudySetting.objectiveScale(settings, objective, isMaximized: isMaximized)
    let page = page(summarizing: StudySetting.summary(objective, isMaximized: isMaximized))
    let axes = settings.map(SettingAxis.init)
    let layout = PanelLayout(count: settings.count, columns: columns)
    let plots = try layout.plots(
      of: axes.map { PanelLayout.Panel(axis: $0.axis, isCategory: $0.isCategory) }, Axis(scale.scale, name: quantity),
      page,
      canvas.bounds)
    for (axis, plot) in zip(axes, plots) { draw(axis, plot, scale, on: &canvas) }
    page.drawText(on: &canvas, left: plots.first?.area.x ?? Page.margin, note: note(scale))
  }

  private func note(_ scale: ObjectiveScale) -> String {
    [objective.contains { !$0.isFinite } ? "✕ failed" : "", scale.note, ObjectiveScale.strideNote(objective.count)]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// Returns the place of a trial on the axis; trials of one category are spread over a part of its lane.
  static func place(_ trial: Int, _ value: Double, isCategory: Bool) -> Double {
    guard isCategory else { return value }
    // Multiples of the golden ratio are spread evenly for any number of trials.
    let turn = Double(trial) * 0.618_033_988_749_895
    return value + (turn - turn.rounded(.down) - 0.5) * 0.5
  }

  private func draw(_ axis: SettingAxis, _ plot: Plot, _ scale: ObjectiveScale, on canvas: inout Canvas) {
    let theme = page.theme
    plot.drawGridLines(on: &canvas)
    let radius = Marker.radius(for: objective.count, width: plot.area.width)
    let stamp = MarkStamp(.circle, radius: radius, color: theme.hue(0), theme: theme, scale: canvas.scale)
    let edge = isMaximized ? plot.area.maxY : plot.area.y
    func x(_ trial: Int) -> Double? {
      axis.places[trial].map { value in
        let place = Self.place(trial, value, isCategory: axis.isCategory)
        return plot.place(place, scale.scale.low).x
      }
    }
    plot.drawAxes(on: &canvas)
    for trial in stride(from: 0, to: objective.count, by: ObjectiveScale.stride(of: objective.count)) {
      guard let x = x(trial) else { continue }
      if !objective[trial].isFinite {
        canvas.markCut(at: Point(x, edge), theme, color: theme.spine, reach: max(radius * 0.8, 2))
      } else if scale.isBeyond(objective[trial]) {
        canvas.markOutside(Point(x, edge), isBelow: isMaximized, theme.hue(0))
      } else {
        canvas.draw(stamp, at: Point(x, plot.nearPlace(0, objective[trial]).y))
      }
    }
    guard let best = ObjectiveScale.best(objective, isMaximized: isMaximized), let x = x(best) else { return }
    let place = Point(x, plot.nearPlace(0, objective[best]).y)
    canvas.mark(.star, at: place, radius: 6.5, color: theme.highlight, theme: theme)
  }
}
