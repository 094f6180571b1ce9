import Foundation
import Glia
import Testing

@Suite("Ensembles")
struct EnsembleTests {
  /// Three models that differ only in their seeds.
  private func models(
    _ loss: any Loss, classes: [String] = [], @NetworkBuilder _ layers: () -> [any Layer]
  ) throws -> [Model] {
    var experiment = Experiment()
    experiment.training.loss = loss
    experiment.training.metrics = classes.isEmpty ? [MeanAbsoluteErrorMetric()] : [Accuracy()]
    return try (1...3).map { seed in
      Model(
        network: try Network(input: [2], seed: seed, layers: layers()), experiment: experiment, classes: classes,
        columns: ["a", "b"], targets: ["t"],
        preprocessing: Preprocessing(standardization: try Standardization(mean: [1, 2], scale: [3, 4])))
    }
  }

  private let x = [[0.5, -1], [3, 0.25], [-2, 2], [0, 0]] as [[Float]]

  /// The mean of the members' predictions.
  private func mean(_ members: [Model]) throws -> [Float] {
    let all = try members.map { try $0.predict(Tensor(rows: x)).values }
    return all[0].indices.map { i in all.reduce(0) { $0 + $1[i] } / Float(all.count) }
  }

  private func check(_ members: [Model]) throws {
    let ensemble = try Model(averaging: members)
    let (expected, outputs) = (try mean(members), try ensemble.predict(Tensor(rows: x)).values)
    #expect(zip(outputs, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try Set(members.map { try $0.predict(Tensor(rows: x)).values }).count == members.count)

    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ensemble.write(to: path)
    let loaded = try Model(contentsOf: path, with: .standard)
    #expect(try loaded.predict(Tensor(rows: x)).values == outputs)
    #expect(loaded.classes == ensemble.classes && loaded.targetEncoding == members[0].targetEncoding)
    for (member, original) in zip(try loaded.members, members) {
      #expect(member.network.parameters == original.network.parameters)
      #expect(try member.predict(Tensor(rows: x)) == original.predict(Tensor(rows: x)))
    }
    #expect(try loaded.members.count == members.count)
  }

  @Test("predict the mean of their members, also from a file")
  func means() throws {
    try check(
      models(MeanSquaredError()) {
        Dense(4, activation: .tanh)
        BatchNorm()
        Dense(2)
      })
    try check(
      models(SparseCategoricalCrossentropy(), classes: ["u", "v", "w"]) {
        Dense(4, activation: .relu)
        Dropout(0.5)
        Dense(3, activation: .softmax)
      })
    try check(models(BinaryCrossentropy(), classes: ["u", "v"]) { Dense(1, activation: .sigmoid) })
    try check(models(HingeLoss(), classes: ["u", "v"]) { Dense(1) })
    try check(models(MeanSquaredError(), classes: ["u", "v"]) { Dense(1, activation: .tanh) })
  }

  @Test("loss, metrics and decisions are those of the mean probability")
  func evaluation() throws {
    let members = try models(BinaryCrossentropy(), classes: ["u", "v"]) { Dense(1, activation: .sigmoid) }
    let ensemble = try Model(averaging: members)
    let targets: [Float] = [1, 0, 1, 1]
    let data = try Dataset(
      inputs: Tensor(rows: x), inputNames: ["a", "b"], targets: [Column("t", text: targets.map { $0 == 1 ? "v" : "u" })]
    )
    let p = try mean(members).map(Double.init)
    let loss = -zip(p, targets).map { p, target in log(target == 1 ? p : 1 - p) }.reduce(0, +) / 4
    let right = zip(p, targets).count { ($0 > 0.5) == ($1 == 1) }
    let result = try ensemble.evaluate(data)
    #expect(abs(result.loss - loss) < 1e-6)
    #expect(result["accuracy"] == Double(right) / 4)
    #expect(try ensemble.decide(ensemble.predict(Tensor(rows: x))) == p.map { $0 > 0.5 ? 1 : 0 })
  }

  @Test("the mean of outputs from -1 to 1 is decided at 0")
  func signed() throws {
    let ensemble = try Model(
      averaging: models(MeanSquaredError(), classes: ["u", "v"]) { Dense(1, activation: .tanh) })
    #expect(ensemble.targetEncoding == .binary(negative: -1, positive: 1))
    #expect(try ensemble.decide(Tensor(rows: [[-0.1], [0.1]])) == [0, 1])
  }

  @Test("only a mean of equal activations has an output activation")
  func outputActivation() {
    func activation(_ mode: ParallelMode, _ last: any Activation) -> String? {
      let layer = Parallel(mode) {
        Dense(1, activation: Sigmoid())
        Sequential { Dense(1, activation: last) }
      }
      return layer.outputActivation.map { type(of: $0).name }
    }
    #expect(activation(.average, Sigmoid()) == "sigmoid")
    #expect(activation(.average, Tanh()) == nil)
    #expect(activation(.add, Sigmoid()) == nil)
  }

  @Test("a model that is not an ensemble has no members")
  func noMembers() throws {
    #expect(try models(MeanSquaredError()) { Dense(1) }[0].members.isEmpty)
  }

  @Test("models of different tasks or data are refused")
  func refusals() throws {
    let first = try models(BinaryCrossentropy(), classes: ["u", "v"]) { Dense(1, activation: .sigmoid) }[0]
    func refuse(_ word: String, _ change: (inout Model) throws -> Void) throws {
      var other = first
      try change(&other)
      let error = #expect(throws: GliaError.self) { try Model(averaging: [first, other]) }
      #expect(error?.what.contains(word) == true && error?.place == "members.1", "\(word)")
    }
    try refuse("inputs") { $0.network = try Network(input: [3], layers: [Dense(1)]) }
    try refuse("outputs") { $0.network = try Network(input: [2], layers: [Dense(2)]) }
    try refuse("classes") { $0.classes = ["u", "w"] }
    try refuse("columns") { $0.columns = ["a", "c"] }
    try refuse("targets") { $0.targets = ["s"] }
    try refuse("preprocessing") { $0.preprocessing.standardization = nil }
    try refuse("scaling of the targets") {
      $0.targetScaling = TargetScaling(standardization: try Standardization(mean: [0], scale: [1]))
    }
    try refuse("encodings") { $0.experiment.training.loss = HingeLoss() }
    #expect(throws: GliaError.self) { try Model(averaging: []) }
  }
}
