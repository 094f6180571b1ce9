import Glia
import Testing

@testable import GliaExchange

/// Graphs of a few nodes: what they become, and what is refused.
@Suite struct ONNXGraphTests {
  /// Returns a model of the nodes for `features` features, with constants by name.
  private func model(
    _ nodes: [ONNXNode], features: Int64 = 2, _ constants: [ONNXTensor] = [], outputs: [String] = ["y"],
    metadata: [String: String] = [:]
  ) throws -> Model {
    var model = ONNXModel()
    model.operatorSets = [.init(version: 18)]
    model.graph.nodes = nodes
    model.graph.initializers = constants
    model.graph.inputs = [ONNXValueInfo("x", type: .float, shape: [.named("n"), .length(features)])]
    model.graph.outputs = outputs.map { ONNXValueInfo($0, type: .float, shape: nil) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { model.metadata[key] = value }
    return try Model(onnx: ONNXModel(model.bytes))
  }

  private func message(_ nodes: [ONNXNode], _ constants: [ONNXTensor] = [], outputs: [String] = ["y"]) -> String {
    do {
      let model = try model(nodes, constants, outputs: outputs)
      return "\(model.network)"
    } catch { return "\(error)" }
  }

  private let weight = ONNXTensor("w", shape: [2, 1], .floats([2, 3]))
  private let unit = ONNXNode("MatMul", ["x", "w"], ["z"])

  /// 2 · (2 x₁ + 3 x₂) + 1 for x = (1, 1) is 11.
  @Test func scalingMovesIntoTheDenseLayerBesideIt() throws {
    let constants = [
      weight, ONNXTensor("two", shape: [], .floats([2])), ONNXTensor("one", shape: [1], .floats([1])),
    ]
    let nodes = [unit, ONNXNode("Mul", ["z", "two"], ["m"]), ONNXNode("Add", ["one", "m"], ["y"])]
    let model = try model(nodes, constants)
    #expect(model.network.layers.count == 1 && model.network["layers.0.weight"]?.values == [4, 6])
    #expect(try model.predict(Tensor(rows: [[1, 1]])).values == [11])
  }

  @Test func constantsAreComputedFirst() throws {
    let constants = [
      ONNXTensor("t", shape: [1, 2], .doubles([2, 3])), ONNXTensor("axes", shape: [1], .ints([0])),
      ONNXTensor("half", shape: [2], .floats([0.5, 1.5])),
    ]
    let nodes = [
      ONNXNode("Transpose", ["t"], ["w"]), unit, ONNXNode("Unsqueeze", ["half", "axes"], ["row"]),
      ONNXNode("Gather", ["half", "axes"], ["first"]), ONNXNode("Add", ["z", "first"], ["y"]),
    ]
    #expect(try model(nodes, constants).predict(Tensor(rows: [[1, 1]])).values == [5.5])
  }

  /// PyTorch writes softplus as a choice: x where it is above 20, log(1 + eˣ) elsewhere.
  @Test(arguments: ["Greater", "Less", "LessOrEqual"]) func aChoiceIsRecognized(_ comparison: String) throws {
    let constants = [
      weight, ONNXTensor("limit", shape: [], .floats([20])), ONNXTensor("one", shape: [1], .floats([1])),
    ]
    let nodes = [
      unit, ONNXNode(comparison, ["z", "limit"], ["c"]), ONNXNode("Exp", ["z"], ["e"]),
      ONNXNode("Add", ["e", "one"], ["f"]), ONNXNode("Log", ["f"], ["g"]),
      ONNXNode("Where", comparison == "Greater" ? ["c", "z", "g"] : ["c", "g", "z"], ["y"]),
    ]
    let model = try model(nodes, constants)
    #expect(model.network.layers.last?.outputActivation is Softplus, "\(model.network)")
    #expect(
      message(nodes.map { $0.operation == "Log" ? ONNXNode("Sqrt", ["f"], ["g"]) : $0 }, constants).contains(
        "none of Glia's"))
  }

  /// Where x > 0, x; elsewhere 0.
  @Test func aChoiceOfANumberIsRecognized() throws {
    let zero = ONNXTensor("zero", shape: [], .floats([0]))
    let nodes = [unit, ONNXNode("Greater", ["z", "zero"], ["c"]), ONNXNode("Where", ["c", "z", "zero"], ["y"])]
    #expect(try model(nodes, [weight, zero]).network.layers.last?.outputActivation is ReLU)
    let two = ONNXTensor("two", shape: [2], .floats([0, 1]))
    let bad = [unit, ONNXNode("Greater", ["z", "zero"], ["c"]), ONNXNode("Where", ["c", "z", "two"], ["y"])]
    #expect(message(bad, [weight, zero, two]).contains("a choice between different constants"))
  }

  @Test func aSumWithItsInputIsAResidualBlock() throws {
    let square = ONNXTensor("w", shape: [2, 2], .floats([1, 0, 0, 1]))
    let model = try model(
      [ONNXNode("MatMul", ["x", "w"], ["a"]), ONNXNode("Relu", ["a"], ["b"]), ONNXNode("Add", ["b", "x"], ["y"])],
      [square])
    #expect(model.network.layers.map { type(of: $0).name } == ["residual"])
    #expect(try model.predict(Tensor(rows: [[1, -1]])).values == [2, -1])
  }

  @Test func aSigmoidWithBothProbabilitiesHasTwoClasses() throws {
    let constants = [
      weight, ONNXTensor("unity", shape: [], .floats([1])), ONNXTensor("classes", shape: [2], .strings(["no", "yes"])),
    ]
    let nodes = [
      unit, ONNXNode("Sigmoid", ["z"], ["p"]), ONNXNode("Sub", ["unity", "p"], ["q"]),
      ONNXNode("Concat", ["q", "p"], ["y"], attributes: [.init("axis", .int(1))]),
      ONNXNode("ArgMax", ["y"], ["index"], attributes: [.init("axis", .int(1))]),
      ONNXNode("ArrayFeatureExtractor", ["classes", "index"], ["label"], domain: "ai.onnx.ml"),
    ]
    let model = try model(nodes, constants, outputs: ["label", "y"])
    #expect(model.classes == ["no", "yes"] && model.network.output == [1])
    #expect(model.experiment.training.loss is BinaryCrossentropy)
  }

  @Test func namesOfAnExportAreRestored() throws {
    let model = try model(
      [unit, ONNXNode("Sigmoid", ["z"], ["y"])], [weight],
      metadata: ["glia.classes": "[\"a\", \"b\"]", "glia.columns": "[\"u\", \"v\"]", "glia.targets": "[\"t\"]"])
    #expect(model.classes == ["a", "b"] && model.columns == ["u", "v"] && model.targets == ["t"])
  }

  @Test func unknownOperatorsAreNamed() {
    let convolution = message([ONNXNode("Conv", ["x"], ["y"], name: "Conv_3")])
    #expect(convolution.contains("Glia has no convolution") && convolution.contains("node 'Conv_3' (Conv)"))
    #expect(message([ONNXNode("LSTM", ["x"], ["y"])]).contains("node of 'y' (LSTM)"))
    #expect(message([ONNXNode("Normalizer", ["x"], ["y"])]).contains("divides a sample by its norm"))
    #expect(message([ONNXNode("Erf", ["x"], ["y"])]).contains("none of Glia's activations"))
    #expect(message([unit], [weight], outputs: ["y"]).contains("no node computes the output"))
    #expect(message([ONNXNode("Relu", ["v"], ["y"])]).contains("'v' is used before it is computed"))
    #expect(
      message([unit, ONNXNode("Relu", ["x"], ["y"])], [weight], outputs: ["y", "z"]).contains("2 different outputs"))
  }

  @Test func impossibleShapesAreErrors() {
    let wide = ONNXTensor("w", shape: [3, 1], .floats([1, 2, 3]))
    #expect(message([ONNXNode("MatMul", ["x", "w"], ["y"])], [wide]).contains("a weight of 3 numbers"))
    let shape = ONNXTensor("s", shape: [2], .ints([1 << 40, 1 << 40]))
    #expect(message([ONNXNode("ConstantOfShape", ["s"], ["y"])], [shape]).hasPrefix("a tensor of shape"))
    let one = ONNXTensor("one", shape: [1], .floats([1]))
    #expect(message([ONNXNode("Expand", ["one", "s"], ["y"])], [shape, one]).hasPrefix("a tensor of shape"))
    let mixed = ONNXTensor("s", shape: [1], .ints([-1]))
    #expect(message([ONNXNode("Reshape", ["x", "s"], ["y"])], [mixed]).contains("mixes samples"))
  }

  /// Sums and products of each other would double the branches at every node.
  @Test(.timeLimit(.minutes(5))) func entangledBranchesAreErrors() {
    var nodes = [ONNXNode("Relu", ["x"], ["a0"]), ONNXNode("Tanh", ["x"], ["b0"])]
    for i in 0..<60 {
      nodes.append(ONNXNode("Add", ["a\(i)", "b\(i)"], ["a\(i + 1)"]))
      nodes.append(ONNXNode("Mul", ["a\(i)", "b\(i)"], ["b\(i + 1)"]))
    }
    nodes.append(ONNXNode("Add", ["a60", "b60"], ["y"]))
    #expect(message(nodes).contains("too entangled"))
  }
}
