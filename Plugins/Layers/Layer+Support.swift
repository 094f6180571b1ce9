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

  /// Refuses a container of nothing.
  func requireSome(_ layers: [any Layer], _ setting: String) throws {
    try require(!layers.isEmpty, setting, "[]", expected: "at least one layer")
  }
}

extension Int {
  /// The number with a noun: `1 layer`, `2 layers`.
  func counting(_ one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}

extension MutableSpan<Float> {
  /// Replaces the first numbers by those of `other`.
  mutating func copy(_ other: Span<Float>) {
    guard let from = other.address, let to = address else { return }
    to.update(from: from, count: Swift.min(count, other.count))
  }
}
