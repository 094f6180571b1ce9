import Foundation
import Glia
import GliaTesting
import Parts
import Testing

@Suite struct PartsTests {
  /// Gradients against finite differences, extremes, settings through JSON, determinism.
  static func checks() throws -> [CheckResult] {
    let registry = try Registry.withParts()
    var quadratic = Quadratic()
    quadratic.units = 3
    return checkLayer(Affine(), registry: registry) + checkLayer(quadratic, registry: registry)
      + checkActivation(Snake(), registry: registry)
      + checkLoss(Charbonnier(), registry: registry) + checkInitializer(Rademacher(), registry: registry)
      + checkOptimizer(Signum(), registry: registry) + checkRegularizer(LogPenalty(), registry: registry)
  }

  @Test func everyPartPassesItsChecks() throws {
    let results = try Self.checks()
    #expect(Set(results.map(\.component)).count == 7)
    for result in results { #expect(result.passed, "\(result)") }
  }

  @Test func valuesWorkedByHand() {
    // sin²(π/2) = 1.
    #expect(abs(Snake()(Double.pi / 2) - (Double.pi / 2 + 1)) < 1e-12)
    var charbonnier = Charbonnier()
    charbonnier.epsilon = 3
    #expect(charbonnier(Float(4), 0) == 2)
    #expect(abs(LogPenalty().penalty([1, -1].span, shape: [1, 2]) - 0.001386294) < 1e-9)
  }

  @Test func theExperimentLearnsAndItsModelIsReadBack() throws {
    let registry = try Registry.withParts()
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../experiment.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    let preparation = try Preparation(Experiment(from: JSON(parsing: text), with: registry), with: registry)
    var training = try preparation.begin()
    try training.fit()
    let test = try #require(preparation.test)
    let evaluation = try training.evaluate(test)
    #expect(try #require(evaluation["accuracy"]) > 0.9)

    let path = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = preparation.model(of: training.network, classes: training.classes)
    try model.write(to: path)
    let loaded = try Model(contentsOf: path, with: registry)
    #expect(try loaded.predict(test.inputs) == model.predict(test.inputs))
  }
}
