import GliaCore

/// The ranks of several methods on several problems as a table of colors, with the average ranks below.
///
/// ```swift
/// let figure = RankHeatMap(
///   problems: ["moons", "digits"], methods: ["SGD", "Adam", "Lion"], values: [[0.2, 0.1, 0.3], [0.5, 0.4, .nan]])
/// try figure.write(to: "ranks.png")
/// ```
///
/// Columns are ordered by their average rank, the best first. Equal values share the mean of their ranks; a value that is not
/// finite, such as the loss of a run that diverged, is worse than all others and marked ✕.
public struct RankHeatMap: Figure {
  /// What is written in the cells.
  public enum Content: Hashable, Sendable {
    /// The ranks.
    case ranks
    /// The values.
    case values
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure explains its order there.
  public var page = Page()
  /// The names of the problems, one per row.
  public var problems: [String]
  /// The names of the methods, one per column.
  public var methods: [String]
  /// The value of each method (column) on each problem (row).
  public var values: [[Double]]
  /// Whether large values are best.
  public var isMaximized = false
  /// What is written in the cells.
  public var content = Content.ranks

  /// Creates a figure of `values`, one row per problem; the number of rows determines the height of the page.
  public init(problems: [String], methods: [String], values: [[Double]]) {
    (self.problems, self.methods, self.values) = (problems, methods, values)
    let height = page.scale * (170 + 30 * Double(min(problems.count, 40) + 1))
    page.height = max(Int(height.rounded()), 480)
  }

  /// Draws the cells, the names, and the average ranks.
  ///
  /// Throws an error when there are no problems or methods, when their number differs from that of the values, or when no
  /// value is finite.
  public func draw(on canvas: inout Canvas) throws {
    try check()
    let table = RankTable(values, isMaximized: isMaximized)
    let page = page(summarizing: summary)
    let drawing = RankHeatMapDrawing(figure: self, table: table, page: page, bounds: canvas.bounds, scale: canvas.scale)
    drawing.drawCells(on: &canvas)
    drawing.drawAverages(on: &canvas)
    drawing.drawNames(on: &canvas)
    drawing.drawBar(on: &canvas)
    page.drawText(on: &canvas, left: drawing.layout.cells.x, note: note)
  }

  private func check() throws {
    guard !problems.isEmpty, !methods.isEmpty else {
      throw GliaError(
        "\(problems.count) problems and \(methods.count) methods", at: "values", expected: "at least one of each")
    }
    guard values.count == problems.count else {
      throw GliaError(
        "\(values.count) rows of values for \(problems.count) problems", at: "values", expected: "one row for each")
    }
    for (row, own) in values.enumerated() where own.count != methods.count {
      throw GliaError(
        "\(own.count) values for \(methods.count) methods", at: "values.\(row)", expected: "one value for each")
    }
    guard values.contains(where: { $0.contains(where: \.isFinite) }) else {
      throw GliaError("no value is finite", at: "values", expected: "at least one finite value")
    }
  }

  private var summary: String {
    "\(NumberText.count(methods.count, "method")) on \(NumberText.count(problems.count, "problem")), "
      + "the best average rank first"
  }

  private var note: String {
    let broken = values.reduce(0) { $0 + $1.count { !$0.isFinite } }
    return broken > 0 ? "✕ diverged or took no part, ranked last" : ""
  }
}
