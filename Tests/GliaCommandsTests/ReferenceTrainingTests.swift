import Foundation
import Glia
import Testing

private let references: [JSON] = {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/training.json")
  return (try? JSON(parsing: FileReader.bytes(of: file.path)).array) ?? []
}()

extension ToolTests {
  @Suite struct ReferenceTrainings {
    @Test("the reference cases exist")
    func cases() { #expect(references.count == 7) }

    @Test("training from given weights in a given order gives the reference weights", arguments: references.indices)
    func training(index: Int) throws {
      let reference = references[index]
      let place = try Workplace()
      let (x, y) = (try numbers(reference["x"]), try numbers(reference["y"]))
      let rows = try #require(reference["x_shape"]?[0]?.int)
      let (features, targets) = (x.count / rows, y.count / rows)
      let header = (0..<features).map { "x\($0)" } + (0..<targets).map { "y\($0)" }
      let lines = (0..<rows).map { row in
        (x[row * features..<(row + 1) * features] + y[row * targets..<(row + 1) * targets])
          .map { "\($0)" }.joined(separator: ",")
      }
      try place.write(([header.joined(separator: ",")] + lines).joined(separator: "\n"), to: "data.csv")
      let names = JSON.array((0..<targets).map { .string("y\($0)") })
      let experiment: JSON = [
        "name": "reference", "data": ["type": "csv", "path": "data.csv", "target": names],
        "network": try #require(reference["network"]), "training": try #require(reference["training"]),
      ]
      try place.write(experiment.text(), to: "experiment.json")
      var initial = SafeTensors()
      for (name, tensor) in try tensors(reference["initial"]) { initial.tensors[name] = tensor }
      try initial.write(to: place.path("initial.safetensors"))

      let outcome = try place.glia(
        "train", "experiment.json", "--initial-weights", "initial.safetensors", "--output", "out", "--no-plots")
      #expect(outcome.status == 0, "\(outcome)")
      let model = try SafeTensors(contentsOf: place.path("out/model.safetensors"))
      for (name, expected) in try tensors(reference["final"]) {
        let trained = try #require(model.tensors[name])
        #expect(trained.shape == expected.shape)
        for (value, wanted) in zip(trained.values, expected.values) {
          #expect(abs(value - wanted) <= 1e-5 + 1e-5 * abs(wanted), "\(name): \(value) is not \(wanted)")
        }
      }
    }

    private func numbers(_ json: JSON?) throws -> [Float] { try #require(json?.array).compactMap(\.float) }

    private func tensors(_ json: JSON?) throws -> [(String, Tensor)] {
      try #require(json?.object).map { name, tensor in
        let shape = try #require(tensor["shape"]?.array).compactMap(\.int)
        return (name, try Tensor(shape: shape, numbers(tensor["values"])))
      }
    }
  }
}
