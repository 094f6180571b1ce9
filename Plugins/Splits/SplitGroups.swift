import GliaCore

extension Dataset {
  /// Returns all samples in an order drawn from `seed`: one group, or with `stratify` one per combination of labels, sorted by
  /// name.
  func groups(seed: UInt64, stratify: Bool) -> [[Int]] {
    var random = Random(seed: seed)
    let order = random.permutation(count)
    guard stratify, let first = targets.first else { return [order] }
    var labels = first.labels
    for column in targets.dropFirst() {
      for (row, label) in column.labels.enumerated() { labels[row] += "\u{1F}" + label }
    }
    return Dictionary(grouping: order, by: { labels[$0] }).sorted { $0.key < $1.key }.map(\.value)
  }
}

/// The number of samples of each group in a part.
enum SplitShares {
  /// Returns the share of each group in round(n × fraction) samples of all groups: at least 1 each, but at most the `free`
  /// ones.
  ///
  /// - Throws: if the groups are too small to maintain the fraction.
  static func taking(
    _ fraction: Double, of sizes: [Int], free: [Int], for part: String, _ data: Dataset
  ) throws -> [Int] {
    guard fraction > 0 else { return sizes.map { _ in 0 } }
    let wanted = max(Int((Double(sizes.reduce(0, +)) * fraction).rounded()), 1)
    let exact = sizes.map { Double($0) * fraction }
    var shares = zip(exact, free).map { max(min(max(Int($0.rounded()), 1), $1), 0) }
    // The remainder of rounding is added to, or taken from, the shares with the largest rounding error.
    let missing = wanted - shares.reduce(0, +)
    let step = missing.signum()
    let order = sizes.indices.filter { step > 0 ? shares[$0] < free[$0] : shares[$0] > 1 }.sorted {
      let (a, b) = (Double(step) * (exact[$0] - Double(shares[$0])), Double(step) * (exact[$1] - Double(shares[$1])))
      return (b, $0) < (a, $1)
    }
    for group in order.prefix(abs(missing)) { shares[group] += step }
    let taken = shares.reduce(0, +)
    guard sizes.count == 1 || (taken - wanted).magnitude <= max(1, wanted.magnitude / 10) else {
      throw GliaError(
        "stratify would put \(taken) of \(data.count) samples into the \(part) part instead of \(wanted)",
        at: "split.stratify",
        expected:
          "classes large enough to be divided, but there are \(sizes.count), the smallest of \(sizes.min() ?? 0)",
        remedy: "leave stratify out, use another fraction, or more data")
    }
    return shares
  }
}
