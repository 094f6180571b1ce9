extension Dataset {
  /// All samples in an order drawn from `seed`: one group, or with `stratify` one for each class, sorted by name.
  func groups(seed: UInt64, stratify: Bool) -> [[Int]] {
    var random = Random(seed: seed)
    let order = random.permutation(count)
    guard stratify, let labels = targets.first?.labels else { return [order] }
    return Dictionary(grouping: order, by: { labels[$0] }).sorted { $0.key < $1.key }.map(\.value)
  }

  /// round(`count` × `fraction`), at least 1 for a fraction above 0, as far as `most` allows.
  static func size(of fraction: Double, among count: Int, atMost most: Int) -> Int {
    fraction == 0 ? 0 : max(min(max(Int((Double(count) * fraction).rounded()), 1), most), 0)
  }
}
