/// What fits into the cells of a confusion matrix: count and percent, the count alone, or nothing.
struct ConfusionText {
  /// The size of the counts; 0 for none.
  private(set) var count = 0.0
  /// The size of the percents; 0 for none.
  private(set) var percent = 0.0
  /// The decimals of the percents.
  private(set) var decimals = 0

  private static let smaller = 0.84

  init(largest: Int, cell: Double, theme: Theme) {
    let digits = NumberText.grouped(largest).map { $0 == "," ? "," : "0" }.joined()
    let limit = min(
      max(theme.labelSize * 1.2, min(0.1 * cell, theme.titleSize * 1.2)),
      0.84 * cell / Typeface.width(of: digits, size: 1))
    for decimals in [1, 0] {
      let words = NumberText.percent(1, decimals: decimals)
      let size = min(limit, 0.84 * cell / (Typeface.width(of: words, size: 1) * Self.smaller), 0.46 * cell)
      let least = decimals == 1 ? theme.tickSize * 0.8 : ConfusionLayout.smallestText
      guard size * Self.smaller >= least else { continue }
      (count, percent, self.decimals) = (size, size * Self.smaller, decimals)
      return
    }
    let size = min(limit, cell)
    if size >= ConfusionLayout.smallestText { count = size }
  }
}
