import GliaCore

/// The average ranks of several methods over many problems, with bars that join those that do not differ significantly.
///
/// ```swift
/// var figure = CriticalDifferenceDiagram(
///   [.init("Adam", rank: 1.8), .init("SGD", rank: 3.4), .init("Lion", rank: 2.1)], criticalDifference: 0.9)
/// figure.title = "optimizers · 12 data sets"
/// try figure.write(to: "ranks.png")
/// ```
///
/// By the Nemenyi test, two methods differ if their average ranks differ by more than the critical difference, whose length
/// is drawn above the axis. Groups from other tests, such as pairwise Wilcoxon tests with Holm's correction, can be given.
///
/// Source: J. Demšar, "Statistical comparisons of classifiers over multiple data sets" (2006).
public struct CriticalDifferenceDiagram: Figure {
  /// A method with its average rank.
  public struct Method: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The average rank, where 1 is best.
    public var rank: Double
    /// The index of the color and marker, such as that of the optimizer in other figures; if `nil`, the index of the method.
    public var style: Int?

    /// Creates a method.
    public init(_ name: String, rank: Double, style: Int? = nil) {
      (self.name, self.rank, self.style) = (name, rank, style)
    }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure states the critical difference there.
  public var page = Page()
  /// The methods in any order.
  public var methods: [Method]
  /// The critical difference; `nil` if the groups come from another test.
  public var criticalDifference: Double?
  /// The indices of the methods that each bar joins; if `nil`, all largest groups within the critical difference.
  public var groups: [[Int]]?
  /// Whether the best rank is at the right, as in the source.
  public var isBestOnRight = true

  /// Creates a diagram of `methods`, whose number determines the height of the page.
  public init(_ methods: [Method], criticalDifference: Double? = nil) {
    (self.methods, self.criticalDifference) = (methods, criticalDifference)
    let rows = Double((min(methods.count, 200) + 1) / 2)
    page.height = Int((page.scale * (190 + 26 * rows)).rounded())
  }

  /// Draws the axis, names, and bars.
  ///
  /// Throws an error when there are fewer than two methods, when a rank or the critical difference is not a finite number, or
  /// when a group has other indices than those of the methods.
  public func draw(on canvas: inout Canvas) throws {
    try check()
    let page = page(summarizing: summary)
    let layout = DifferenceLayout(self, page, canvas.bounds)
    layout.drawAxis(on: &canvas)
    layout.drawMethods(on: &canvas)
    layout.drawBars(on: &canvas)
    let note = layout.bars.isEmpty ? "" : "bars join methods that do not differ significantly"
    page.drawText(on: &canvas, left: Page.margin, note: note)
  }

  private func check() throws {
    guard methods.count > 1 else {
      throw GliaError(
        "\(NumberText.count(methods.count, "method")) to compare", at: "methods", expected: "at least two")
    }
    for method in methods where !method.rank.isFinite || abs(method.rank) > 1e6 {
      throw GliaError("the average rank is \(method.rank)", at: method.name, expected: "a number of at least 1")
    }
    if let difference = criticalDifference, !(difference >= 0 && difference.isFinite) {
      throw GliaError(
        "the critical difference is \(difference)", at: "criticalDifference", expected: "a number of at least 0")
    }
    for (index, group) in (groups ?? []).enumerated() where !group.allSatisfy(methods.indices.contains) {
      throw GliaError(
        "a method that does not exist", at: "groups.\(index)", expected: "indices from 0 to \(methods.count - 1)")
    }
  }

  /// The indices of the methods, the best first.
  var ranking: [Int] { methods.indices.sorted { (methods[$0].rank, $0) < (methods[$1].rank, $1) } }

  /// The lowest and the highest rank of every group that a bar joins.
  var joined: [ClosedRange<Double>] {
    if let groups {
      return groups.compactMap { group in
        let ranks = group.map { methods[$0].rank }
        guard let low = ranks.min(), let high = ranks.max(), group.count > 1 else { return nil }
        return low...high
      }
    }
    guard let criticalDifference else { return [] }
    let ranks = methods.map(\.rank).sorted()
    var (end, joined) = (0, [ClosedRange<Double>]())
    for start in ranks.indices {
      var last = max(end, start)
      while last + 1 < ranks.count, ranks[last + 1] - ranks[start] <= criticalDifference { last += 1 }
      // A group within the one before is no group of its own.
      if last > start, last > end || start == 0 { joined.append(ranks[start]...ranks[last]) }
      end = max(end, last)
    }
    return joined
  }

  private var summary: String {
    let difference = criticalDifference.map { "critical difference \(NumberText.plain($0, digits: 3))" } ?? ""
    return ["average ranks of \(methods.count) methods", difference].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
