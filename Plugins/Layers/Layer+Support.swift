import GliaCore

extension Layer {
  /// The inputs of a layer whose units see all of a sample; throws unless samples have one axis.
  func inputCount(_ input: [Int]) throws -> Int {
    guard input.count == 1, let inputs = input.first else {
      throw GliaError(
        "\(Self.name) got samples of shape \(input)", expected: "one axis, such as [2]",
        remedy: "give each sample its features in one row, such as by the layer flatten")
    }
    return inputs
  }
}

extension MutableSpan<Float> {
  /// Replaces the first numbers by those of `other`.
  mutating func copy(_ other: Span<Float>) {
    guard let from = other.address, let to = address else { return }
    to.update(from: from, count: Swift.min(count, other.count))
  }
}
