import GliaCore

/// The history of a search: the objective of every trial, and the best value so far.
///
/// ```swift
/// var figure = BestSoFar([.init(0.42), .init(0.31), .init(0.9, .pruned), .init(.nan, .failed), .init(0.18)])
/// figure.quantity = "validation loss"
/// try figure.write(to: "search.png")
/// ```
///
/// Complete trials are discs, pruned ones hollow, and failed ones crosses at the edge.
public struct BestSoFar: Figure {
  /// How a trial ended.
  public enum State: Hashable, Sendable {
    /// The trial has a value.
    case complete
    /// The trial was stopped early; its last value is drawn but never the best.
    case pruned
    /// The trial has no value.
    case failed
  }

  /// One trial of a search.
  public struct Trial: Hashable, Sendable {
    /// The objective.
    public var value: Double
    /// How the trial ended.
    public var state: State

    /// Creates a trial, which failed if its value isn't finite.
    public init(_ value: Double, _ state: State = .complete) {
      self.value = value
      self.state = value.isFinite ? state : .failed
    }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure counts its trials there.
  public var page = Page()
  /// The trials in order.
  public var trials: [Trial]
  /// Whether large values are best.
  public var isMaximized = false
  /// The name of the objective.
  public var quantity = "objective"

  private static let labelGap = 10.0

  /// Creates a figure of `trials`.
  public init(_ trials: [Trial]) { self.trials = trials }

  /// Draws the trials and the best value so far. Throws an error when no trial has a finite value.
  public func draw(on canvas: inout Canvas) throws {
    let shown = trials.map { $0.state == .failed ? .nan : $0.value }
    guard let objective = ObjectiveScale(shown, isMaximized: isMaximized) else {
      throw GliaError(
        trials.isEmpty ? "there are no trials to draw" : "none of the \(trials.count) trials has a finite value",
        at: "trials", expected: "a trial with a finite value")
    }
    let page = page(summarizing: summary)
    let plot = plot(objective, page, canvas.bounds)
    plot.drawGridLines(on: &canvas)
    plot.drawAxes(on: &canvas)
    let line = LossSeries.thinned(bestLine(plot), to: canvas.pixelWidth)
    // Values beyond the axis are far outside, those at its ends are not cut.
    canvas.clip = Rect(x: plot.area.x, y: plot.area.y - 2, width: plot.area.width + 2, height: plot.area.height + 4)
    canvas.stroke(Path(line), Stroke(2.2, cap: .round), page.theme.counterpart)
    canvas.clip = nil
    drawTrials(objective, plot, on: &canvas)
    drawBest(plot, on: &canvas)
    let row = keyHeight(canvas.bounds)
    Legend(entries: keys, theme: page.theme).drawRow(
      on: &canvas, in: Rect(x: plot.area.x, y: plot.area.y - row - 10, width: plot.area.width, height: row))
    page.drawText(on: &canvas, left: plot.area.x, note: note(objective))
  }

  /// Returns the plot on a page of the size `bounds`.
  func plot(_ objective: ObjectiveScale, _ page: Page, _ bounds: Rect) -> Plot {
    let inset = trials.count <= 40 ? 0.5 : Double(trials.count) * 0.012
    let span = Scale(from: 1 - inset, to: Double(trials.count) + inset)
    let row = keyHeight(bounds)
    let widest = bestLabels.map { page.theme.label().width(of: $0) }.max() ?? 0
    return Plot(
      filling: page, bounds, x: Axis(span, name: "trial", ticks: Ticks(wholeNumbersOf: span)),
      y: Axis(objective.scale, name: quantity), beside: widest + Self.labelGap, above: row == 0 ? 0 : row + 6)
  }

  private func keyHeight(_ bounds: Rect) -> Double {
    Legend(entries: keys, theme: page.theme).rowHeight(within: bounds.width - 2 * Page.margin)
  }

  /// The index of the best complete trial.
  var best: Int? {
    ObjectiveScale.best(trials.map { $0.state == .complete ? $0.value : .nan }, isMaximized: isMaximized)
  }

  /// The best value after every trial; not finite before the first complete one.
  var bestValues: [Double] {
    var best = Double.nan
    return trials.map { trial in
      let isBetter = isMaximized ? trial.value > best : trial.value < best
      if trial.state == .complete, best.isNaN || isBetter { best = trial.value }
      return best
    }
  }

  private func count(_ state: State) -> Int { trials.count { $0.state == state } }

  private var summary: String {
    [
      NumberText.count(trials.count, "trial"), count(.pruned) > 0 ? "\(count(.pruned)) pruned" : "",
      count(.failed) > 0 ? "\(count(.failed)) failed" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private var keys: [LegendEntry] {
    let theme = page.theme
    let states: [(State, LegendEntry)] = [
      (.complete, (.marker(.circle, theme.hue(0), isHollow: false), "complete")),
      (.pruned, (.marker(.circle, theme.hue(0), isHollow: true), "pruned")),
      (.failed, (.cross(theme.alarm), "failed")),
    ]
    let entries = states.filter { count($0.0) > 0 }.map(\.1)
    return entries.count < 2 ? [] : entries + [(.line(theme.counterpart, Stroke(2.2)), "best so far")]
  }

  private func bestLine(_ plot: Plot) -> [Point] {
    var points: [Point] = []
    for (index, value) in bestValues.enumerated() where value.isFinite {
      let place = plot.nearPlace(Double(index + 1), value)
      if let last = points.last, last.y != place.y { points.append(Point(place.x, last.y)) }
      points.append(place)
    }
    return points + (points.last.map { [Point(plot.area.maxX, $0.y)] } ?? [])
  }

  private func drawTrials(_ objective: ObjectiveScale, _ plot: Plot, on canvas: inout Canvas) {
    let theme = page.theme
    let radius = Marker.radius(for: trials.count, width: plot.area.width)
    let stamps = [false, true].map { isHollow in
      MarkStamp(.circle, radius: radius, color: theme.hue(0), isHollow: isHollow, theme: theme, scale: canvas.scale)
    }
    let edge = isMaximized ? plot.area.maxY : plot.area.y
    for index in stride(from: 0, to: trials.count, by: ObjectiveScale.stride(of: trials.count)) {
      let trial = trials[index]
      let x = plot.place(Double(index + 1), objective.scale.low).x
      if trial.state == .failed {
        canvas.markCut(at: Point(x, edge), theme, reach: max(radius * 0.8, 2))
      } else if objective.isBeyond(trial.value) {
        canvas.markOutside(Point(x, edge), isBelow: isMaximized, theme.hue(0))
      } else {
        canvas.draw(stamps[trial.state == .pruned ? 1 : 0], at: plot.place(Double(index + 1), trial.value))
      }
    }
  }

  /// The best value and its trial, written at the end of the line.
  private var bestLabels: [String] {
    best.map { ["best \(NumberText.short(trials[$0].value))", "trial \(NumberText.grouped($0 + 1))"] } ?? []
  }

  private func drawBest(_ plot: Plot, on canvas: inout Canvas) {
    guard let best else { return }
    let place = plot.nearPlace(Double(best + 1), trials[best].value)
    canvas.mark(.star, at: place, radius: 6.5, color: page.theme.highlight, theme: page.theme)
    let theme = page.theme
    let line = theme.labelSize * 1.3
    // The second label is below the first, within the height of the plot.
    var at = Point(plot.area.maxX + Self.labelGap, min(place.y, plot.area.maxY - line))
    for (label, color) in zip(bestLabels, [theme.counterpart.mixed(with: theme.text, 0.3), theme.secondary]) {
      canvas.write(label, at: at, Canvas.TextStyle(theme.labelSize, color: color), centered: true)
      at.y += line
    }
  }

  private func note(_ objective: ObjectiveScale) -> String {
    [objective.note, ObjectiveScale.strideNote(trials.count)].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
