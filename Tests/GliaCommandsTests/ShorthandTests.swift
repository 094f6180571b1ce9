import Foundation
import Glia
import Testing

/// Settings of parts that an experiment writes in short.
@Suite struct ShorthandTests {
  private let registry = Registry.standard

  private func experiment(_ text: String = "{}") throws -> Experiment {
    let standard: JSON = [
      "data": "moons",
      "network": ["layers": [["type": "dense", "units": 2, "regularizer": "l2", "constraint": "non_negative"]]],
      "training": ["loss": "mse", "optimizer": "adam"],
    ]
    var members = standard.object ?? [:]
    for (key, value) in try JSON(parsing: text).object ?? [:] { members[key] = value }
    return try Experiment(from: .object(members), with: registry)
  }

  private func changed(_ text: String = "{}", _ settings: (String, JSON)...) throws -> JSON {
    try settings.reduce(experiment(text)) { try $0.setting($1.0, to: $1.1, with: registry, isLast: false) }.json()
  }

  /// Where an experiment names components of a kind; lists are named with one item.
  private static let places: KeyValuePairs<ComponentKind, String> = [
    .activation: "network.layers.0.activation", .initializer: "network.layers.0.initializer",
    .regularizer: "network.layers.0.regularizer", .constraint: "network.layers.0.constraint",
    .layer: "network.layers.0", .loss: "training.loss", .optimizer: "training.optimizer",
    .schedule: "training.schedule", .transform: "training.transforms.0", .metric: "training.metrics.0",
    .callback: "training.callbacks.0", .augmentation: "training.augmentations.0", .dataset: "data", .split: "split",
    .preprocessor: "preprocessing.0",
  ]

  @Test func everyComponentGivenByNameIsOpened() throws {
    var count = 0
    for (kind, place) in Self.places {
      let isItem = place.hasSuffix(".0") && kind != .layer
      for entry in registry.components(of: kind) {
        let name = JSON.string(entry.type.name)
        let named = Result {
          try experiment().setting(
            isItem ? String(place.dropLast(2)) : place, to: isItem ? .array([name]) : name, with: registry,
            isLast: false)
        }
        // Some have settings without a default, which a name alone does not give.
        guard let named = try? named.get() else { continue }
        for (key, value) in try JSON(part: entry.type.init()).object ?? [:] where key != "type" {
          let changed = try named.setting("\(place).\(key)", to: value, with: registry, isLast: false)
          #expect(try changed.json() == named.json(), "\(place).\(key) of \(entry.type.name)")
          count += 1
        }
      }
    }
    #expect(count > 250)
  }

  @Test func nestedListsAreOpened() throws {
    let text = """
      {"network": {"layers": [
        {"type": "parallel", "branches": [{"layers": [{"type": "dense", "units": 3}, "prelu"]}, "flatten"]}]}}
      """
    let layers = "network.layers.0.branches.0.layers"
    let json = try changed(
      text, ("\(layers).0.activation", "elu"),
      ("\(layers).0.activation.alpha", 0.5), ("\(layers).1.shared", true))
    let own = json["network"]?["layers"]?[0]?["branches"]?[0]?["layers"]
    #expect(own?[0]?["activation"]?["alpha"]?.double == 0.5 && own?[1]?["shared"] == .bool(true))
  }

  @Test func valuesWithAShortFormAreOpened() throws {
    let threshold = try changed(
      "{}", ("training.threshold", "f1"), ("training.threshold.positive", "yes"), ("training.epochs", 3))
    #expect(threshold["training"]?["threshold"] == ["metric": "f1", "positive": "yes"])
    let metric = try changed(
      "{}", ("training.threshold.metric", "accuracy"), ("training.threshold.positive", "yes"),
      ("training.threshold.metric", "f1"))
    #expect(metric["training"]?["threshold"] == ["metric": "f1", "positive": "yes"])
    let table = #"{"data": {"type": "csv", "path": "a.csv", "target": "y"}}"#
    #expect(try changed(table, ("data.target.0", "z"))["data"]?["target"] == "z")
    #expect(try changed(table, ("training.epochs", 2))["data"]?["target"] == "y")
    #expect(try changed("{}", ("training.threshold", "f1"))["training"]?["threshold"] == "f1")
    let score = #expect(throws: GliaError.self) {
      try changed("{}", ("training.threshold", 0.3), ("training.threshold.positive", "yes"))
    }
    #expect("\(String(describing: score))".contains("which has no settings"))
  }

  /// Groups or an order instead of a division by classes; what is set last counts.
  @Test(arguments: ["by", "order"]) func groupsReplaceTheDivisionByClasses(_ key: String) throws {
    let text = #"{"split": {"test": 0.2, "stratify": true}}"#
    let split = try experiment(text).setting("split.\(key)", to: "x1", with: registry).json()["split"]
    #expect(split?[key] == "x1" && split?["stratify"] == .bool(false) && split?["test"]?.double == 0.2)
    #expect(try changed(text, ("split.\(key)", .null))["split"]?["stratify"] == .bool(true))
    #expect(throws: GliaError.self) {
      try experiment(text).setting("split.\(key)", to: "x1", with: registry)
        .setting("split.stratify", to: true, with: registry)
    }
  }
}
