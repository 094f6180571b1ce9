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

  @Test("a setting without a default must be given, in JSON and in Swift")
  func required() throws {
    let entry = try Registry.standard.entry("dense", of: .layer)
    #expect(entry.required == ["units"] && entry.defaults["units"] == .null)
    #expect(try Registry.standard.entry("activation", of: .layer).required == ["activation"])
    let json = #expect(throws: GliaError.self) { try Registry.standard.make((any Layer).self, from: ["type": "dense"]) }
    #expect(json?.what == "layer 'dense' without units")
    let swift = #expect(throws: GliaError.self) { try Network(input: [2], layers: [Dense()]) }
    #expect(swift?.what == "layer 'dense' without units")
    #expect(throws: GliaError.self) { try Network(input: [2], layers: [ActivationLayer()]) }
    var layer = Dense()
    layer.units = 3
    #expect(try Network(input: [2], layers: [layer]).output == [3])
    #expect(try JSON(part: layer)["units"] == 3)
    // A struct's own initializer of its members gives the setting as well.
    #expect(Bank(units: 2).missingSettings == [] && Bank().missingSettings == ["units"])
  }

  @Test("a stored constant is not a setting, and is refused by its name")
  func constant() throws {
    var registry = Registry.standard
    try registry.register(Constant.self)
    let error = #expect(throws: GliaError.self) { try registry.make((any Metric).self, named: "constant") }
    #expect(error?.what == "the metric 'constant' stores the constant margin")
  }

  @Test("a setting called type, or a required one that is encoded under another name, is rejected")
  func names() {
    var registry = Registry.standard
    let typed = #expect(throws: GliaError.self) { try registry.register(Typed.self) }
    #expect(typed?.what == "activation 'typed' has a setting 'type'")
    let renamed = #expect(throws: GliaError.self) { try registry.register(Renamed.self) }
    #expect(renamed?.what == "activation 'renamed' encodes 'units' under another name")
  }

  private struct Typed: ElementwiseActivation {
    static let name = "typed"
    var type = "a"
    func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
  }

  private struct Renamed: ElementwiseActivation {
    static let name = "renamed"
    @Required var units = 0
    private enum CodingKeys: String, CodingKey { case units = "count" }
    func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
  }

  private struct Bank: Activation {
    static let name = "bank"
    @Required var units = 0
    func apply(_ values: inout MutableSpan<Float>, width: Int) {}
    func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {}
  }

  private struct Constant: Metric {
    static let name = "constant"
    var factor = 1.0
    var margin: Double { kept }
    private let kept: Double = 0.5
    private enum CodingKeys: String, CodingKey { case factor, kept = "margin" }
    var higherIsBetter: Bool { true }
    func value(of predictions: Predictions) -> Double { factor }
  }

  @Test("every component survives its JSON form")
  func roundTrip() throws {
    let registry = Registry.standard
    for kind in registry.knownKinds {
      for entry in registry.components(of: kind) where entry.required.isEmpty {
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
    let file = URL(filePath: #filePath).appending(path: "../../../../README.md").standardized
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
