import RealModule

/// How many numbers lie in each of some intervals of equal width.
///
/// The width is 2 IQR / ∛n (D. Freedman and P. Diaconis, "On the histogram as a density estimator", 1981), with 8 to 60
/// intervals.
struct Histogram {
  let low: Double
  let high: Double
  let counts: [Int]

  /// The histogram of finite numbers; where all are equal, one bar that is seen on `scale`.
  init(_ values: [Double], on scale: Scale) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, last > first else {
      let only = sorted.first ?? 0
      let reach = (scale.high - scale.low) / 40
      (low, high, counts) = (only - reach, only + reach, [sorted.count])
      return
    }
    (low, high) = (first, last)
    let spread = sorted[(sorted.count - 1) * 3 / 4] - sorted[(sorted.count - 1) / 4]
    let width = 2 * spread / Double.root(Double(sorted.count), 3)
    let wanted = width > 0 ? ((last - first) / width).rounded(.up) : 60
    let count = Int(min(max(wanted.isFinite ? wanted : 60, 8), 60))
    var counts = [Int](repeating: 0, count: count)
    for value in sorted {
      counts[min(Int((value - first) / (last - first) * Double(count)), count - 1)] += 1
    }
    self.counts = counts
  }

  /// The lower edge of interval `index`.
  func edge(_ index: Int) -> Double { low + (high - low) * Double(index) / Double(counts.count) }
}
