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

    @Test func namesCanBeGiven() throws {
      let place = try workplace()
      let names = ["--columns", "p,q", "--classes", "good,bad", "--targets", "quality"]
      let run = try place.run(place.glia, ["import", "net.onnx", "--output", "model.safetensors"] + names)
      #expect(run.status == 0, "\(run)")
      try place.write("p,q,quality\n1,0,bad\n0,-1,good\n", to: "new.csv")
      let evaluated = try place.glia("evaluate", "model.safetensors", "--data", "new.csv")
      #expect(evaluated.status == 0 && evaluated.output.contains("accuracy 1"), "\(evaluated)")
      for wrong in [["--columns", "p"], ["--classes", "a,a"], ["--targets", "a,b"], ["--columns", "p,"]] {
        let run = try place.run(place.glia, ["import", "net.onnx", "--output", "model.safetensors"] + wrong)
        #expect(run.status == 64 && run.errors.contains(wrong[0]), "\(run)")
      }
    }

    @Test func otherFilesAreRecognized() throws {
      let place = try workplace()
      _ = try place.glia("import", "net.onnx", "--output", "model.safetensors")
      try place.write("a,b\n1,2\n3,4\n", to: "table.csv")
      let mixed = [
        (["import", "model.safetensors", "--output", "m"], "a safetensors file"),
        (["import", "table.csv", "--output", "m"], "a text, such as a table"),
        (["predict", "net.onnx", "--data", "table.csv"], "an ONNX file"),
        (["predict", "table.csv", "--data", "table.csv"], "a text, such as a table"),
        (["predict", "model.safetensors", "--data", "net.onnx"], "an ONNX file"),
        (["inspect", "model.safetensors"], "a safetensors file"),
      ]
      for (arguments, sort) in mixed {
        let run = try place.run(place.glia, arguments)
        #expect(run.status == 65 && run.errors.contains("this is \(sort)"), "\(run)")
      }
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
