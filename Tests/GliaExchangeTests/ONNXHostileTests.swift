import Glia
import Testing

@testable import GliaExchange

/// Graphs that ask for too much, or that mean something else than they seem to.
@Suite struct ONNXHostileTests {
  private func model(
    _ nodes: [ONNXNode], features: Int64 = 3, _ constants: [ONNXTensor] = [], outputs: [String] = ["y"],
    type: ONNXNumberType = .float, metadata: [String: String] = [:]
  ) throws -> Model {
    var model = ONNXModel()
    model.operatorSets = [.init(version: 18)]
    model.graph.nodes = nodes
    model.graph.initializers = constants
    model.graph.inputs = [ONNXValueInfo("x", type: type, shape: [.named("n"), .length(features)])]
    model.graph.outputs = outputs.map { ONNXValueInfo($0, type: .float, shape: nil) }
    for (key, value) in metadata { model.metadata[key] = value }
    return try Model(onnx: ONNXModel(model.bytes))
  }

  private func message(
    _ nodes: [ONNXNode], features: Int64 = 3, _ constants: [ONNXTensor] = [], type: ONNXNumberType = .float,
    outputs: [String] = ["y"]
  ) -> String {
    do {
      return "\(try model(nodes, features: features, constants, outputs: outputs, type: type).network)"
    } catch { return "\(error)" }
  }

  private let weight = ONNXTensor("w", shape: [3, 1], .floats([1, 1, 1]))
  private let probability = [ONNXNode("MatMul", ["x", "w"], ["z"]), ONNXNode("Sigmoid", ["z"], ["p"])]

  @Test func gatherNeedsAxesAndIndices() {
    let constants = [ONNXTensor("s", shape: [], .floats([1])), ONNXTensor("e", shape: [0], .ints([]))]
    #expect(message([ONNXNode("Gather", ["s", "e"], ["y"])], constants).contains("elements of a single number"))
    #expect(message([ONNXNode("Gather", ["s"], ["y"])], constants).contains("elements of a single number"))
  }

  @Test(.timeLimit(.minutes(5))) func emptyTensorsWithLongAxesAreErrors() {
    let empty = ONNXTensor("z", shape: [0, 1 << 45], .floats([]))
    #expect(message([ONNXNode("MatMul", ["x", "z"], ["y"])], [empty]).contains("has no elements"))
    let shape = ONNXTensor("s", shape: [2], .ints([0, 1 << 46]))
    let made = [ONNXNode("ConstantOfShape", ["s"], ["z"]), ONNXNode("MatMul", ["x", "z"], ["y"])]
    #expect(message(made, [shape]).contains("a weight of the shape"))
  }

  @Test(.timeLimit(.minutes(5))) func workBeyondTheBudgetIsAnError() {
    let zeros = ONNXTensor("s", shape: [1, 20_000], .ints(Array(repeating: 0, count: 20_000)))
    let indices = ONNXTensor("i", shape: [20_000], .ints(Array(repeating: 0, count: 20_000)))
    #expect(message([ONNXNode("Gather", ["s", "i"], ["y"])], [zeros, indices]).contains("too much work"))
    let chain = (0..<10).map { ONNXNode("Neg", [$0 == 0 ? "x" : "a\($0)"], [$0 == 9 ? "y" : "a\($0 + 1)"]) }
    #expect(message(chain, features: 1 << 24).contains("too much work"))
  }

  @Test func thresholdsAreKept() throws {
    func threshold(_ number: Float) throws -> Float? {
      let constants = [weight, ONNXTensor("t", shape: [], .floats([number]))]
      return try model(probability + [ONNXNode("Greater", ["p", "t"], ["l"])], constants, outputs: ["l", "p"])
        .fitted.threshold
    }
    #expect(try threshold(0.9) == 0.9)
    #expect(try threshold(0.5) == nil)
    let text = message(probability + [ONNXNode("Greater", ["p", "z"], ["l"])], [weight], outputs: ["l", "p"])
    #expect(text.contains("a comparison with no constant"))
    let first = probability + [ONNXNode("ArgMax", ["p"], ["l"], attributes: [.init("axis", .int(0))])]
    #expect(message(first, [weight], outputs: ["l", "p"]).contains("the largest along axis 0"))
  }

  @Test(arguments: [1, 2]) func thresholdsOfAnExportAreReadAgain(_ outputs: Int) throws {
    let sigmoid = Dense(1, activation: .sigmoid)
    var own = try Model(
      network: Network(input: [2], seed: 1) { outputs == 1 ? sigmoid : Dense(2, activation: .softmax) },
      experiment: Experiment(), classes: ["no", "yes"])
    let losses: [any Loss] = [BinaryCrossentropy(), SparseCategoricalCrossentropy()]
    own.experiment.training.loss = losses[outputs - 1]
    own.fitted.threshold = 0.3
    let again = try Model(onnx: ONNXModel(own.onnx().bytes))
    #expect(again.fitted.threshold == 0.3 && again.classes == ["no", "yes"] && again.network.output == [outputs])
  }

  @Test func allInputsOfAMaximumCount() throws {
    let constants = [ONNXTensor("c", shape: [1], .floats([-1])), ONNXTensor("d", shape: [1], .floats([0]))]
    let model = try model([ONNXNode("Max", ["c", "x", "d"], ["y"])], constants)
    #expect(try model.predict(Tensor(rows: [[-1, -0.5, 0.7]])).values == [0, 0, 0.7])
  }

  @Test func roundingAndStrangeLimitsAreErrors() {
    let cast = ONNXNode("Cast", ["x"], ["y"], attributes: [.init("to", .int(7))])
    #expect(message([cast]).contains("rounded to whole numbers"))
    let none = ONNXTensor("lo", shape: [0], .floats([]))
    #expect(message([ONNXNode("Clip", ["x", "lo"], ["y"])], [none]).contains("0 numbers as min"))
    let nan = ONNXTensor("lo", shape: [], .floats([.nan]))
    #expect(message([ONNXNode("Clip", ["x", "lo"], ["y"])], [nan]).contains("not a number"))
    #expect(
      message([ONNXNode("Relu", ["x"], ["y"])], type: .string).contains(
        "Glia has no layer for the operator Relu of text"))
  }

  @Test func metadataThatDoesNotFitIsIgnored() throws {
    let nodes = [ONNXNode("MatMul", ["x", "w"], ["y"])]
    let names = try model(
      nodes, [weight], metadata: ["glia.targets": "[\"a\", \"b\"]", "glia.columns": "[\"a\""])
    #expect(names.targets == ["y"] && names.columns == ["x0", "x1", "x2"])
  }

  @Test(.timeLimit(.minutes(5))) func longListsAreReadInLinearTime() throws {
    let list = ONNXAttribute("value_ints", .ints(Array(repeating: 1, count: 100_000)))
    var model = ONNXModel()
    model.graph.nodes = [ONNXNode("Constant", [], ["k"], attributes: [list])]
    #expect(try ONNXModel(model.bytes) == model)
  }
}
