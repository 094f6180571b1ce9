import GliaCore

/// The features of all samples of a CSV file, in single precision and, once a number is not exact in it, in double precision
/// as well.
struct CSVInputs {
  /// The nearest floats.
  private(set) var single: [Float] = []
  /// The nearest doubles; nil while all floats are exact.
  private(set) var exact: [Double]?

  /// The memory in use, in units of a float.
  var size: Int { single.count + 2 * (exact?.count ?? 0) }

  /// Appends 0, 1, or a missing value.
  mutating func append(_ number: Float) {
    single.append(number)
    exact?.append(Double(number))
  }

  /// Appends a number, given as the nearest double and float.
  mutating func append(_ number: Double, _ float: Float) {
    if exact == nil, Double(float) != number { exact = single.map(Double.init) }
    single.append(float)
    exact?.append(number)
  }

  /// Sets a number to 1.
  mutating func mark(_ place: Int) {
    single[place] = 1
    exact?[place] = 1
  }

  /// Removes the numbers from `count` on.
  mutating func truncate(to count: Int) {
    single.removeLast(single.count - count)
    if let exact { self.exact = Array(exact.prefix(count)) }
  }

  mutating func removeAll() {
    single.removeAll(keepingCapacity: true)
    exact = nil
  }
}
