/// All trials of a search in parallel coordinates (A. Inselberg, 1985): an axis for every setting, the objective as the last
/// axis, and a line for every trial, colored by its objective.
///
/// ```swift
/// var figure = ParallelCoordinates(
///   [
///     StudySetting("learning_rate", [0.01, 0.003, 0.2]), StudySetting("momentum", [nil, 0.9, 0.5]),
///     StudySetting("optimizer", categories: ["adam", "sgd", "sgd"]),
///   ], objective: [0.12, 0.08, .nan])
/// figure.quantity = "validation loss"
/// try figure.write(to: "parallel.png")
/// ```
///
/// The best trial is drawn last and thicker. Trials without a setting pass through "—" below its axis; failed trials are gray.
public struct ParallelCoordinates: Figure {
  /// The size, theme, and text of the figure. If there is no subtitle, the figure describes its trials there.
  public var page = Page()
  /// The settings from left to right.
  public var settings: [StudySetting]
  /// The objective of every trial; not finite for failed ones.
  public var objective: [Double]
  /// Whether large values of the objective are best.
  public var isMaximized = false
  /// The name of the objective.
  public var quantity = "objective"
  /// The number of trials drawn at most, the best ones.
  public var mostTrials = 3000

  /// Creates a figure of `settings`, which have a value for every trial.
  public init(_ settings: [StudySetting], objective: [Double]) {
    (self.settings, self.objective) = (settings, objective)
    (page.width, page.height) = (1600, 900)
  }

  /// Draws the axes and lines.
  ///
  /// Throws an error when there are no settings, when one has not a value for every trial, when no objective is finite, or
  /// when the axes don't fit.
  public func draw(on canvas: inout Canvas) throws {
    let scale = try StudySetting.objectiveScale(settings, objective, isMaximized: isMaximized)
    let page = page(summarizing: StudySetting.summary(objective, isMaximized: isMaximized))
    let columns = settings.map(SettingAxis.init)
    let layout = try ParallelLayout(
      page: page, bounds: canvas.bounds, columns, Axis(scale.scale, name: quantity),
      hasGaps: hasFailed || columns.contains { $0.places.contains(nil) })
    let drawing = ParallelDrawing(layout: layout, columns: columns, objective: objective, scale: scale, order: order)
    drawing.drawLines(on: &canvas)
    drawing.drawBest(on: &canvas)
    drawing.drawAxes(on: &canvas, hasFailed: hasFailed)
    drawing.drawBestDots(on: &canvas)
    page.drawText(on: &canvas, left: Page.margin, note: note(scale))
  }

  private var hasFailed: Bool { objective.contains { !$0.isFinite } }

  /// The indices of the trials drawn: failed ones, then from the worst to the best.
  var order: [Int] {
    let finite = objective.indices.filter { objective[$0].isFinite }.sorted {
      objective[$0] == objective[$1] ? $0 > $1 : (objective[$0] > objective[$1]) != isMaximized
    }
    let failed = objective.indices.filter { !objective[$0].isFinite }
    return (failed + finite).suffix(max(mostTrials, 1))
  }

  private func note(_ scale: ObjectiveScale) -> String {
    let hidden = objective.count - order.count
    let beyond = scale.beyond
    return [
      beyond > 0 ? "\(beyond) far \(isMaximized ? "below" : "above") the axis, drawn at its end" : "",
      hidden > 0 ? "\(NumberText.grouped(hidden)) worse trials not drawn" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
