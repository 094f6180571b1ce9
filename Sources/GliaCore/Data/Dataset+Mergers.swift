extension Dataset {
  /// Whether the features before ``standardization`` keep all their distinct values in single precision; timestamps do not.
  public var areToldApartUnstandardized: Bool {
    unstandardized().mergers(of: { Double(inputs.values[$0]) }) { "" }.isEmpty
  }

  /// The number of samples of a feature that are examined first: as many from the beginning as evenly spaced over all of it.
  private static let looked = 2048
  /// More columns than this would not be informative.
  private static let mostListed = 10

  /// Returns warnings about features whose inputs have fewer distinct values than `exact`: both counts, and `advice`.
  func mergers(of exact: (Int) -> Double, _ advice: () -> String) -> [String] {
    let width = inputs.width
    var warnings: [String] = []
    for feature in 0..<width {
      let all = count
      let step = max(all / Self.looked, 1)
      let some = Array(0..<min(all, Self.looked)) + Array(stride(from: min(all, Self.looked), to: all, by: step))
      func values(_ rows: some Sequence<Int>) -> (left: Int, of: Int) {
        let places = rows.map { $0 * width + feature }
        return (Set(places.map { inputs.values[$0] }).count, Set(places.map(exact).filter { !$0.isNaN }).count)
      }
      func areLost(_ values: (left: Int, of: Int)) -> Bool { values.of - values.left > values.of / 100 }
      guard areLost(values(some)) else { continue }
      let values = values(0..<all)
      guard areLost(values) else { continue }
      // Differences between whole numbers beyond 2^53 were already lost when they were read.
      let isLeast = (0..<all).allSatisfy { exact($0 * width + feature).magnitude > 0x1p53 }
      warnings.append(
        "'\(inputNames[feature].excerpt)' has \(isLeast ? "at least " : "")\(values.of.grouped) distinct values, of which only "
          + "\(values.left.grouped) \(values.left == 1 ? "is" : "are") left \(advice())"
      )
    }
    guard warnings.count > Self.mostListed else { return warnings }
    return warnings.prefix(Self.mostListed) + [
      "\(warnings.count - Self.mostListed) more features have fewer values than the file"
    ]
  }
}
