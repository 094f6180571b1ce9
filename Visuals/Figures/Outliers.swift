import GliaCore

extension [Point] {
  /// The points without the few that lie so far outside that they would squeeze all others.
  ///
  /// An outlier is beyond three times the interquartile range from the quartiles (the "far out" values of Tukey, *Exploratory
  /// Data Analysis*, 1977) in one coordinate. At most 2 % of the points are left out, the farthest ones, and only if that at
  /// least halves the span; otherwise all are kept, as they are with fewer than 20 finite points.
  var withoutOutliers: [Point] {
    let finite = filter(\.isFinite)
    guard finite.count >= 20 else { return self }
    let (x, y) = (finite.map(\.x).rangeWithoutOutliers, finite.map(\.y).rangeWithoutOutliers)
    guard x != nil || y != nil else { return self }
    return finite.filter { (x?.contains($0.x) ?? true) && (y?.contains($0.y) ?? true) }
  }

  /// Returns the number of points that are not within `limits`.
  func count(outside limits: PlotLimits) -> Int {
    count { !limits.x.contains($0.x) || !limits.y.contains($0.y) }
  }
}

extension [Double] {
  /// The range of the values without outliers; `nil` if there are none.
  private var rangeWithoutOutliers: ClosedRange<Double>? {
    let sorted = sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let (lower, upper) = (sorted[sorted.count / 4], sorted[sorted.count - 1 - sorted.count / 4])
    let reach = 3 * (upper - lower)
    guard reach > 0, reach.isFinite else { return nil }
    let most = Swift.max(sorted.count / 50, 1)
    var (start, end) = (0, sorted.count - 1)
    while start + (sorted.count - 1 - end) < most {
      let (below, above) = (lower - sorted[start], sorted[end] - upper)
      guard Swift.max(below, above) > reach else { break }
      if below > above { start += 1 } else { end -= 1 }
    }
    guard sorted[end] - sorted[start] <= (last - first) / 2 else { return nil }
    return sorted[start]...sorted[end]
  }
}
