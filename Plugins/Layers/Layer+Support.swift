import GliaCore

extension Layer {
  /// The number of input features of a layer that takes samples with one axis; throws for any other shape.
  func inputCount(_ input: [Int]) throws -> Int {
    guard input.count == 1, let inputs = input.first else {
      throw GliaError(
        "\(Self.name) got samples of shape \(input)", expected: "one axis, such as [2]",
        remedy: "add a flatten layer before it")
    }
    return inputs
  }
}

extension Int {
  /// The number followed by a noun: `1 layer`, `2 layers`.
  func counting(_ one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}

extension JSON {
  /// A dense layer for the examples of container layers.
  static func hidden(_ units: Int) -> JSON { ["type": "dense", "units": JSON(units), "activation": "gelu"] }
}
