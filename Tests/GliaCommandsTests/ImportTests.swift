import Foundation
import GliaExchange
import Testing

extension ToolTests {
  /// Models of other tools.
  @Suite struct ImportTests {
    /// Writes y = σ(2 a + 3 b) as an ONNX file.
    private func workplace(operation: String = "Sigmoid") throws -> Workplace {
      let place = try Workplace()
      var model = ONNXModel()
      model.operatorSets = [.init(version: 18)]
      model.graph.inputs = [ONNXValueInfo("x", type: .float, shape: [.named("n"), .length(2)])]
      model.graph.outputs = [ONNXValueInfo("y", type: .float, shape: nil)]
      model.graph.initializers = [ONNXTensor("w", shape: [2, 1], .floats([2, 3]))]
      model.graph.nodes = [ONNXNode("MatMul", ["x", "w"], ["z"]), ONNXNode(operation, ["z"], ["y"], name: "last")]
      model.metadata = ["glia.columns": "[\"a\", \"b\"]", "glia.classes": "[\"no\", \"yes\"]"]
      try Data(model.bytes).write(to: URL(fileURLWithPath: place.path("net.onnx")))
      return place
    }

    @Test func importedModelsPredict() throws {
      let place = try workplace()
      let run = try place.glia("import", "net.onnx", "--output", "model.safetensors")
      #expect(run.status == 0, "\(run)")
      #expect(run.output == "model.safetensors: 2–1, 1 layer, 2 parameters, 2 inputs, 2 classes\n")
      try place.write("a,b\n1,0\n0,-1\n", to: "new.csv")
      let predicted = try place.glia("predict", "model.safetensors", "--data", "new.csv")
      #expect(predicted.status == 0 && predicted.output.hasPrefix("class,p_no,p_yes\nyes,"), "\(predicted)")
      #expect(try place.glia("describe", "model.safetensors").output.contains("net: 2–1"))
    }

    @Test func whatCannotBeImportedIsNamed() throws {
      let place = try workplace(operation: "Conv")
      let run = try place.glia("import", "net.onnx", "--output", "model.safetensors")
      #expect(run.status == 65 && run.errors.contains("Glia has no convolution"), "\(run)")
      #expect(run.errors.contains("where:    net.onnx: node 'last' (Conv)"), "\(run)")
      #expect(!place.exists("model.safetensors"))
      #expect(try place.glia("import", "none.onnx", "--output", "model.safetensors").status == 66)
      #expect(try place.glia("import", "net.onnx", "--output", "no/folder/model.safetensors").status == 73)
      #expect(try place.glia("import", "net.onnx", "--output", "net.onnx").status != 0)
    }
  }
}
