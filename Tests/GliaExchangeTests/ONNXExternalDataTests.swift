import Foundation
import Glia
import Testing

@testable import GliaExchange

/// Weights in a file beside the ONNX file, as PyTorch stores those of an exported network.
@Suite struct ONNXExternalDataTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID())")

  /// y = 2 x₁ + 3 x₂, with the weights described by `external`.
  private func onnx(_ external: ONNXExternalData) -> ONNXModel {
    var model = ONNXModel()
    model.operatorSets = [.init(version: 18)]
    model.graph.nodes = [ONNXNode("MatMul", ["x", "w"], ["y"])]
    model.graph.initializers = [ONNXTensor("w", shape: [2, 1], external)]
    model.graph.inputs = [ONNXValueInfo("x", type: .float, shape: [.named("n"), .length(2)])]
    model.graph.outputs = [ONNXValueInfo("y", type: .float, shape: nil)]
    return model
  }

  /// Writes the model and 4 + 8 bytes of weights, and reads the model again.
  private func read(_ external: ONNXExternalData) throws -> ONNXModel {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "parts"), withIntermediateDirectories: true)
    let path = folder.appending(path: "net.onnx")
    try Data(onnx(external).bytes).write(to: path)
    let numbers: [Float] = [-1, 2, 3]
    let data = Data(numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    for name in ["net.onnx.data", "parts/weights"] { try data.write(to: folder.appending(path: name)) }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try ONNXModel(contentsOf: path.path)
  }

  @Test(arguments: ["net.onnx.data", "parts/weights"]) func weightsAreRead(_ location: String) throws {
    for length in [8, nil] {
      let onnx = try read(ONNXExternalData(location: location, offset: 4, length: length, type: .float))
      #expect(onnx.graph.initializers == [ONNXTensor("w", shape: [2, 1], .floats([2, 3]))])
      #expect(try Model(onnx: onnx).predict(Tensor(rows: [[1, 1]])).values == [5])
    }
    let halves = try read(ONNXExternalData(location: location, offset: 4, type: .float16))
    #expect(halves.graph.initializers[0].values == .floats([0, 2]))
  }

  @Test func whatIsNotThereIsRefused() throws {
    func message(_ location: String, _ offset: Int, _ length: Int?) -> String {
      do {
        return "\(try read(ONNXExternalData(location: location, offset: offset, length: length, type: .float)))"
      } catch {
        return "\(error)"
      }
    }
    for (offset, length) in [(8, 8), (4, 4), (0, 12), (1 << 62, 8), (.max, nil), (0, .max)] as [(Int, Int?)] {
      let message = message("net.onnx.data", offset, length)
      #expect(message.contains("the numbers of the tensor 'w' are not all there"), "\(message)")
    }
    for location in ["../net.onnx.data", "/etc/passwd", "", "parts/../net.onnx.data", "parts//weights"] {
      #expect(message(location, 4, 8).contains("which is not named correctly"), "\(location)")
    }
    #expect(message("net.onnx.data", -1, 8).contains("which is not named correctly"))
    #expect(message("none", 4, 8).contains("none"))
    #expect(message("parts", 4, 8).contains("this is a folder"))
  }

  @Test func withoutTheFileTheyAreNamed() throws {
    let model = onnx(ONNXExternalData(location: "net.onnx.data", offset: 4, type: .float))
    let again = try ONNXModel(model.bytes)
    #expect(again == model)
    let error = #expect(throws: GliaError.self) { try Model(onnx: again) }
    #expect(error?.what == "its numbers are in another file, net.onnx.data" && error?.place == "tensor 'w'")
  }
}
