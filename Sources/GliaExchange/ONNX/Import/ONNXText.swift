import Glia

/// The text that a graph takes: its columns, and the values that its encoders know. Numbers that stand for categories are text.
///
/// It is found before the graph is read, because every value is a feature of the samples.
struct ONNXText {
  /// A column of an input.
  struct Column {
    let name: String
    /// The values, each of which is a feature.
    fileprivate(set) var values: [String] = []
    /// Whether encoders say what other values become.
    fileprivate(set) var allowsOthers = true
  }

  /// A value of a graph that is text.
  struct Value {
    /// The indices of its columns.
    let columns: [Int]
    /// The shape of a sample, which has as many elements as there are columns.
    let shape: [Int]
  }

  private static let most = 1 << 20
  private var valueCount = 0
  private(set) var columns: [Column] = []
  private(set) var values: [String: Value] = [:]
  /// The indices of the columns of each input.
  private(set) var inputs: [String: Range<Int>] = [:]

  init(_ graph: ONNXGraph, version: Int64) throws {
    let constants = Dictionary(graph.initializers.map { ($0.name, $0) }) { first, _ in first }
    for input in graph.inputs where constants[input.name] == nil {
      if input.type == .string || Self.areCategories(input, in: graph) { try add(input) }
    }
    guard !values.isEmpty else { return }
    var known = constants.mapValues { ONNXValue.constant($0) }
    for node in graph.nodes {
      let inputs = node.inputs.map { name in values[name].map { .text($0) } ?? known[name] }
      let operation = ONNXOperation(node: node, inputs: inputs, version: version)
      if node.operation == "Constant", let name = node.outputs.first {
        known[name] = .constant(try ConstantFolding.constant(operation))
      }
      guard node.inputs.contains(where: { values[$0] != nil }) else { continue }
      try read(operation)
    }
    if let column = columns.first(where: { $0.values.isEmpty }) {
      throw GliaError(
        "no node encodes the text", at: "input '\(column.name.excerpt)'", expected: "OneHotEncoder or LabelEncoder",
        remedy: "remove the input from the model before exporting")
    }
  }

  /// Whether an input is whole numbers that stand for categories: nothing but an indicator of each is made of them.
  private static func areCategories(_ input: ONNXValueInfo, in graph: ONNXGraph) -> Bool {
    guard input.type?.isInteger == true else { return false }
    var (names, isEncoded): (Set, Bool) = ([input.name], false)
    for node in graph.nodes where !names.isDisjoint(with: node.inputs) {
      if node.operation == "OneHotEncoder" {
        isEncoded = true
      } else if moving.contains(node.operation) {
        names.formUnion(node.outputs)
      } else {
        return false
      }
    }
    return isEncoded
  }

  private static let moving: Set = [
    "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Concat", "ArrayFeatureExtractor", "Gather",
  ]

  private mutating func add(_ input: ONNXValueInfo) throws {
    let lengths = try ONNXInputs.lengths(of: input)
    let count = lengths.first ?? 1
    guard lengths.count <= 1, count <= 1 << 16 else {
      throw GliaError(
        "text with samples of the shape \(lengths.prefix(8))", at: "input '\(input.name.excerpt)'",
        expected: "[samples, columns]", remedy: "flatten the input in the model before exporting")
    }
    let range = columns.count..<columns.count + count
    columns += (0..<count).map { Column(name: count == 1 ? input.name : "\(input.name)_\($0)") }
    values[input.name] = Value(columns: Array(range), shape: lengths)
    inputs[input.name] = range
  }

  /// Follows text through an operation, or notes the values that it encodes.
  private mutating func read(_ operation: ONNXOperation) throws {
    let texts = operation.inputs.indices.compactMap(operation.text)
    guard let first = texts.first, let output = operation.node.outputs.first else { return }
    switch operation.name {
    case "OneHotEncoder", "LabelEncoder":
      let encoder = try ONNXTextEncoder(operation)
      let (count, overflow) = first.columns.count.multipliedReportingOverflow(by: encoder.values.count)
      guard !overflow, count <= Self.most - valueCount else {
        throw operation.failure("too many categories", expected: "at most \(Self.most.grouped) in all columns")
      }
      valueCount += count
      for index in first.columns {
        var known = Set(columns[index].values)
        columns[index].values += encoder.values.filter { known.insert($0).inserted }
        columns[index].allowsOthers = columns[index].allowsOthers && encoder.allowsOthers
      }
    case "Identity", "Cast": values[output] = first
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze":
      let shape = try operation.reshaped([0] + first.shape)
      let own = Array(shape.dropFirst())
      guard shape.first == 0, (try? own.elementCount()) == first.columns.count else {
        throw operation.failure(
          "text of the shape \(first.shape) becomes \(shape.prefix(8)), which mixes samples",
          expected: "the first axis unchanged")
      }
      values[output] = Value(columns: first.columns, shape: own)
    case "Concat":
      let all = texts.flatMap(\.columns)
      guard texts.count == operation.inputs.count, texts.allSatisfy({ $0.shape.count == 1 }),
        all.count <= 1 << 16, try operation.axis(operation.int("axis", 1), of: 2) == 1
      else { throw operation.failure("text is joined with numbers or along another axis", expected: "columns of text") }
      values[output] = Value(columns: all, shape: [all.count])
    case "ArrayFeatureExtractor", "Gather":
      let count = first.columns.count
      let indices = (try operation.ints(1) ?? []).map { $0 < 0 ? $0 &+ count : $0 }
      let isLast = operation.name != "Gather" || operation.int("axis") == 1 || operation.int("axis") == -1
      guard first.shape.count == 1, isLast, !indices.isEmpty, indices.allSatisfy((0..<count).contains) else {
        throw operation.failure("a selection from text of the shape \(first.shape)", expected: "existing columns")
      }
      let isNumber = try operation.name == "Gather" && operation.constant(1)?.shape.isEmpty == true
      values[output] = Value(columns: indices.map { first.columns[$0] }, shape: isNumber ? [] : [indices.count])
    default:
      throw operation.failure(
        "Glia has no layer for the operator \(operation.name.excerpt) of text",
        expected: "OneHotEncoder or LabelEncoder",
        remedy: "encode the categories in another way, or export the network without them")
    }
  }
}
