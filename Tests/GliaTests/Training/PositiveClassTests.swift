import Foundation
import Glia
import Testing

/// Thresholds that maximize a metric of the class named.
@Suite("Thresholds for a positive class")
struct PositiveClassTests {
  private func training(_ targets: [Column], positive: String) throws -> Training {
    let scores: [Float] = [0.05, 0.1, 0.15, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.9]
    var network = try Network(input: [1], layers: [Dense(targets.count, activation: .sigmoid)])
    try network.set("layers.0.weight", to: Tensor(rows: targets.map { _ in [1] }))
    let data = try Dataset(inputs: Tensor(rows: scores.map { [log($0 / (1 - $0))] }), targets: targets)
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer) = (BinaryCrossentropy(), SGD())
    settings.threshold = .maximizing(.f1, positive: positive)
    return try Training(network, on: data, validation: data, settings: settings)
  }

  private static let labels: [Float] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 1]

  /// The values at all cuts were computed with scikit-learn.
  @Test(
    "the metric is that of the class named",
    arguments: [("0", 0.8, 0.8, 10.0 / 13), ("1", 0.175, 8.0 / 11, 4.0 / 7)])
  func classes(positive: String, threshold: Double, value: Double, usual: Double) throws {
    let fitted = try training([Column("y", Self.labels)], positive: positive).calibratedModel().fitted
    let (own, choice) = (try #require(fitted.threshold), try #require(fitted.choice))
    #expect(abs(Double(own) - threshold) < 1e-6 && choice.positive == positive)
    #expect(abs(choice.value - value) < 1e-8 && abs(choice.usualValue - usual) < 1e-8)
  }

  @Test("an unknown class, or labels without classes, are refused", arguments: [1, 2])
  func unknown(labels: Int) throws {
    let targets = (0..<labels).map { Column("y\($0)", Self.labels) }
    let error = try #require(throws: GliaError.self) { _ = try training(targets, positive: "yes") }
    #expect(error.place == "training.threshold.positive" && error.what == "no class 'yes'", "\(error)")
  }

  @Test("the form in JSON")
  func json() throws {
    func threshold(_ text: String) throws -> DecisionThreshold? {
      let json = try JSON(parsing: #"{"threshold": \#(text)}"#, name: "settings")
      return try TrainingSettings(from: json, with: .standard).threshold
    }
    let forms: [(String, DecisionThreshold)] = [
      (#"{"metric": "f1", "positive": "yes"}"#, .maximizing(.f1, positive: "yes")),
      (#"{"metric": "accuracy"}"#, .maximizing(.accuracy)),
    ]
    for (text, form) in forms {
      #expect(try threshold(text) == form)
      let json = try ComponentEncoder().encode(form)
      #expect(try threshold(json.text()) == form)
    }
    for wrong in [
      "{}", #"{"positive": "yes"}"#, #"{"metric": "f1", "positive": []}"#, #"{"metric": "f1", "positiv": "yes"}"#,
    ] {
      #expect(throws: GliaError.self, "\(wrong)") { _ = try threshold(wrong) }
    }
  }
}
