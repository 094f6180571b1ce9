import GliaCore

/// The permutation importance of a model's inputs: a bar for each, with the 95 % interval over the repeats.
///
/// ```swift
/// try PermutationImportancePlot(of: model, on: test).write(to: "importance.png")
/// ```
public struct PermutationImportancePlot: Figure {
  /// The importance of one input.
  public struct Bar: Hashable, Sendable {
    /// The name of the input.
    public var name: String
    /// How much worse the model is without it.
    public var change: Double
    /// The interval of the change; `nil` if it is unknown.
    public var interval: ClosedRange<Double>?

    /// Creates a bar.
    public init(_ name: String, change: Double, interval: ClosedRange<Double>? = nil) {
      (self.name, self.change, self.interval) = (name, change, interval)
    }

    /// Whether the interval contains 0, so that the input may not matter at all.
    var isUncertain: Bool { interval?.contains(0) ?? false }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The bars from top to bottom.
  public var bars: [Bar]
  /// The name of the horizontal axis.
  public var quantity = "rise of the loss"
  /// How many bars are drawn at most, at least 1.
  public var mostBars = 25

  /// Creates the figure of `bars`, the most important input first; few bars make a low picture.
  public init(bars: [Bar]) {
    self.bars = bars
    page.height = BarChart.height(bars.count)
  }

  /// The bars that are drawn.
  var shown: [Bar] { Array(bars.filter(\.change.isFinite).prefix(max(mostBars, 1))) }

  /// Draws a horizontal bar per input, gray if its interval contains 0, and its interval.
  ///
  /// Throws an error when there is no finite change.
  public func draw(on canvas: inout Canvas) throws {
    let shown = shown
    guard !shown.isEmpty else {
      throw GliaError(
        bars.isEmpty ? "there are no inputs to draw" : "none of the \(bars.count) changes is finite", at: "bars",
        expected: "a finite change for at least one input")
    }
    let chart = BarChart(
      page: page, bars: shown.map { BarChart.Bar($0.name, $0.change, interval: $0.interval, isPale: $0.isUncertain) },
      quantity: quantity, note: note)
    chart.draw(on: &canvas)
  }

  /// A remark on the intervals, and on what is not drawn.
  var note: String {
    let (shown, broken) = (shown, bars.count { !$0.change.isFinite })
    let hidden = bars.count - broken - shown.count
    return [
      shown.contains { $0.interval != nil } ? "lines: 95 % intervals over the shuffles" : "",
      shown.contains(where: \.isUncertain) ? "gray: 0 is within the interval" : "",
      hidden > 0 ? "\(NumberText.count(hidden, "less important input")) not drawn" : "",
      broken > 0 ? "\(broken) \(broken == 1 ? "change that is" : "changes that are") not finite left out" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
