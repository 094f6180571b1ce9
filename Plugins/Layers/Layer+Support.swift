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

extension Int {
  /// The number with a noun: `1 layer`, `2 layers`.
  func counting(_ one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}

extension JSON {
  /// A dense layer, for the examples of containers.
  static func hidden(_ units: Int) -> JSON { ["type": "dense", "units": JSON(units), "activation": "gelu"] }
}
