import Foundation
import Glia
import Testing

@Suite("Model files")
struct ModelFileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder + "/out", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func experiment() -> Experiment {
    var experiment = Experiment()
    experiment.data = CSV(path: "points.csv", target: "c", standardize: true)
    experiment.network.layers = [Dense(3, activation: .tanh), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), SGD(learningRate: 0.1))
    experiment.training.epochs = 2
    return experiment
  }

  private let points = "a,b,c\n0,10,no\n1,30,yes\n2,20,no\n3,60,yes\n"

  private func trained(in folder: String) throws -> (model: Model, preparation: Preparation) {
    try points.write(toFile: folder + "/points.csv", atomically: true, encoding: .utf8)
    let preparation = try Preparation(experiment(), with: .standard, folder: folder)
    var training = try preparation.begin()
    try training.fit()
    return (preparation.model(of: training.network, classes: training.classes), preparation)
  }

  @Test("store classes, columns, standardization and weights")
  func contents() throws {
    try withFolder { folder in
      let (model, _) = try trained(in: folder)
      try model.write(to: folder + "/out/model.safetensors")
      let file = try SafeTensors(contentsOf: folder + "/out/model.safetensors")
      #expect(file.tensors["layers.0.weight"]?.shape == [3, 2])
      #expect(file.tensors["layers.1.bias"]?.shape == [1])
      // Means 1.5 and 30; population deviations √1.25 and √350.
      #expect(file.tensors["input.mean"]?.values == [1.5, 30])
      let scale = try #require(file.tensors["input.scale"]).values
      #expect(abs(scale[0] - 1.1180340) < 1e-6 && abs(scale[1] - 18.708286) < 1e-5)
      let loaded = try Model(contentsOf: folder + "/out/model.safetensors", with: .standard)
      #expect(loaded.classes == ["no", "yes"] && loaded.columns == ["a", "b"] && loaded.targets == ["c"])
      let x = try Tensor(rows: [[0.5, 20], [3, 60]])
      #expect(try loaded.predict(x) == model.predict(x))
    }
  }

  @Test("store the data path relative to their folder, so both can be moved together")
  func relativePaths() throws {
    try withFolder { folder in
      let (model, _) = try trained(in: folder)
      try model.write(to: folder + "/out/model.safetensors")
      let text = try #require(SafeTensors(contentsOf: folder + "/out/model.safetensors").metadata["glia.experiment"])
      #expect(try JSON(parsing: text)["data"]?["path"] == "../points.csv")

      let moved = folder + "-moved"
      try FileManager.default.copyItem(atPath: folder, toPath: moved)
      defer { try? FileManager.default.removeItem(atPath: moved) }
      let loaded = try Model(contentsOf: moved + "/out/model.safetensors", with: .standard)
      #expect((loaded.experiment.data as? CSV)?.path == Paths.absolute(moved + "/points.csv"))
      #expect(try loaded.experiment.load().count == 4)
    }
  }

  @Test("with values that are not finite are rejected", arguments: [Float.nan, .infinity])
  func notFinite(number: Float) throws {
    try withFolder { folder in
      var (model, _) = try trained(in: folder)
      try model.network.set("layers.1.bias", to: Tensor(shape: [1], [number]))
      try model.write(to: folder + "/out/model.safetensors")
      let error = #expect(throws: GliaError.self) {
        try Model(contentsOf: folder + "/out/model.safetensors", with: .standard)
      }
      #expect(error?.place?.contains("layers.1.bias") == true)
    }
  }

  @Test(
    "paths are relative to folders",
    arguments: [
      ("/a/b/c.csv", "/a/b", "c.csv"), ("/a/b/c.csv", "/a/d", "../b/c.csv"), ("/c.csv", "/a/b", "../../c.csv"),
      ("/a/./b/../c.csv", "/a", "c.csv"),
    ])
  func paths(path: String, folder: String, relative: String) {
    #expect(Paths.relative(path, to: folder) == relative)
    #expect(Paths.absolute(relative, in: folder) == Paths.absolute(path))
  }
}
