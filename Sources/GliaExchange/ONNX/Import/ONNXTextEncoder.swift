import Glia

/// The numbers that an operator of a graph replaces text with.
struct ONNXTextEncoder {
  /// The values that it knows.
  let values: [String]
  /// The number of each value; nil for an indicator of each value.
  let numbers: [Double]?
  /// The number of all other values.
  let standard: Double
  /// Whether there may be other values.
  let allowsOthers: Bool

  init(_ operation: ONNXOperation) throws {
    func attribute<T>(_ names: [String], _ value: (ONNXAttribute.Value) -> T?) -> T? {
      names.compactMap { operation.node[$0].flatMap(value) }.first
    }
    func numbers(_ value: ONNXAttribute.Value) -> [Double]? {
      switch value {
      case .int(let number): [Double(number)]
      case .float(let number): [Double(number)]
      default: value.ints?.map { Double($0) } ?? value.floats?.map { Double($0) } ?? value.tensor?.values.numbers
      }
    }
    func strings(_ value: ONNXAttribute.Value) -> [String]? { value.strings ?? value.tensor?.values.strings }
    if operation.name == "OneHotEncoder" {
      let numbers = operation.node["cats_int64s"]?.ints?.map { "\($0)" }
      values = attribute(["cats_strings"], strings) ?? numbers ?? []
      (self.numbers, standard) = (nil, 0)
      allowsOthers = operation.int("zeros", 1) != 0
    } else {
      // The first version of the operator numbers its classes.
      let classes = attribute(["classes_strings"], strings)
      values = attribute(["keys_strings", "keys_tensor"], strings) ?? classes ?? []
      let own =
        attribute(["values_floats", "values_int64s", "values_tensor"], numbers) ?? classes?.indices.map(Double.init)
        ?? []
      let other = attribute(["default_float", "default_int64", "default_tensor"], numbers)?.first
      self.numbers = own
      standard = other.flatMap { $0.isFinite ? $0 : nil } ?? 0
      allowsOthers = other?.isFinite ?? false
      guard own.count == values.count, own.allSatisfy(\.isFinite) else {
        throw operation.failure(
          "\(values.count.counted("text")) and \(own.count.counted("number"))",
          expected: "one finite number for each text",
          remedy: "encode the categories as numbers")
      }
    }
    guard !values.isEmpty else { throw operation.failure("no categories of text", expected: "a list of texts") }
    guard Set(values).count == values.count else {
      throw operation.failure("the same category twice", expected: "different texts")
    }
  }
}
