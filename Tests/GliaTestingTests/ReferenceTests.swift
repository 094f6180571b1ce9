import Foundation
import Glia
import GliaTesting
import Testing

/// The reference cases in `Tests/Fixtures`.
enum Fixtures {
  static let files = [
    "activations", "losses", "optimizers", "optimizers_new", "regularizers", "schedules", "training",
  ]

  static func load(_ name: String) throws -> JSON {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Fixtures/\(name).json")
    return try JSON(parsing: [UInt8](Data(contentsOf: file)), name: name)
  }

  /// The results of a file, except for components that are not registered.
  static func results(_ name: String, registry: Registry = .standard) throws -> (results: [CheckResult], cases: Int) {
    let known = try #require(try load(name).array).filter { json in
      guard let kind = json["kind"]?.string, let type = json["component"]?["type"]?.string else { return true }
      return (try? registry.entry(type, of: ComponentKind(rawValue: kind))) != nil
    }
    return (known.isEmpty ? [] : try checkReference(.array(known), registry: registry), known.count)
  }
}

@Test(arguments: Fixtures.files)
func referenceCasesPass(_ name: String) throws {
  let (results, cases) = try Fixtures.results(name)
  print("\(name): \(cases) cases, \(results.count) comparisons")
  #expect(results.count >= cases)
  #expect(cases > 0)
  #expect(cases == (try Fixtures.load(name).array?.count), "a component of \(name) is missing")
  for result in results { #expect(result.passed, "\(result)") }
}

/// Computed with NumPy: other sizes and settings, components by alias, a class that never occurs, a schedule per epoch.
@Test func otherSizesPass() throws {
  let results = try checkReference(try Fixtures.load("other_sizes"), registry: .standard)
  #expect(results.count == 29)
  for result in results { #expect(result.passed, "\(result)") }
}

/// Computed with Optax 0.2.8 and, for adafactor and muon, NumPy in double precision: other settings, tensors of one to three axes,
/// a Prodigy whose rate grows from 1e-6 to 6e-3 and one to ½.
@Test func otherOptimizerSettingsPass() throws {
  let results = try checkReference(try Fixtures.load("optimizers_other_settings"), registry: .standard)
  #expect(results.count == 13)
  for result in results { #expect(result.passed, "\(result)") }
}

/// Computed with mpmath with 200 digits: from ±2⁻¹⁴⁰ to ±1e4, logits of 1000, ties, other settings and widths.
@Test func extremeActivationsPass() throws {
  let results = try checkReference(try Fixtures.load("extreme_activations"), registry: .standard)
  #expect(results.count == 54)
  for result in results { #expect(result.passed, "\(result)") }
}

@Test func aWrongNumberFails() throws {
  let right =
    ["kind": "activation", "component": "tanh", "x": [0.5], "y": [0.46211715726000973], "dydx": [0.7864477329659274]]
    as JSON
  #expect(try checkReference([right], registry: .standard).allSatisfy(\.passed))
  guard case .object(var members) = right else { return }
  members["dydx"] = [0.79]
  let results = try checkReference([.object(members)], registry: .standard)
  #expect(results.map(\.passed) == [true, false])
  #expect(results[1].explanation?.contains("z = 0.5") == true)
}

private func training(_ changes: [String: JSON]) throws -> JSON {
  let cases = try #require(try Fixtures.load("training").array)
  guard case .object(var members) = cases[3] else { return .null }
  for (key, value) in changes { members[key] = value == .string("remove") ? nil : value }
  return .object(members)
}

private let hostile: [JSON] = [
  [], 7, "text", .null, ["kind": "activation"], ["kind": 3, "component": "tanh"],
  ["kind": "nonsense", "component": "tanh"],
  ["kind": "activation", "component": "thanh", "x": [], "y": [], "dydx": []],
  ["kind": "activation", "component": ["type": "relu", "slope": 1], "x": [1], "y": [1], "dydx": [1]],
  ["kind": "activation", "component": "tanh", "x": [1, 2], "y": [1], "dydx": [1, 1]],
  ["kind": "activation", "component": "tanh", "x": ["a"], "y": [1], "dydx": [1]],
  ["kind": "activation", "component": "tanh", "x": [.number("1e60")], "y": [1], "dydx": [1]],
  ["kind": "activation", "component": "softmax", "shape": [0, 3], "x": [], "y": [], "upstream": [], "dx": []],
  [
    "kind": "activation", "component": "softmax", "shape": [-1, -3], "x": [1, 2, 3], "y": [], "upstream": [], "dx": [],
  ],
  [
    "kind": "activation", "component": "softmax", "shape": [3_000_000_000, 3_000_000_000, 3_000_000_000], "x": [],
    "y": [],
    "upstream": [], "dx": [],
  ],
  [
    "kind": "loss", "component": "sparse_categorical_crossentropy", "shape": [1, 2], "prediction": [1, 2],
    "target_shape": [1], "target": [.number("1e30")], "value": 1, "gradient": [0, 0],
  ],
  [
    "kind": "loss", "component": "mse", "shape": [2, 2], "prediction": [1, 2, 3, 4], "target_shape": [2, 3],
    "target": [1, 2, 3, 4, 5, 6], "value": 1, "gradient": [0, 0, 0, 0],
  ],
  [
    "kind": "loss", "component": "mse", "shape": [1, 2], "prediction": [1, 2], "target_shape": [2], "target": [1, 2],
    "value": 1, "gradient": [0, 0],
  ],
  ["kind": "optimizer", "component": "adam", "start": [], "gradients": [], "trajectory": []],
  ["kind": "optimizer", "component": "adam", "start": [1], "gradients": [[1, 2]], "trajectory": [[1]]],
  [
    "kind": "optimizer", "component": ["type": "sgd", "learning_rate": -1], "start": [1], "gradients": [[1]],
    "trajectory": [[1]],
  ],
  [
    "kind": "optimizer", "component": "sgd", "start": [1, 2], "shapes": [[2, 2]], "gradients": [[1, 1]],
    "trajectory": [[1, 1]],
  ],
  [
    "kind": "optimizer", "component": "sgd", "start": [1, 2], "shapes": [[-1], [3]], "gradients": [[1, 1]],
    "trajectory": [[1, 1]],
  ],
  [
    "kind": "optimizer", "component": "sgd", "start": [1], "gradients": [[1]], "trajectory": [[0.99]],
    "presented": [[1, 2]],
  ],
  ["kind": "regularizer", "component": "l2", "shape": [2, 2], "weight": [1], "penalty": 1, "gradient": [1]],
  ["kind": "schedule", "component": "constant", "learning_rate": 0.1, "rates": 3],
]

@Test(arguments: hostile.indices) func hostileCasesAreExplained(_ index: Int) throws {
  let results = try checkReference([hostile[index]], registry: .standard)
  #expect(results.contains { $0.explanation?.isEmpty == false })
}

@Test func hostileTrainingsAreExplained() throws {
  let million: JSON = ["layers": [["type": "dense", "units": 1_000_000_000_000, "activation": "gelu"]]]
  let others: [[String: JSON]] = [
    ["network": "remove"], ["network": million], ["network": ["layers": []]], ["network": ["layers": ["dense"]]],
    ["training": "remove"], ["training": [:]],
    ["training": ["loss": "mse", "optimizer": "adam", "epochs": 1_000_000_000]],
    ["training": ["loss": "mse", "optimizer": "adam", "steps": 1]], ["x_shape": [70]], ["x_shape": [70, 4]], ["x": []],
    ["y_shape": [69]], ["y_shape": [5, 7, 2]], ["y": "remove"], ["initial": [:]], ["initial": ["layers.0.weight": 3]],
    ["initial": ["layers.0.weight": ["shape": [12, 5], "values": [1]]]], ["final": [:]],
    ["loss_before_each_step": [1, 2]],
  ]
  for changes in others {
    let results = try checkReference([try training(changes)], registry: .standard)
    #expect(results.contains { !$0.passed }, "\(changes)")
  }
  #expect(throws: GliaError.self) { try checkReference([], registry: .standard) }
  #expect(throws: GliaError.self) { try checkReference(["kind": "activation"], registry: .standard) }
}
