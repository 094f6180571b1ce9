import Glia

/// The inputs of a graph as the features of a sample: numbers as they are, and one feature for each value of a text.
struct ONNXInputs {
  /// The shape of a sample.
  let shape: [Int]
  /// The features of each input of numbers.
  let numbers: [(name: String, features: Range<Int>)]
  /// The text among the inputs.
  let text: ONNXText
  /// The features of each column of text.
  let categories: [Range<Int>]
  /// The names of the features: those of inputs with one feature and of the values of text, or numbered ones.
  let names: [String]

  init(_ graph: ONNXGraph, version: Int64) throws {
    text = try ONNXText(graph, version: version)
    let constants = Set(graph.initializers.map(\.name))
    let inputs = graph.inputs.filter { !constants.contains($0.name) }
    let shapes = try inputs.map { try Self.lengths(of: $0) }
    if shapes.count == 1, text.columns.isEmpty {
      // One number per sample may have no axis of its own.
      shape = shapes[0].isEmpty ? [1] : shapes[0]
      let count = shape.reduce(1, *)
      (numbers, categories) = ([(inputs[0].name, 0..<count)], [])
      names = count == 1 ? [inputs[0].name] : Self.numbered(count)
      return
    }
    guard !shapes.isEmpty, shapes.allSatisfy({ $0.count <= 1 }) else {
      throw GliaError(
        shapes.isEmpty ? "the graph has no input" : "several inputs, and one of them has more than one axis",
        at: "graph", expected: "one input, or inputs of the shape [samples, features]",
        remedy: "flatten the inputs in the model before exporting")
    }
    var (numbers, categories, names): ([(name: String, features: Range<Int>)], [Range<Int>], [String]) = ([], [], [])
    for (input, shape) in zip(inputs, shapes) {
      guard let columns = text.inputs[input.name] else {
        let features = try Self.range(of: shape.first ?? 1, after: names.count)
        numbers.append((input.name, features))
        names +=
          features.count == 1 ? [input.name] : features.indices.map { "\(input.name)_\($0 - features.lowerBound)" }
        continue
      }
      for column in text.columns[columns] {
        categories.append(try Self.range(of: column.values.count, after: names.count))
        names += column.values.map { "\(column.name)=\($0)" }
      }
    }
    (self.numbers, self.categories, self.shape) = (numbers, categories, [names.count])
    let areDifferent = Set(names).count == names.count
    self.names = areDifferent || !text.columns.isEmpty ? names : Self.numbered(names.count)
  }

  /// The data of samples with these features, which are called `columns` in the model.
  func source(columns: [String], targets: [String]) throws -> CSV {
    let names = zip(text.columns, categories).map { column, features in
      // The name of an input may differ from that of its column.
      let ends = column.values.map { "=\($0)" }
      let own = zip(columns[features], ends).map { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : column.name }
      return own.allSatisfy { $0 == own[0] } ? own[0] : column.name
    }
    let source = CSV(
      path: "data.csv", target: targets.isEmpty ? ["class"] : ColumnNames(targets), categories: names,
      unknown: text.columns.allSatisfy(\.allowsOthers) ? .ignore : .error)
    let expected = columns.indices.map { index in
      categories.firstIndex { $0.contains(index) }.map { names[$0] } ?? columns[index]
    }
    let found = source.columns(ofFeatures: columns)
    if let index = columns.indices.first(where: { found[$0] != expected[$0] }) {
      throw GliaError(
        "the feature '\(columns[index].excerpt)' would belong to the column '\(found[index].excerpt)'", at: "graph",
        expected: "names of inputs that do not begin with that of a category and =",
        remedy: "rename the inputs in the model before exporting")
    }
    return source
  }

  private static func numbered(_ count: Int) -> [String] { (0..<count).map { "x\($0)" } }

  private static func range(of count: Int, after start: Int) throws -> Range<Int> {
    guard count <= 1 << 24, start + count <= 1 << 24 else {
      throw GliaError("too many features", at: "graph", expected: "at most \((1 << 24).grouped) in all inputs")
    }
    return start..<start + count
  }

  /// The lengths of the axes of an input, but for the first, the samples.
  static func lengths(of input: ONNXValueInfo) throws -> [Int] {
    let place = "input '\(input.name.excerpt)'"
    guard let axes = input.shape, input.type != nil else {
      throw GliaError(
        "the input is not a tensor of numbers with a known shape", at: place, expected: "a tensor [samples, features]",
        remedy: "export the model with the shapes of its inputs")
    }
    let lengths = axes.dropFirst().map { if case .length(let length) = $0 { Int(clamping: length) } else { 0 } }
    guard !axes.isEmpty, lengths.allSatisfy({ $0 > 0 }), (try? lengths.elementCount()) != nil else {
      throw GliaError(
        "the number of features is not fixed", at: place, expected: "[samples, features] with a number of features",
        remedy: "export the model with fixed axes except the first, the samples")
    }
    return lengths
  }
}
