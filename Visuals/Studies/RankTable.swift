import GliaCore

/// The ranks of several methods on each of several problems.
struct RankTable {
  /// The rank of each method (column) on each problem (row), from 1 for the best; equal values share the mean of their ranks.
  let ranks: [[Double]]
  /// The average rank of each method.
  let averages: [Double]
  /// The methods, the best average rank first.
  let order: [Int]

  /// Ranks the methods by their values, of which small ones are best unless `isMaximized` is true. Values that are not finite
  /// are worse than all others.
  init(_ values: [[Double]], isMaximized: Bool) {
    let ranks = values.map { Self.ranks($0.map { $0.isFinite ? (isMaximized ? -$0 : $0) : .infinity }) }
    let count = ranks.first?.count ?? 0
    let averages = (0..<count).map { method in
      ranks.reduce(0) { $0 + $1[method] } / Double(max(ranks.count, 1))
    }
    (self.ranks, self.averages) = (ranks, averages)
    order = averages.indices.sorted { (averages[$0], $0) < (averages[$1], $1) }
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = values
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { values[$0] != values[order[start]] } ?? order.count
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
