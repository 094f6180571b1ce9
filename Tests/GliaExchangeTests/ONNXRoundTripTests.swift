import Foundation
import Glia
import Testing

@testable import GliaExchange

/// Models that Glia exports and imports again: they predict the same, or the error names what Glia cannot express.
@Suite struct ONNXRoundTripTests {
  /// What an imported model has no counterpart for, by a part of the description: scaling of two axes, among others.
  private static let refused: KeyValuePairs = [
    "embedding": "operator Floor", "maxout": "reduces a sample", "radial_basis": "a constant of the shape",
    "heaviside": "operator Equal", "sparsemax": "operator TopK", "of [2, 3]": "dense got samples of shape [2, 3]",
  ]

  private func compare(_ items: [ExportModel]) throws {
    for item in items {
      let again: Model
      do { again = try Model(onnx: ONNXModel(item.model.onnx().bytes)) } catch {
        let reason = Self.refused.first { item.description.contains($0.key) }?.value
        #expect("\(error)".contains(reason ?? "nothing is refused here"), "\(item)")
        continue
      }
      let shape = [item.samples.rows] + (item.model.preprocessing.isEmpty ? again.network.input : [again.featureCount])
      let expected = try item.model.predict(item.samples).values
      let outputs = try again.predict(Tensor(shape: shape, item.samples.values)).values
      #expect(outputs.count == expected.count, "\(item)")
      let isNear = zip(outputs, expected).allSatisfy { a, b in
        a == b || a.isNaN && b.isNaN || (a - b).magnitude <= 1e-5 * max(1, b.magnitude)
      }
      #expect(isNear, "\(item): \(outputs.prefix(4)) instead of \(expected.prefix(4))")
    }
  }

  @Test func layersAndActivations() throws {
    // A log-softmax at the end becomes a softmax.
    try compare(
      ExportModel.components().filter { !$0.description.hasPrefix("log_softmax") } + ExportModel.combinations())
  }

  @Test func categories() throws {
    let items = try ExportModel.categories()
    try compare(items)
    for item in items {
      let again = try Model(onnx: ONNXModel(item.model.onnx().bytes))
      #expect(again.columns == item.model.columns && again.classes == item.model.classes)
      let (source, own) = (
        try #require(again.experiment.data as? CSV), try #require(item.model.experiment.data as? CSV)
      )
      #expect(source.categories == own.categories && source.unknown == own.unknown && source.target == ["kind"])
      #expect(again.network.layers.count == 2, "\(item): \(again.network)")
      let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID()).safetensors").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try again.write(to: path)
      let read = try Model(contentsOf: path, with: .standard)
      #expect(try read.predict(item.samples) == again.predict(item.samples))
    }
  }

  @Test func ensembles() throws {
    let items = try ExportModel.ensembles()
    try compare(items)
    for item in items {
      let again = try Model(onnx: ONNXModel(item.model.onnx().bytes))
      let (own, temperature) = (item.model.fitted.temperature ?? 1, again.fitted.temperature ?? 1)
      #expect((own - temperature).magnitude < 1e-6 && again.classes == item.model.classes, "\(item)")
      if !again.classes.isEmpty { #expect(try again.members.count == item.model.members.count, "\(item)") }
    }
    #expect(try Model(onnx: ONNXModel(items[7].model.onnx().bytes)).targetScaling?.transform == .log1p)
  }

  /// The outputs of tables, which may have a temperature, a threshold or scaled targets.
  @Test func outputsOfTables() throws {
    try compare(TableModel.all().filter { !$0.description.hasPrefix("{") })
  }

  /// Near 0, e^x - 1 keeps its digits.
  @Test func theExponentialMinusOneKeepsItsDigits() throws {
    var onnx = ONNXModel()
    onnx.operatorSets = [.init(version: 18)]
    onnx.graph.inputs = [ONNXValueInfo("x", type: .float, shape: [.named("n"), .length(1)])]
    onnx.graph.outputs = [ONNXValueInfo("y", type: .float, shape: nil)]
    onnx.graph.initializers = [
      ONNXTensor("one", shape: [], .floats([1])), ONNXTensor("w", shape: [1, 1], .floats([1])),
    ]
    let function = [ONNXNode("Exp", ["x"], ["e"]), ONNXNode("Sub", ["e", "one"], ["s"])]
    for end in [ONNXNode("Identity", ["s"], ["y"]), ONNXNode("MatMul", ["s", "w"], ["y"])] {
      onnx.graph.nodes = function + [end]
      let model = try Model(onnx: onnx)
      for x in [-1e-6, 1e-6, -3e-4, 0.5, 5, -20] as [Float] {
        let (y, expected) = (try model.predict(Tensor(rows: [[x]])).values[0], Float(expm1(Double(x))))
        #expect((y - expected).magnitude <= 1e-6 * expected.magnitude, "\(x): \(y)")
      }
    }
  }
}
