import Foundation
import Glia
import Testing

@Suite("The format of files")
struct FileFormatTests {
  private let text = #"""
    {"network": {"input": [2], "layers": [{"type": "dense", "units": 1}]}, "training": {"loss": "mse", "optimizer": "sgd"}}
    """#

  private func withModel(_ change: (inout SafeTensors) -> Void = { _ in }, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/model.safetensors"
    var network = try Network(input: [2], layers: [Dense(1)])
    try network.set("layers.0.weight", to: Tensor(shape: [1, 2], [2, 3]))
    try Model(network: network).write(to: path)
    var file = try SafeTensors(contentsOf: path)
    change(&file)
    try file.write(to: path)
    try body(path)
  }

  private func experiment(_ format: String, version: String? = nil) throws -> Experiment {
    let json = try JSON(parsing: text.replacing(#"{"network""#, with: #"{"format": \#(format), "network""#))
    return try Experiment(from: json, writtenBy: version, with: .standard)
  }

  private func error(_ body: () throws -> some Any) throws -> String {
    "\(try #require(#expect(throws: GliaError.self) { try body() }))"
  }

  @Test("models and the experiments in them carry its number")
  func written() throws {
    try withModel { path in
      let metadata = try SafeTensors(contentsOf: path).metadata
      #expect(metadata["glia.format"] == "1")
      #expect(try JSON(parsing: #require(metadata["glia.experiment"]))["format"] == 1)
    }
    #expect(Experiment.format == 1)
    #expect(try Experiment().json()["format"] == nil)
    #expect(try Experiment().fileJSON().object?.keys.first == "format")
  }

  @Test("files without a number are those of the first versions")
  func unnumbered() throws {
    func removeNumbers(_ file: inout SafeTensors) {
      file.metadata["glia.format"] = nil
      file.metadata["glia.experiment"] = file.metadata["glia.experiment"]?.replacing("\"format\": 1,", with: "")
    }
    try withModel(removeNumbers) { path in
      #expect(try SafeTensors(contentsOf: path).metadata["glia.experiment"]?.contains("format") == false)
      let model = try Model(contentsOf: path, with: .standard)
      #expect(try model.predict(Tensor(rows: [[1, 1]])).values == [5])
      #expect(try SafeTensors(migrating: path).metadata["glia.format"] == "1")
    }
  }

  @Test("a newer one is rejected with both versions", arguments: ["2", "1000000"])
  func newer(number: String) throws {
    try withModel({ ($0.metadata["glia.format"], $0.metadata["glia.version"]) = (number, "9.8.7") }) { path in
      let text = try error { try Model(contentsOf: path, with: .standard) }
      #expect(text.contains("format \(number), written by Glia 9.8.7"))
      #expect(text.contains("\(path): glia.format"))
      #expect(text.contains("format 1 or older: this is Glia \(Model.version)") && text.contains("update Glia"))
    }
    #expect(try error { try experiment(number) }.contains("format \(number), written by a newer Glia"))
    #expect(try error { try experiment(number, version: "9.8.7") }.contains("written by Glia 9.8.7"))
  }

  @Test(
    "anything but a whole number is rejected", arguments: ["-1", "1.5", "one", "", "99999999999999999999", "\u{1B}[2J"])
  func malformed(number: String) throws {
    try withModel({ $0.metadata["glia.format"] = number }) { path in
      let text = try error { try Model(contentsOf: path, with: .standard) }
      #expect(text.contains("expected: a whole number"))
    }
  }

  @Test("an experiment may give it in any spelling, once")
  func key() throws {
    #expect(try experiment("1").training.loss is MeanSquaredError)
    #expect(try Experiment(from: ["Format": 1], with: .standard).network.layers.isEmpty)
    for number in ["0", "-1", "1.5", "\"1\"", "null", "1e99"] {
      #expect(try error { try experiment(number) }.contains("the format is"), "\(number)")
    }
    #expect(try error { try Experiment(from: ["Format": 1, "format": 1], with: .standard) }.contains("format"))
    #expect(try error { try Experiment(from: ["formal": 1], with: .standard) }.contains("unknown"))
  }

  @Test("an older one is migrated step by step")
  func migration() throws {
    let renaming = FileFormat.Migration(
      file: { file in
        file.tensors = .init(
          uniqueKeysWithValues: file.tensors.map { ($0.key.replacing("old", with: "layers"), $0.value) })
      })
    let doubling = FileFormat.Migration(
      file: { file in
        guard let weight = file.tensors["layers.0.weight"] else { return }
        file.tensors["layers.0.weight"] = try Tensor(shape: weight.shape, weight.values.map { 2 * $0 })
      },
      experiment: { settings in
        settings["name"] = settings.removeValue(forKey: "title")
      })
    let format = FileFormat(migrations: [renaming, doubling])
    func makeOld(_ file: inout SafeTensors) {
      file.tensors = .init(
        uniqueKeysWithValues: file.tensors.map { ($0.key.replacing("layers", with: "old"), $0.value) })
      file.metadata["glia.format"] = nil
      file.metadata["glia.experiment"] = file.metadata["glia.experiment"]?
        .replacing("\"format\": 1,", with: "").replacing("\"name\"", with: "\"title\"")
    }
    try withModel(makeOld) { path in
      #expect(throws: GliaError.self) { try Model(contentsOf: path, with: .standard) }
      let model = try Model(contentsOf: path, with: .standard, format: format)
      #expect(try model.predict(Tensor(rows: [[1, 1]])).values == [10])
      #expect(try SafeTensors(migrating: path, to: format).metadata["glia.format"] == "2")
    }
    // One of format 1 needs only the second step, one of format 2 none.
    try withModel({
      $0.metadata["glia.experiment"] = $0.metadata["glia.experiment"]?.replacing("\"name\"", with: "\"title\"")
    }) {
      path in
      let model = try Model(contentsOf: path, with: .standard, format: format)
      #expect(try model.predict(Tensor(rows: [[1, 1]])).values == [10])
    }
    let file = SafeTensors(metadata: ["glia.format": "2", "glia.experiment": "{}"])
    #expect(try format.migrated(file) == file)
    #expect(try format.migrated(["format": 1, "title": "a"]) == ["name": "a"])
    #expect(try format.migrated(["format": 2, "name": "a"]) == ["name": "a"])
  }

  @Test("files that are no models have none")
  func tensors() throws {
    let file = SafeTensors(metadata: ["glia.format": "none of ours"])
    #expect(try FileFormat.current.migrated(file) == file)
  }
}
