import GliaCore

/// A regression tree over the unit cube, which predicts the mean of the values in each of its boxes.
struct RegressionTree {
  /// A box without further splits, which holds the points with `low` ≤ x < `high`.
  struct Leaf {
    let low: [Double]
    let high: [Double]
    let value: Double
    /// The volume of the box.
    let volume: Double
  }

  private(set) var leaves: [Leaf] = []

  private static var deepest: Int { 64 }

  /// Fits a tree to the points with the given indices, which may repeat.
  ///
  /// - Parameters:
  ///   - points: their coordinates; a split lies in the middle of two.
  ///   - values: their values.
  ///   - random: chooses the dimensions that compete for each split, 5 of 6.
  init(_ indices: [Int], _ points: [[Double]], _ values: [Double], using random: inout Random) {
    let dimensions = points.first?.count ?? 0
    var open = [
      (indices, [Double](repeating: 0, count: dimensions), [Double](repeating: 1, count: dimensions), 0)
    ]
    while let (own, low, high, depth) = open.popLast() {
      let tried = random.permutation(dimensions).prefix(max(1, (dimensions * 5 + 5) / 6))
      let best =
        depth < Self.deepest
        ? tried.compactMap { k in Self.split(own, points, values, k).map { (k, $0.place, $0.gain) } }
          .max { ($0.2, $1.0) < ($1.2, $0.0) } : nil
      guard let (k, place, _) = best else {
        let mean = own.reduce(0) { $0 + values[$1] } / Double(max(own.count, 1))
        let volume = zip(low, high).reduce(1) { $0 * ($1.1 - $1.0) }
        leaves.append(Leaf(low: low, high: high, value: mean, volume: volume))
        continue
      }
      var (middleHigh, middleLow) = (high, low)
      (middleHigh[k], middleLow[k]) = (place, place)
      open.append((own.filter { points[$0][k] < place }, low, middleHigh, depth + 1))
      open.append((own.filter { points[$0][k] >= place }, middleLow, high, depth + 1))
    }
  }

  /// Returns the split of dimension `k` that reduces the sum of squares most; nil if none does.
  private static func split(
    _ indices: [Int], _ points: [[Double]], _ values: [Double], _ k: Int
  ) -> (place: Double, gain: Double)? {
    guard indices.count >= 3 else { return nil }
    let sorted = indices.sorted { (points[$0][k], $0) < (points[$1][k], $1) }
    let total = sorted.reduce(0) { $0 + values[$1] }
    var (sum, best): (Double, (place: Double, gain: Double)?) = (0, nil)
    let count = Double(sorted.count)
    for i in 0..<sorted.count - 1 {
      sum += values[sorted[i]]
      let (left, right) = (points[sorted[i]][k], points[sorted[i + 1]][k])
      guard left < right else { continue }
      let n = Double(i + 1)
      let gain = sum * sum / n + (total - sum) * (total - sum) / (count - n) - total * total / count
      guard gain > 1e-12 * (1 + total * total), gain > best?.gain ?? 0 else { continue }
      best = (left + (right - left) / 2, gain)
    }
    return best
  }

  /// The mean of the tree's predictions over the unit cube.
  var mean: Double { leaves.reduce(0) { $0 + $1.value * $1.volume } }

  /// The variance of the tree's predictions over the unit cube.
  var variance: Double {
    let mean = mean
    return leaves.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.volume }
  }

  /// Returns the variance of the mean prediction for each coordinate of dimension `k`, averaged over all others.
  func variance(of k: Int) -> Double {
    // The mean changes at the ends of leaves, so one pass over them in order suffices.
    let changes = leaves.flatMap { leaf -> [(place: Double, change: Double)] in
      let density = leaf.value * leaf.volume / (leaf.high[k] - leaf.low[k])
      return [(leaf.low[k], density), (leaf.high[k], -density)]
    }
    let sorted = changes.sorted { $0.place < $1.place }
    let mean = mean
    var (marginal, total) = (0.0, 0.0)
    for (now, next) in zip(sorted, sorted.dropFirst()) {
      marginal += now.change
      total += (marginal - mean) * (marginal - mean) * (next.place - now.place)
    }
    return total
  }
}
