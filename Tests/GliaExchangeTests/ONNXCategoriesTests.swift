import Foundation
import Glia
import Testing

@testable import GliaExchange

/// Models that encode text themselves.
@Suite struct ONNXCategoriesTests {
  private static let folder = Bundle.module.resourceURL?.appending(path: "Fixtures/Categories")

  private func model(_ name: String) throws -> Model {
    let folder = try #require(Self.folder)
    return try Model(onnx: ONNXModel([UInt8](Data(contentsOf: folder.appending(path: "\(name).onnx")))))
  }

  /// skl2onnx writes an encoder for each column; ONNX Runtime computed the outputs.
  @Test(arguments: ["mixed", "text", "numbers"]) func encodersOfScikitLearnAreCategories(_ name: String) throws {
    let folder = try #require(Self.folder)
    let model = try model(name)
    let expected = try JSONDecoder().decode(
      [[Float]].self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    var source = try #require(model.experiment.data as? CSV)
    source.path = folder.appending(path: "\(name).csv").path
    source.target = [model.columns[0].components(separatedBy: "=")[0]]
    let outputs = try model.predict(source.load(columns: model.columns))
    #expect(outputs.rows == 8)
    for (row, expected) in expected.enumerated() {
      let output = outputs.values[row * outputs.width]
      #expect((output - (expected.last ?? .nan)).magnitude < 1e-5, "row \(row): \(model.network)")
    }
  }

  @Test func categoriesAreNamed() throws {
    let mixed = try model("mixed")
    #expect(
      mixed.columns == [
        "area", "city=New York", "city=Paris", "city=Rome", "grade=low", "grade=middle", "grade=high",
      ])
    let source = try #require(mixed.experiment.data as? CSV)
    #expect(source.categories == ["city", "grade"] && source.unknown == .ignore)
    let text = try model("text")
    #expect((text.experiment.data as? CSV)?.unknown == .error)
    #expect(text.network.layers.count == 2, "\(text.network)")
    #expect(try model("numbers").columns == ["area", "rooms=1", "rooms=2", "rooms=3", "rooms=4"])
  }

  /// y = Σ w of the values, with text as `encoder` encodes it.
  private func graph(_ nodes: [ONNXNode], columns: Int64 = 1, weight: [Float]) -> ONNXModel {
    var model = ONNXModel()
    model.operatorSets = [.init(version: 18), .init(domain: "ai.onnx.ml", version: 3)]
    model.graph.inputs = [ONNXValueInfo("city", type: .string, shape: [.named("n"), .length(columns)])]
    model.graph.outputs = [ONNXValueInfo("y", type: .float, shape: nil)]
    model.graph.initializers = [
      ONNXTensor("w", shape: [weight.count, 1], .floats(weight)), ONNXTensor("flat", shape: [2], .ints([-1, 2])),
      ONNXTensor("second", shape: [1], .ints([1])),
    ]
    model.graph.nodes = nodes
    return model
  }

  private func oneHot(_ input: String, _ values: [String], as output: String, zeros: Int64 = 1) -> ONNXNode {
    ONNXNode(
      "OneHotEncoder", [input], [output], domain: "ai.onnx.ml",
      attributes: [ONNXAttribute("cats_strings", .strings(values)), ONNXAttribute("zeros", .int(zeros))])
  }

  /// A label encoder that gives 3 and 5, and 7 to others, is 7 plus -4 and -2 times the indicators.
  @Test func labelsAreSumsOfIndicators() throws {
    let encoder = ONNXNode(
      "LabelEncoder", ["city"], ["number"], domain: "ai.onnx.ml",
      attributes: [
        ONNXAttribute("keys_strings", .strings(["a", "b"])), ONNXAttribute("values_floats", .floats([3, 5])),
        ONNXAttribute("default_float", .float(7)),
      ])
    let model = try Model(onnx: graph([encoder, ONNXNode("MatMul", ["number", "w"], ["y"])], weight: [2]))
    #expect(model.columns == ["city=a", "city=b"])
    #expect(try model.predict(Tensor(rows: [[1, 0], [0, 1], [0, 0]])).values == [6, 10, 14])
  }

  @Test func columnsOfOneInputAreSelected() throws {
    let nodes = [
      ONNXNode("ArrayFeatureExtractor", ["city", "second"], ["own"], domain: "ai.onnx.ml"),
      oneHot("own", ["a", "b"], as: "e", zeros: 0), ONNXNode("Reshape", ["e", "flat"], ["x"]),
      ONNXNode("MatMul", ["x", "w"], ["y"]),
    ]
    #expect(throws: GliaError.self) { try Model(onnx: graph(nodes, columns: 2, weight: [2, 3])) }
    let all = [oneHot("city", ["c"], as: "unused")] + nodes
    let model = try Model(onnx: graph(all, columns: 2, weight: [2, 3]))
    #expect(model.columns == ["city_0=c", "city_1=c", "city_1=a", "city_1=b"])
    #expect(try model.predict(Tensor(rows: [[0, 0, 1, 0], [0, 0, 0, 1]])).values == [2, 3])
  }

  @Test(arguments: [
    ("StringNormalizer", "no layer for the operator StringNormalizer of text"),
    ("Concat", "text is joined with numbers"), ("MatMul", "no layer for the operator MatMul of text"),
  ])
  func otherTextIsRefused(_ operation: String, _ message: String) throws {
    let nodes = [ONNXNode(operation, ["city", "w"], ["y"], name: "n")]
    let error = #expect(throws: GliaError.self) { try Model(onnx: graph(nodes, weight: [1])) }
    #expect("\(String(describing: error))".contains(message))
  }

  @Test func namesThatWouldBeCategoriesAreRefused() throws {
    var onnx = graph(
      [
        oneHot("city", ["a"], as: "e"), ONNXNode("Squeeze", ["e", "second"], ["flat_e"]),
        ONNXNode("Concat", ["flat_e", "city=x"], ["x"], attributes: [ONNXAttribute("axis", .int(1))]),
        ONNXNode("MatMul", ["x", "w"], ["y"]),
      ], weight: [2, 3])
    onnx.graph.inputs.append(ONNXValueInfo("city=x", type: .float, shape: [.named("n"), .length(1)]))
    let error = #expect(throws: GliaError.self) { try Model(onnx: onnx) }
    #expect("\(String(describing: error))".contains("would belong to the column 'city'"))
  }
}
