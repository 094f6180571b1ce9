import Glia

extension Model {
  /// Returns the model as an ONNX model (operator set 20), with preprocessing, target scaling and class names.
  ///
  /// Inputs: `features` (float32, batch × number of features), or if there are categories, one input for each column (batch × 1,
  /// float32 or text), called like the column, with `_input` added if an output has that name. Outputs: of a classifier `label` (the class names, or 0 and 1 for each independent label) and
  /// `probabilities`, or `scores` if they are none; otherwise `output` in the targets' own unit. Names are also in the metadata
  /// `glia.columns`, `glia.classes` and `glia.targets`, as JSON.
  ///
  /// - Throws: if a component cannot be exported; the error names it.
  public func onnx() throws -> ONNXModel {
    let symbolic = try SymbolicModel(self)
    var writer = ONNXGraphWriter(
      symbolic.graph, reserving: SymbolicModel.outputNames.union(symbolic.onnxInputs.map(\.name)))
    var onnx = ONNXModel()
    onnx.irVersion = 9
    onnx.operatorSets = [.init(version: 20)]
    (onnx.producerName, onnx.producerVersion) = ("Glia", Self.version)
    (onnx.graph.inputs, onnx.graph.name) = (symbolic.onnxInputs, experiment.name.isEmpty ? "network" : experiment.name)
    let features = writer.features(symbolic)
    let outputs = writer.write(symbolic.outputs, features: features)
    onnx.graph.outputs = writer.decisions(symbolic, outputs)
    (onnx.graph.nodes, onnx.graph.initializers) = (writer.nodes, writer.initializers)
    if writer.nodes.contains(where: { $0.domain == "ai.onnx.ml" }) {
      onnx.operatorSets.append(.init(domain: "ai.onnx.ml", version: 3))
    }
    onnx.metadata["glia.version"] = Self.version
    onnx.metadata["glia.columns"] = JSON.array(columns.map(JSON.string)).text()
    if !classes.isEmpty { onnx.metadata["glia.classes"] = JSON.array(classes.map(JSON.string)).text() }
    if !targets.isEmpty { onnx.metadata["glia.targets"] = JSON.array(targets.map(JSON.string)).text() }
    return onnx
  }
}

extension SymbolicModel {
  /// The names of outputs.
  fileprivate static let outputNames: Set = ["label", "probabilities", "scores", "output"]
  fileprivate static let batch = ONNXValueInfo.Dimension.named("batch")
  fileprivate var hasCategories: Bool { inputs.contains { $0.values != nil } }

  /// The inputs of the graph.
  fileprivate var onnxInputs: [ONNXValueInfo] {
    guard hasCategories else {
      return [ONNXValueInfo("features", type: .float, shape: [Self.batch, .length(Int64(inputs.count))])]
    }
    return inputs.map {
      ONNXValueInfo(onnxName(of: $0), type: $0.values == nil ? .float : .string, shape: [Self.batch, .length(1)])
    }
  }

  /// The name of the column, or if an output has that name, with `_input` added.
  fileprivate func onnxName(of input: Input) -> String {
    let names = Set(inputs.map(\.name)).union(Self.outputNames)
    guard Self.outputNames.contains(input.name) else { return input.name }
    var name = "\(input.name)_input"
    while names.contains(name) { name += "_" }
    return name
  }
}

extension ONNXGraphWriter {
  /// Joins the inputs of the graph to the features of a sample, and returns their name.
  fileprivate mutating func features(_ model: SymbolicModel) -> String {
    guard model.hasCategories else { return "features" }
    let parts = model.inputs.map { input in
      guard let values = input.values else { return model.onnxName(of: input) }
      let encoded = add(
        "OneHotEncoder", [model.onnxName(of: input)],
        [ONNXAttribute("cats_strings", .strings(values)), ONNXAttribute("zeros", .int(input.allowsOthers ? 1 : 0))],
        domain: "ai.onnx.ml")
      return reshape(encoded, to: [-1, Int64(values.count)])
    }
    return parts.count == 1 ? parts[0] : add("Concat", parts, [ONNXAttribute("axis", .int(1))])
  }

  /// Adds what the outputs mean, and returns the outputs of the graph.
  fileprivate mutating func decisions(_ model: SymbolicModel, _ outputs: String) -> [ONNXValueInfo] {
    let width = Int64(model.outputs.shape.reduce(1, *))
    let batch = SymbolicModel.batch
    func scores(_ areProbabilities: Bool, _ count: Int64) -> ONNXValueInfo {
      ONNXValueInfo(areProbabilities ? "probabilities" : "scores", type: .float, shape: [batch, .length(count)])
    }
    let label = ONNXValueInfo("label", type: .string, shape: [batch])
    switch model.form {
    case .values:
      let result = ONNXValueInfo("output", type: .float, shape: [batch, .length(width)])
      _ = add("Identity", [outputs], output: result.name)
      return [result]
    case .labels(let areProbabilities):
      let labels = ONNXValueInfo("label", type: .int64, shape: [batch, .length(width)])
      let result = scores(areProbabilities, width)
      _ = add("Identity", [outputs], output: result.name)
      _ = add("Cast", [isPositive(outputs, model)], [ONNXAttribute("to", .int(7))], output: labels.name)
      return [labels, result]
    case .probability:
      let rest = add("Sub", [add(.floats([1]), shape: []), outputs])
      let result = scores(true, 2)
      _ = add("Concat", [rest, outputs], [ONNXAttribute("axis", .int(1))], output: result.name)
      choose(isPositive(outputs, model), of: model)
      return [label, result]
    case .score:
      let result = scores(false, 1)
      _ = add("Identity", [outputs], output: result.name)
      choose(isPositive(outputs, model), of: model)
      return [label, result]
    case .classes(let areProbabilities):
      let result = scores(areProbabilities, width)
      _ = add("Identity", [outputs], output: result.name)
      if width == 2, model.model.rule.threshold != nil {
        let second = add("Gather", [outputs, add(.ints([1]), shape: [1])], [ONNXAttribute("axis", .int(1))])
        choose(isPositive(second, model), of: model)
      } else {
        let largest = add("ArgMax", [outputs], [ONNXAttribute("axis", .int(1)), ONNXAttribute("keepdims", .int(0))])
        name(largest, of: model)
      }
      return [label, result]
    }
  }

  /// Whether outputs exceed the threshold of the decision.
  private mutating func isPositive(_ outputs: String, _ model: SymbolicModel) -> String {
    let rule = model.model.rule
    return add("Greater", [outputs, add(.floats([rule.threshold ?? rule.encoding.threshold]), shape: [])])
  }

  /// Writes `label`: the second of two classes where `isSecond` is true.
  private mutating func choose(_ isSecond: String, of model: SymbolicModel) {
    let flat = reshape(isSecond, to: [-1])
    name(add("Cast", [flat], [ONNXAttribute("to", .int(7))]), of: model)
  }

  /// Writes `label`: the names of the classes with these indices.
  private mutating func name(_ indices: String, of model: SymbolicModel) {
    let names = add(.strings(model.model.classes), shape: [model.model.classes.count])
    _ = add("Gather", [names, indices], [ONNXAttribute("axis", .int(0))], output: "label")
  }
}
