import GliaCore

/// How a model's output depends on some of its inputs: for each, the mean over the samples (partial dependence: Friedman, 2001)
/// over the curves of single samples (ICE: Goldstein et al., 2015).
///
/// ```swift
/// try PartialDependencePlot(of: model, on: test).write(to: "dependence.png")
/// ```
public struct PartialDependencePlot: Figure {
  /// How the output depends on one input.
  public struct Panel: Hashable, Sendable {
    /// The name of the input.
    public var name: String
    /// The values of the input in ascending order; for a category, 0, 1, 2, …
    public var points: [Double]
    /// The categories; empty for a number.
    public var labels: [String]
    /// The mean output at each point.
    public var mean: [Double]
    /// The outputs of single samples at each point.
    public var curves: [[Double]]
    /// Values of the input marked above the axis, such as its deciles.
    public var deciles: [Double]

    /// Creates a panel.
    public init(
      _ name: String, points: [Double], labels: [String] = [], mean: [Double], curves: [[Double]] = [],
      deciles: [Double] = []
    ) {
      (self.name, self.points, self.labels) = (name, points, labels)
      (self.mean, self.curves, self.deciles) = (mean, curves, deciles)
    }

    var isCategory: Bool { !labels.isEmpty }

    /// The scale of the input.
    var scale: Scale {
      isCategory ? Scale(from: -0.5, to: Double(points.count) - 0.5) : .spanning(points + deciles, padding: 0.03)
    }

    var layout: PanelLayout.Panel {
      let ticks = isCategory ? Ticks(values: points, labels: labels) : nil
      return PanelLayout.Panel(axis: Axis(scale, name: name, ticks: ticks), isCategory: isCategory)
    }
  }

  /// The size, theme, and text of the figure; the size depends on the number of panels.
  public var page = Page()
  /// The panels, in the order in which they are drawn.
  public var panels: [Panel]
  /// The name of the output.
  public var quantity = "prediction"
  /// The part of the vertical axis that is drawn; if `nil`, it includes all curves.
  public var limits: ClosedRange<Double>?
  /// The number of columns; if `nil`, it depends on the number of panels.
  public var columns: Int?

  /// Creates the figure of `panels`.
  public init(panels: [Panel]) {
    self.panels = panels
    guard panels.count > 1 else { return }
    let layout = PanelLayout(count: panels.count, columns: nil)
    (page.width, page.height) = (1600, layout.rows == 1 ? 700 : min(layout.rows * 560 + 120, 2400))
  }

  /// Draws one small plot per input; all share the vertical axis.
  ///
  /// Throws an error when there are no panels, when their parts differ in number, when no value is finite, or when the page is
  /// too small.
  public func draw(on canvas: inout Canvas) throws {
    for panel in panels { try check(panel) }
    let y = Axis(try outputScale(), name: quantity)
    let plots = try PanelLayout(count: panels.count, columns: columns).plots(
      of: panels.map(\.layout), y, page, canvas.bounds, footer: keyHeight)
    for (panel, plot) in zip(panels, plots) { DependenceDrawing(panel, plot).draw(on: &canvas) }
    let left = plots.first?.area.x ?? Page.margin
    drawKey(on: &canvas, left)
    page.drawText(on: &canvas, left: left, note: note)
  }

  private func check(_ panel: Panel) throws {
    let count = panel.points.count
    guard count > 0, panel.mean.count == count, panel.curves.allSatisfy({ $0.count == count }),
      panel.labels.isEmpty || panel.labels.count == count, panel.points.allSatisfy(\.isFinite)
    else {
      throw GliaError(
        "\(panel.mean.count) means and \(panel.labels.count) labels at \(count) points", at: panel.name,
        expected: "a mean, and a number for each curve, at every one of the finite points")
    }
  }

  private func outputScale() throws -> Scale {
    if let limits, limits.lowerBound.isFinite, limits.upperBound.isFinite {
      return Scale(from: limits.lowerBound, to: limits.upperBound)
    }
    let values = panels.flatMap { panel in panel.mean + panel.curves.flatMap(\.self) }
    guard values.contains(where: \.isFinite) else {
      throw GliaError(
        panels.isEmpty ? "there are no inputs to draw" : "no output is finite", at: "panels",
        expected: "a finite output for at least one input")
    }
    return .spanning(values)
  }

  private var keyHeight: Double { page.theme.labelSize * 1.8 }

  private func drawKey(on canvas: inout Canvas, _ left: Double) {
    let styles = [
      ("mean (partial dependence)", DependenceDrawing.mean(page.theme)),
      ("single samples (ICE)", DependenceDrawing.sample(page.theme)),
    ]
    let y = canvas.bounds.height - Page.margin - keyHeight
    var x = left
    for (name, style) in styles.prefix(panels.contains { !$0.curves.isEmpty } ? 2 : 1) {
      let legend = Legend(entries: [(.line(style.color, style.stroke), name)], theme: page.theme)
      legend.draw(on: &canvas, in: Rect(x: x, y: y, width: legend.width + 1, height: keyHeight))
      x += legend.width + 24
    }
  }

  var note: String {
    let values = panels.flatMap { panel in panel.mean + panel.curves.flatMap(\.self) }
    let broken = values.count { !$0.isFinite }
    return [
      panels.contains { !$0.deciles.isEmpty } ? "ticks above the axes: deciles of the samples" : "",
      broken > 0 ? "\(broken) of \(values.count) outputs not finite" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
