import Foundation
import Glia
import Testing

@Suite("Registry")
struct RegistryTests {
  @Test("names match regardless of case, - and _", arguments: ["leaky_relu", "Leaky-ReLU", "LEAKYRELU"])
  func spelling(name: String) throws {
    let made = try Registry.standard.make((any Activation).self, named: name)
    #expect(made is LeakyReLU)
  }

  @Test("settings override the defaults")
  func settings() throws {
    let made = try Registry.standard.make(
      (any Optimizer).self, from: ["type": "adam", "learning_rate": 0.1, "Beta-1": 0.5])
    let adam = try #require(made as? Adam)
    #expect(adam.learningRate == 0.1 && adam.beta1 == 0.5 && adam.beta2 == 0.999)
  }

  @Test("an unknown name suggests the nearest name")
  func unknownName() throws {
    let error = #expect(throws: GliaError.self) {
      try Registry.standard.make((any Activation).self, named: "sigmod")
    }
    #expect(error?.what == "unknown activation 'sigmod'")
    #expect(error?.remedy == "did you mean 'sigmoid'?")
    #expect(error?.expected?.contains("softmax") == true)
  }

  @Test("an unknown setting is rejected with a list of known settings")
  func unknownSetting() throws {
    let error = #expect(throws: GliaError.self) {
      try Registry.standard.make(
        (any Optimizer).self, from: ["type": "momentum", "momentun": 0.8], at: "training.optimizer")
    }
    let text = "\(try #require(error))"
    #expect(text.contains("momentun") && text.contains("learning_rate") && text.contains("training.optimizer"))
  }

  @Test(
    "invalid values are rejected with their path",
    arguments: [
      ("{\"type\": \"dense\", \"units\": \"four\"}", "layers.0.units"),
      ("{\"type\": \"dense\", \"units\": 0}", "layers.0.units"),
      ("{\"type\": \"dense\"}", "layers.0"),
      (
        "{\"type\": \"dense\", \"units\": 4, \"activation\": {\"type\": \"elu\", \"alpha\": true}}",
        "layers.0.activation.alpha"
      ),
      ("{\"type\": \"dropout\", \"rate\": 1.5}", "layers.0.rate"),
      ("{\"units\": 4}", "layers.0"),
      ("7", "layers.0"),
    ])
  func wrongValues(json: String, place: String) throws {
    let error = #expect(throws: GliaError.self) {
      try Registry.standard.make((any Layer).self, from: JSON(parsing: json), at: "layers.0")
    }
    #expect(error?.place == place)
  }

  @Test("every component survives a JSON round trip")
  func roundTrip() throws {
    let registry = Registry.standard
    for kind in registry.knownKinds {
      for entry in registry.components(of: kind) where entry.type.requiredSettings.isEmpty {
        let first = try JSON(part: entry.type.init())
        let again: JSON
        switch kind {
        case .activation: again = try JSON(part: registry.make((any Activation).self, from: first))
        case .loss: again = try JSON(part: registry.make((any Loss).self, from: first))
        case .initializer: again = try JSON(part: registry.make((any Initializer).self, from: first))
        case .optimizer: again = try JSON(part: registry.make((any Optimizer).self, from: first))
        case .regularizer: again = try JSON(part: registry.make((any Regularizer).self, from: first))
        case .layer: again = try JSON(part: registry.make((any Layer).self, from: first))
        case .schedule: again = try JSON(part: registry.make((any Schedule).self, from: first))
        case .metric: again = try JSON(part: registry.make((any Metric).self, from: first))
        case .callback: again = try JSON(part: registry.make((any Callback).self, from: first))
        case .dataset: again = try JSON(part: registry.make((any DataSource).self, from: first))
        case .split: again = try JSON(part: registry.make((any Split).self, from: first))
        default: continue
        }
        #expect(first == again, "\(kind) \(entry.type.name)")
      }
    }
  }

  @Test("every component has a summary and a name in lower snake case")
  func descriptions() {
    for kind in Registry.standard.knownKinds {
      for entry in Registry.standard.components(of: kind) {
        #expect(!entry.type.summary.isEmpty, "\(entry.type.name)")
        #expect(entry.type.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(entry.type.name)")
      }
    }
  }

  /// Keeps the handwritten list up to date.
  @Test("the README names every component")
  func readme() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardized
    let text = try String(contentsOf: file, encoding: .utf8)
    let list = try #require(text.split(separator: "## Components").last?.split(separator: "\n## ").first)
    let named = Set(list.split(separator: "`").map(String.init))
    for kind in Registry.standard.knownKinds {
      for entry in Registry.standard.components(of: kind) {
        #expect(named.contains(entry.type.name), "the \(kind) \(entry.type.name)")
      }
    }
  }
}
