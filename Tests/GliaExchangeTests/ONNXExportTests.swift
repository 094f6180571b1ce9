import Foundation
import Glia
import GliaExchange
import Testing
import TestSupport

@Suite("ONNX export")
struct ONNXExportTests {
  /// With GLIA_EXCHANGE=FOLDER, files for `check_onnx.py`, which compares them with onnxruntime.
  private static let folder = ProcessInfo.processInfo.environment["GLIA_EXCHANGE"]

  @Test("every layer and activation of the registry is exported, and tables with all that belongs to them")
  func registry() throws {
    let models = try ExportModel.components() + TableModel.all()
    for (index, item) in models.enumerated() {
      let onnx = try item.model.onnx()
      #expect(onnx.operatorSets.first?.version == 20)
      let bytes = onnx.bytes
      // Constants that are not a number differ from themselves.
      #expect(try ONNXModel(bytes).bytes == bytes, "\(item)")
      guard let folder = Self.folder else { continue }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(index).onnx"))
      try Data(item.expectations().text().utf8).write(to: URL(filePath: "\(folder)/\(index).json"))
    }
  }

  @Test("a classifier has labels and probabilities, names, and a batch of any size")
  func classifier() throws {
    let model = try Model(
      network: Network(input: [2], seed: 1) { Dense(1, activation: .sigmoid) },
      experiment: TableModel.experiment(BinaryCrossentropy()), classes: ["no", "yes"], columns: ["a", "b"],
      targets: ["t"])
    let onnx = try model.onnx()
    #expect(onnx.graph.inputs.map(\.name) == ["features"])
    #expect(onnx.graph.inputs[0].shape == [.named("batch"), .length(2)])
    #expect(onnx.graph.outputs.map(\.name) == ["label", "probabilities"])
    #expect(onnx.graph.outputs[1].shape == [.named("batch"), .length(2)])
    #expect(onnx.metadata["glia.classes"] == #"["no", "yes"]"#)
    #expect(onnx.graph.nodes.map(\.operation).prefix(2) == ["Gemm", "Sigmoid"])
  }

  @Test("operators that ONNX has are used")
  func operators() throws {
    let network = try Network(input: [3], seed: 1) {
      Dense(4, activation: .gelu())
      BatchNorm()
      PReLU()
      LayerNorm()
      Dense(2, activation: .leakyReLU())
      Dense(2, activation: .softmax)
    }
    let operations = try Model(network: network).onnx().graph.nodes.map(\.operation)
    #expect(
      operations == [
        "Gemm", "Gelu", "BatchNormalization", "PRelu", "LayerNormalization", "Gemm", "LeakyRelu", "Gemm", "Softmax",
        "Identity",
      ])
  }
}
