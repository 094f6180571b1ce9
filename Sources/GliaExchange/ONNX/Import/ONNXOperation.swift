import Glia

/// A node of a graph with the values of its inputs.
struct ONNXOperation {
  let node: ONNXNode
  let inputs: [ONNXValue?]
  /// The version of ONNX's own operators.
  let version: Int64

  var name: String { node.operation }

  /// The node, for messages.
  var place: String {
    let label = node.name.isEmpty ? "node of '\((node.outputs.first ?? "").excerpt)'" : "node '\(node.name.excerpt)'"
    return "\(label) (\(node.operation.excerpt))"
  }

  func failure(_ what: String, expected: String? = nil, remedy: String? = nil) -> GliaError {
    GliaError(what, at: place, expected: expected, remedy: remedy)
  }

  /// The value of an input; nil if it is left out.
  subscript(index: Int) -> ONNXValue? { inputs.indices.contains(index) ? inputs[index] : nil }

  /// Returns the constant that an input is; nil if it is left out.
  func constant(_ index: Int) throws -> ONNXTensor? {
    switch self[index] {
    case .constant(let tensor): return tensor
    case nil: return nil
    default:
      throw failure(
        "input \(index) depends on the samples", expected: "a constant",
        remedy: "replace this operation in the model before exporting")
    }
  }

  func numbers(_ index: Int) throws -> [Double]? {
    guard let tensor = try constant(index) else { return nil }
    guard let numbers = tensor.values.numbers else { throw failure("input \(index) is text", expected: "numbers") }
    return numbers
  }

  func ints(_ index: Int) throws -> [Int]? {
    guard let tensor = try constant(index) else { return nil }
    guard let ints = tensor.values.ints else { throw failure("input \(index) is not whole", expected: "integers") }
    return ints.map { Int(clamping: $0) }
  }

  /// Returns the step that an input is the result of.
  func step(_ index: Int) throws -> Int {
    switch self[index] {
    case .step(let step): return step
    case .constant: throw failure("input \(index) is a constant", expected: "a value that depends on the samples")
    case .decision: throw failure("input \(index) is a class", expected: "numbers")
    case .text: throw failure("input \(index) is text", expected: "numbers")
    case nil: throw failure("input \(index) is missing", expected: "at least \(index + 1)")
    }
  }

  /// Returns the text of the samples that an input is; nil if it is something else.
  func text(_ index: Int) -> ONNXText.Value? { if case .text(let text)? = self[index] { text } else { nil } }

  func float(_ attribute: String, _ standard: Float = 0) -> Double { Double(node[attribute]?.float ?? standard) }
  func int(_ attribute: String, _ standard: Int = 0) -> Int {
    node[attribute]?.int.map { Int(clamping: $0) } ?? standard
  }
  func ints(_ attribute: String) -> [Int]? { node[attribute]?.ints.map { $0.map { Int(clamping: $0) } } }

  /// The whole numbers that are an attribute in older versions, and an input in newer ones.
  func ints(_ attribute: String, orInput index: Int) throws -> [Int]? { try ints(attribute) ?? ints(index) }

  /// Returns an axis counted from 0 for `rank` axes.
  func axis(_ axis: Int, of rank: Int) throws -> Int {
    let positive = axis < 0 && axis >= -rank ? axis + rank : axis
    guard (0..<max(rank, 1)).contains(positive) else {
      throw failure("axis \(axis) of \(rank.counted("axis", plural: "axes"))", expected: "an existing axis")
    }
    return positive
  }
}

/// What a name in a graph stands for.
enum ONNXValue {
  /// A tensor that does not depend on the samples.
  case constant(ONNXTensor)
  /// The result of a step of the flow.
  case step(Int)
  /// The class with the highest probability, by its label if labels are known, or the second of two above a threshold.
  case decision(of: Int, labels: [String]?, threshold: Float?)
  /// Text of the samples.
  case text(ONNXText.Value)
}
