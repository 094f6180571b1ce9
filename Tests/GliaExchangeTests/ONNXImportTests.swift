import Foundation
import Glia
import Testing

@testable import GliaExchange

/// Files of other tools, whose outputs ONNX Runtime computed.
@Suite struct ONNXImportTests {
  struct Case: Decodable {
    let inputs: [[Float]]
    let outputs: [[Float]]
  }

  static let folder = Bundle.module.resourceURL?.appending(path: "Fixtures")

  static let names: [String] = {
    let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
    return files.filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = try #require(folder)
    return [UInt8](try Data(contentsOf: folder.appending(path: name + ".onnx")))
  }

  static func model(_ name: String) throws -> Model { try Model(onnx: ONNXModel(bytes(name))) }

  @Test func thereAreFixtures() { #expect(Self.names.count > 1) }

  @Test(arguments: names) func outputsAreThoseOfONNXRuntime(_ name: String) throws {
    let folder = try #require(Self.folder)
    let expected = try JSONDecoder().decode(
      Case.self, from: Data(contentsOf: folder.appending(path: name + ".json")))
    let model = try Self.model(name)
    let x = try Tensor(shape: [expected.inputs.count] + model.network.input, expected.inputs.flatMap { $0 })
    // Of two classes, a network has the probability of the second one.
    let single = model.classes.count == 2 && model.network.output == [1]
    let outputs = expected.outputs.flatMap { single && $0.count == 2 ? [$0[1]] : $0 }
    let worst = try zip(model.predict(x).values, outputs).map { ($0 - $1).magnitude }.max() ?? .infinity
    #expect(worst < 1e-5, "\(model.network)")
    #expect(try model.predict(x).values.count == outputs.count)
  }

  @Test(arguments: names) func modelsAreWrittenAndReadAgain(_ name: String) throws {
    let model = try Self.model(name)
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    let again = try Model(contentsOf: path, with: .standard)
    #expect(again.network.parameters == model.network.parameters && again.classes == model.classes)
    #expect(again.preprocessing == model.preprocessing)
  }

  @Test func aKerasClassifierHasFewLayers() throws {
    let model = try Self.model("keras_classifier")
    #expect(model.network.rows.map(\.detail) == ["leaky_relu", "linear", "mish", "softmax"])
    #expect(model.experiment.training.loss is SparseCategoricalCrossentropy && model.classes == ["0", "1", "2"])
  }

  @Test func scalingOfInputsIsAStandardization() throws {
    let model = try Self.model("keras_products")
    #expect(model.preprocessing.standardization?.scale == [0.5, 3])
    #expect(model.network.layers.map { type(of: $0).name } == ["dense", "parallel", "dense"])
    #expect(model.targets == ["y_0", "y_1", "y_2", "y_3"] && model.experiment.training.loss is MeanSquaredError)
  }

  @Test func truncatedFilesAreErrors() throws {
    let bytes = try Self.bytes("keras_products")
    for length in 0..<bytes.count { _ = try? Model(onnx: ONNXModel(Array(bytes.prefix(length)))) }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x55
      _ = try? Model(onnx: ONNXModel(changed))
    }
    #expect(throws: GliaError.self) { try Model(onnx: ONNXModel(Array(bytes.dropLast()))) }
  }
}
