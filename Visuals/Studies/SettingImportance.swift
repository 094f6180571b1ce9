import GliaCore

/// How much of the variation of a search's objective each setting explains, as a horizontal bar for each.
///
/// ```swift
/// let figure = SettingImportance(
///   [.init("learning_rate", 0.71), .init("hidden units", 0.12), .init("optimizer", 0.05)], method: "fANOVA")
/// try figure.write(to: "importance.png")
/// ```
///
/// Such fractions are those of functional ANOVA (F. Hutter, H. Hoos, and K. Leyton-Brown, 2014): what they lack to 1 is
/// explained by several settings together.
public struct SettingImportance: Figure {
  /// The importance of one setting.
  public struct Share: Hashable, Sendable {
    /// The name of the setting.
    public var name: String
    /// The importance, from 0 to 1.
    public var share: Double
    /// The interval of the importance; `nil` if it is unknown.
    public var interval: ClosedRange<Double>?

    /// Creates the importance of a setting.
    public init(_ name: String, _ share: Double, interval: ClosedRange<Double>? = nil) {
      (self.name, self.share, self.interval) = (name, share, interval)
    }
  }

  /// The size, theme, and text of the figure. If there is no subtitle, the figure names the method there.
  public var page = Page()
  /// The importances in any order.
  public var shares: [Share]
  /// The method by which the importances were found, such as `fANOVA`.
  public var method: String
  /// The number of bars drawn at most.
  public var mostBars = 25

  /// Creates the figure of `shares`; few bars make a low picture.
  public init(_ shares: [Share], method: String) {
    (self.shares, self.method) = (shares, method)
    page.height = BarChart.height(shares.count) - 70
  }

  /// Draws the bars, the most important setting first, with their values.
  ///
  /// Throws an error when no importance is finite, or when one is not from 0 to 1.
  public func draw(on canvas: inout Canvas) throws {
    let finite = shares.filter(\.share.isFinite)
    guard !finite.isEmpty else {
      throw GliaError(
        shares.isEmpty ? "there are no settings to draw" : "none of the \(shares.count) importances is finite",
        at: "shares", expected: "a finite importance of at least one setting")
    }
    for share in finite where !(0...1).contains(share.share) {
      throw GliaError("an importance is \(share.share)", at: share.name, expected: "a fraction from 0 to 1")
    }
    let order = finite.indices.sorted { (-finite[$0].share, $0) < (-finite[$1].share, $1) }
    let shown = order.prefix(max(mostBars, 1)).map { finite[$0] }
    let bars = shown.map { share in
      BarChart.Bar(
        share.name, share.share, interval: share.interval, label: Self.label(share.share))
    }
    let page = page(summarizing: summary(finite.map(\.share).reduce(0, +)))
    let chart = BarChart(
      page: page, bars: bars, quantity: "share of the variation explained", note: note(finite.count - shown.count))
    chart.draw(on: &canvas)
  }

  private static func label(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "< 0.01" : NumberText.fixed(share, decimals: 2)
  }

  private func summary(_ sum: Double) -> String {
    let rest = sum <= 1 ? "\(NumberText.percent(1 - sum, decimals: 0)) explained by several settings together" : ""
    return [method, rest].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func note(_ hidden: Int) -> String {
    let broken = shares.count { !$0.share.isFinite }
    return [
      hidden > 0 ? "\(NumberText.count(hidden, "less important setting")) not drawn" : "",
      broken > 0 ? "\(NumberText.count(broken, "importance")) not finite left out" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
