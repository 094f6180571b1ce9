import GliaCore

/// The index ranges of the rows of a weight, one for each index of the first axis.
struct Rows: Sequence, IteratorProtocol {
  private let width: Int
  private let end: Int
  private var start: Int

  /// Creates the ranges of the rows of `weight`, or only of those after the row `last`.
  init(_ weight: Span<Float>, _ shape: [Int], after last: Range<Int>? = nil) {
    width = weight.count / Swift.max(shape.first ?? 1, 1)
    end = weight.count
    start = last?.upperBound ?? 0
  }

  mutating func next() -> Range<Int>? {
    guard width > 0, start < end else { return nil }
    defer { start += width }
    return start..<start + width
  }
}

extension Span<Float> {
  /// Computes the dot product of two rows in double precision.
  func dot(_ a: Range<Int>, _ b: Range<Int>) -> Double {
    var sum = 0.0
    for (i, j) in zip(a, b) { sum += Double(self[i]) * Double(self[j]) }
    return sum
  }
}
