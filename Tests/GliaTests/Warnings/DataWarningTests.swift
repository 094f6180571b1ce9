import Glia
import TestSupport
import Testing

@Suite("Warnings about data and results")
struct DataWarningTests {
  private func warnings(
    _ x: [[Float]], _ y: [Float], names: [String]? = nil, loss: any Loss = MeanSquaredError(), batch: Int = 32,
    layers: [any Layer]
  ) throws -> [String] {
    let data = try Dataset(inputs: Tensor(rows: x), inputNames: names, targets: [Column("y", y)])
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.batchSize) = (loss, SGD(learningRate: 0.01), batch)
    return try Training(Network(input: [x[0].count], seed: 1, layers: layers), on: data, settings: settings).warnings
  }

  private func ramp(_ count: Int, _ value: (Float) -> Float = { $0 }) -> [Float] {
    (0..<count).map { value(Float($0)) }
  }
  private let line: [[Float]] = (0..<40).map { [Float($0 % 7) / 7 - 0.5] }

  @Test("targets outside the range of the output")
  func unreachable() throws {
    let far = try warnings(line, ramp(40) { 3 * $0 }, layers: [Dense(1, activation: .sigmoid)])
    #expect(
      far.contains {
        $0.hasPrefix("sigmoid produces numbers from 0 to 1, but 39 of 40 targets are outside this range, such as 117;")
          && $0.hasSuffix("end the network with linear")
      }, "\(far)")
    let negative = try warnings(line, ramp(40) { $0 / 20 - 1 }, layers: [Dense(1, activation: .relu)])
    #expect(negative.count == 1 && negative[0].contains("from 0 on, but 20 of 40 targets"), "\(negative)")
    #expect(try warnings(line, ramp(40) { $0 / 39 }, layers: [Dense(1, activation: .sigmoid)]) == [])
    #expect(try warnings(line, ramp(40) { $0 / 39 - 1 }, layers: [Dense(1, activation: .tanh)]) == [])
    #expect(try warnings(line, ramp(40) { $0 / 20 - 1 }, layers: [Dense(1)]) == [])
  }

  @Test("losses for counts and logarithms, whose predictions must stay in their domain")
  func domains() throws {
    for (loss, limit) in [(PoissonLoss(), "0"), (MeanSquaredLogarithmicError(), "-1")] as [(any Loss, String)] {
      let given = try warnings(line, ramp(40) { $0 / 20 }, loss: loss, layers: [Dense(1)])
      #expect(given.count == 1 && given[0].contains("below \(limit), which linear produces"), "\(given)")
      for activation in [Softplus(), Exponential(), ReLU()] as [any Activation] {
        #expect(try warnings(line, ramp(40) { $0 / 20 }, loss: loss, layers: [Dense(1, activation: activation)]) == [])
      }
    }
  }

  @Test("targets far from unit scale", arguments: [(200_000, 1000), (0, 300), (0, 0.0001)] as [(Float, Float)])
  func targetScale(mean: Float, deviation: Float) throws {
    let given = try warnings(line, ramp(40) { mean + deviation * (Int($0) % 2 == 0 ? 1 : -1) }, layers: [Dense(1)])
    #expect(given.count == 1 && given[0].contains("far from unit scale (mean \(Double(mean).brief)"), "\(given)")
  }

  @Test("features on different scales, unless a layer normalizes each")
  func featureScale() throws {
    let x: [[Float]] = (0..<40).map { [Float(($0 * 7) % 40) / 40, 1e5 * Float(($0 * 11) % 13)] }
    let y = ramp(40) { $0 / 40 }
    let given = try warnings(x, y, names: ["age", "income"], layers: [Dense(1)])
    #expect(
      given.count == 1 && given[0].hasPrefix("feature 'income' is about") && given[0].contains("'age'"), "\(given)")
    #expect(try warnings(x, y, layers: [BatchNorm(), Dense(1)]) == [])
    #expect(try warnings(x.map { [$0[0], $0[1] / 1e5] }, y, layers: [Dense(1)]) == [])
    // A constant whose mean causes a rounding error in standardization.
    let constant = try Dataset(
      inputs: Tensor(rows: (0..<40).map { [Float($0 * 7 % 40) / 40, 98.6] }), targets: [Column("y", y)])
    let training = try Training(
      Network(input: [2], seed: 1) { Dense(1) }, on: constant.standardized(), loss: .meanSquaredError, optimizer: .sgd()
    )
    #expect(training.warnings == [])
    let far = try warnings(x.map { [$0[1]] }, y, names: ["t"], layers: [Dense(1)])
    #expect(far.count == 1 && far[0].contains("far from the scale of newly drawn weights"), "\(far)")
  }

  @Test("columns that number the rows or reveal the target")
  func columns() throws {
    let counter: [[Float]] = (0..<40).map { [Float($0 + 1), Float(($0 * 7) % 11)] }
    let one = try warnings(counter, ramp(40) { Float((Int($0) * 5) % 9) / 9 }, names: ["id", "x"], layers: [Dense(1)])
    #expect(one.contains { $0.hasPrefix("feature 'id' counts the rows") } && one.count == 1, "\(one)")
    let mixed = counter.indices.map { [1000 + counter[$0 * 7 % 40][0], counter[$0][1]] }
    let shuffled = try warnings(
      mixed, ramp(40) { Float((Int($0) * 5) % 9) / 9 }, names: ["id", "x"], layers: [BatchNorm(), Dense(1)])
    #expect(shuffled.count == 1 && shuffled[0].hasPrefix("feature 'id' counts the rows"), "\(shuffled)")
    let y = ramp(40) { Float((Int($0) * 13) % 37) / 37 }
    let leak = try warnings(y.enumerated().map { [2 * $1 + 1, Float(($0 * 7) % 11)] }, y, layers: [Dense(1)])
    #expect(leak.contains { $0.hasPrefix("feature 'x1' almost equals the target") } && leak.count == 1, "\(leak)")
    let side = ramp(40) { Float(Int($0) % 2) }
    let classes = try warnings(
      side.enumerated().map { [5 - $1, Float(($0 * 7) % 11)] }, side, loss: BinaryCrossentropy(),
      layers: [Dense(1, activation: .sigmoid)])
    #expect(
      classes.contains { $0.hasPrefix("feature 'x1' alone determines the class") } && classes.count == 1, "\(classes)")
    #expect(try warnings(counter.map { [$0[1], -$0[1]] }, y, layers: [Dense(1)]) == [])
  }

  @Test("batch normalization over one sample, also in a container or in the last batch of an epoch")
  func oneSample() throws {
    let y = ramp(33) { $0 / 33 }
    let x = (0..<33).map { [Float($0) / 33] }
    for (batch, warns) in [(1, true), (32, true), (16, true), (11, false), (33, false), (1000, false)] {
      for layers in [
        [Dense(4), BatchNorm(), Dense(1)], [Dense(4), Residual { BatchNorm() }, Dense(1)],
        [Dense(4), Parallel(.add) { Sequential { BatchNorm() } }, Dense(1)],
        [Dense(4), Repeated(2) { BatchNorm() }, Dense(1)],
      ] as [[any Layer]] {
        let given = try warnings(x, y, batch: batch, layers: layers)
        #expect(given.count == (warns ? 1 : 0), "\(batch): \(given)")
      }
    }
    #expect(try warnings(x, y, layers: [Dense(1), LayerNorm(), Dense(1)]).first?.contains("layer_norm of one") == true)
    #expect(try warnings(x, y, layers: [Dense(2), LayerNorm(), Dense(1)]) == [])
  }

  @Test("a small test set, and a random split of chronologically ordered rows")
  func splits() throws {
    func warnings(_ split: any Split, name: String = "date", samples: Int = 200) throws -> [String] {
      var experiment = Experiment()
      experiment.data = Rows(name: name, samples: samples)
      experiment.split = split
      experiment.network.layers = [Dense(1)]
      (experiment.training.loss, experiment.training.optimizer) = (MeanSquaredError(), SGD())
      return try Preparation(experiment, with: .standard).begin().warnings
    }
    let ordered = try warnings(RandomSplit(test: 0.2))
    #expect(ordered.count == 1 && ordered[0].contains("in the order of 'date'"), "\(ordered)")
    #expect(try warnings(RandomSplit(test: 0.2), name: "width") == [])
    let small = try warnings(RandomSplit(test: 0.1), name: "width")
    #expect(small.count == 1 && small[0].contains("the test part has only 20 samples"), "\(small)")
    #expect(try warnings(SameSplit(), name: "width", samples: 20) == [])
  }

  @Test("a loss that grew a thousandfold, a bad last step, a fit worse than the mean")
  func results() throws {
    var grown = try smallTraining(weight: [1], optimizer: SGD(learningRate: 3), epochs: 8)
    try grown.fit()
    #expect(
      grown.warnings.count == 1 && grown.warnings[0].hasPrefix("the loss grew from 0.5 in epoch 1 to 8192 in epoch 8"))
    var fallen = try smallTraining(weight: [1], optimizer: SGD(learningRate: 0.5), epochs: 30)
    try fallen.fit()
    #expect(fallen.warnings == [] && fallen.warnings(about: Evaluation(loss: 0)) == [])
    var spoiled = try smallTraining(weight: [1], optimizer: SGD(learningRate: 100), epochs: 1)
    try spoiled.fit()
    #expect(spoiled.warnings == [])
    let final = Evaluation(loss: 4900.5, metrics: [MetricValue("r2_score", -10)])
    #expect(
      spoiled.warnings(about: final).map { String($0.prefix(20)) } == ["the last steps ruine", "r2_score is -10: the"])
  }

  @Test("a monitored value that is always NaN, and why")
  func monitor() throws {
    let x: [[Float]] = (0..<20).map { [Float($0) / 20] }
    let data = try Dataset(inputs: Tensor(rows: x), targets: [Column("y", text: (0..<20).map { $0 < 10 ? "a" : "b" })])
    let held = try Dataset(inputs: Tensor(rows: [[0.1], [0.2]]), targets: [Column("y", text: ["a", "a"])])
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (BinaryCrossentropy(), SGD(learningRate: 0.1), [ROCAUC()])
    (settings.epochs, settings.callbacks) = (9, [.earlyStopping(monitor: "validation_roc_auc", patience: 2)])
    var training = try Training(
      Network(input: [1], seed: 1) { Dense(1, activation: .sigmoid) }, on: data, validation: held, settings: settings)
    try training.fit()
    #expect(training.history.count == 9 && training.stopReason == .completed && training.restored == nil)
    #expect(
      training.warnings.first?.hasPrefix(
        "validation_roc_auc was never a number, which early_stopping ignored: all 2 samples of the validation part belong to "
          + "class 'a'") == true, "\(training.warnings)")
  }
}

/// Rows whose first feature increases.
private struct Rows: DataSource {
  static let name = "rows"
  var name = ""
  var samples = 1
  init() {}
  init(name: String, samples: Int) { (self.name, self.samples) = (name, samples) }
  func load() throws -> Dataset {
    try Dataset(
      inputs: Tensor(rows: (0..<samples).map { [0.01 * Float($0), Float(($0 * 7) % 11)] }), inputNames: [name, "x"],
      targets: [Column("y", (0..<samples).map { Float(($0 * 13) % 37) / 37 })])
  }
}
