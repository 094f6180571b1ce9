import GliaCore

/// The features of all samples of a CSV file, in single precision and, from the first number on that this loses digits of, in
/// double precision as well.
struct CSVInputs {
  /// The nearest floats.
  private(set) var single: [Float] = []
  /// The nearest doubles; nil as long as all floats are exact.
  private(set) var exact: [Double]?

  /// How many floats take as much memory.
  var size: Int { single.count + 2 * (exact?.count ?? 0) }

  /// Appends a number that is 0 or 1, or missing.
  mutating func append(_ number: Float) {
    single.append(number)
    exact?.append(Double(number))
  }

  /// Appends a number by its nearest float and double.
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

  mutating func removeAll() {
    single.removeAll(keepingCapacity: true)
    exact = nil
  }
}
