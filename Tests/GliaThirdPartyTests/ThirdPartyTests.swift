import Foundation
import Glia
import Testing

@Suite("Third-party components")
struct ThirdPartyTests {
  static let registry: Registry = {
    var registry = Registry.standard
    for type in [
      Bump.self, Cauchy.self, Alternating.self, SignDescent.self, Quartic.self, Scale.self, SignOfSum.self,
      Box.self, Flip.self,
    ] as [any Component.Type] {
      try? registry.register(type)
    }
    return registry
  }()

  static let experiment = """
    {
      "name": "stranger",
      "data": {"type": "sine", "samples": 64, "noise": 0},
      "network": {"layers": [
        {"type": "scale", "initializer": {"type": "alternating", "size": 2}},
        {"type": "dense", "units": 12, "activation": {"type": "hill", "sharpness": 0.7}, "regularizer": "quartic"},
        {"type": "dense", "units": 1}
      ]},
      "training": {"loss": {"type": "cauchy", "scale": 0.5}, "optimizer": {"type": "sign_descent", "learning_rate": 0.02},
        "epochs": 200, "batch_size": 16}
    }
    """

  private func preparation() throws -> Preparation {
    try Preparation(Experiment(from: JSON(parsing: Self.experiment), with: Self.registry), with: Self.registry)
  }

  @Test("are listed with the built-in ones")
  func listed() throws {
    for (kind, name) in [
      (ComponentKind.activation, "bump"), (.loss, "cauchy"), (.initializer, "alternating"),
      (.optimizer, "sign_descent"), (.regularizer, "quartic"), (.layer, "scale"), (.transform, "sign_of_sum"),
      (.constraint, "box"), (.augmentation, "flip"),
    ] {
      #expect(Self.registry.components(of: kind).contains { $0.type.name == name })
    }
  }

  @Test("train from JSON by name")
  func train() throws {
    var training = try preparation().begin()
    let first = try #require(try training.next())
    try training.fit()
    let last = try #require(training.history.last)
    #expect(last.training.loss < first.training.loss / 5)
    #expect(last.penalty > 0)
  }

  @Test("change gradients, weights and samples")
  func transform() throws {
    var experiment = try Experiment(from: JSON(parsing: Self.experiment), with: Self.registry)
    for (path, value) in [
      ("training.transforms", [["type": "sign_of_sum", "keep": 0.25]]), ("training.augmentations", ["flip"]),
      ("network.layers.1.constraint", ["type": "box", "size": 0.3]),
    ] as [(String, JSON)] {
      experiment = try experiment.setting(path, to: value, with: Self.registry)
    }
    var training = try Preparation(experiment, with: Self.registry).begin()
    for _ in 0..<3 { _ = try training.next() }
    let weight = try #require(training.network["layers.1.weight"])
    #expect(weight.values.allSatisfy { abs($0) <= 0.3 })
  }

  @Test("are saved and loaded with their settings and tensors")
  func saveAndLoad() throws {
    let prepared = try preparation()
    var training = try prepared.begin()
    for _ in 0..<3 { _ = try training.next() }
    let model = prepared.model(of: training.network, classes: training.classes)
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    let loaded = try Model(contentsOf: path, with: Self.registry)
    #expect(loaded.network.parameters == model.network.parameters)
    #expect(try loaded.experiment.json() == model.experiment.json())
    #expect(try loaded.predict(prepared.training.inputs) == model.predict(prepared.training.inputs))
    #expect(throws: GliaError.self) { try Model(contentsOf: path, with: .standard) }
  }

  /// A component whose full name would contain an address.
  private struct Hidden: ElementwiseActivation {
    static let name = "hidden_bump"
    func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
  }

  @Test("that are not registered are reported with their modules")
  func missing() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func error() throws -> String {
      "\(try #require(#expect(throws: GliaError.self) { try Model(contentsOf: path, with: .standard) }))"
    }
    let model = try Model(network: Network(input: [2], layers: [Residual { Dense(2, activation: .bump) }, Scale()]))
    try model.write(to: path)
    let text = try error()
    #expect(text.contains("unknown activation 'bump': it comes from the module GliaThirdPartyTests"))
    #expect(text.contains("network.layers.0.layers.0.activation"))
    #expect(text.contains("import GliaThirdPartyTests and register it, try registry.register(Bump.self)"))

    // Of another version, or with nonsense in the file, the message is as good as it can be.
    var file = try SafeTensors(contentsOf: path)
    let own = try #require(file.metadata["glia.components"])
    #expect(try JSON(parsing: own)["layer"]?["dense"] == "GliaLayers.Dense")
    file.metadata["glia.version"] = "9.9"
    try file.write(to: path)
    #expect(try error().contains("the file is of Glia 9.9, this is \(Model.version)"))
    for nonsense in [
      "", "[]", "{\"activation\": 1}", "{\"activation\": {\"bump\": \"Bump\"}}", "{\"activation\": {\"bump\": 1}}",
    ] {
      file.metadata["glia.components"] = nonsense
      try file.write(to: path)
      #expect(try error().contains("expected: one of arctan"), "\(nonsense)")
    }

    try Model(network: Network(input: [2], layers: [Dense(2, activation: Hidden())])).write(to: path)
    let names = try #require(SafeTensors(contentsOf: path).metadata["glia.components"])
    #expect(try JSON(parsing: names)["activation"]?["hidden_bump"] == "GliaThirdPartyTests.ThirdPartyTests.Hidden")
  }

  @Test("can be combined with the built-in ones in code")
  func code() throws {
    let network = try Network(input: [2], seed: 3) {
      Scale()
      for units in [8, 4] { Dense(units, activation: .bump) }
      if Bool(true) { Dropout(0.1) }
      Dense(1, activation: .sigmoid, regularizer: Quartic(strength: 0.01))
    }
    #expect(network.layers.count == 5)
    #expect(network.parameterCount == 2 + (2 * 8 + 8) + (8 * 4 + 4) + (4 + 1))
  }

  @Test("cannot use a name that is already taken")
  func duplicateName() throws {
    struct Impostor: ElementwiseActivation {
      static let name = "Leaky-ReLU"
      func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
    }
    var registry = Registry.standard
    let error = #expect(throws: GliaError.self) { try registry.register(Impostor.self) }
    #expect(error?.what.contains("already registered") == true)
  }
}
