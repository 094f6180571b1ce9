import Foundation
import Glia
import Testing

/// What is fitted on the validation part after training.
@Suite("Fitted values")
struct FittedValuesTests {
  /// A training of a network with one layer of the given weights, whose validation part has the inputs and targets.
  private func training(
    _ inputs: [[Float]], _ targets: [Column], _ activation: any Activation, loss: any Loss, weights: [[Float]],
    scaling: TargetScaling? = nil, _ change: (inout TrainingSettings) -> Void
  ) throws -> Training {
    var dense = Dense(weights.count)
    dense.activation = activation
    var network = try Network(input: [weights[0].count], layers: [dense])
    try network.set("layers.0.weight", to: Tensor(rows: weights))
    var data = try Dataset(inputs: Tensor(rows: inputs), targets: targets)
    data.targetScaling = scaling
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer) = (loss, SGD())
    change(&settings)
    return try Training(network, on: data, validation: data, settings: settings)
  }

  private static let scores: [Float] = [0.05, 0.1, 0.15, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.9]
  private static let labels: [Float] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 1]

  /// The values at all cuts were computed with scikit-learn; the accuracy is 0.7 at four of them.
  @Test(
    "the threshold with the highest metric, nearest to one half",
    arguments: [
      (.f1, 0.175, 8.0 / 11, 4.0 / 7), (.balancedAccuracy, 0.175, 0.75, 2.0 / 3), (.accuracy, 0.5, 0.7, 0.7),
      (.matthewsCorrelation, 0.175, 0.534522484, 0.356348323),
    ] as [(ThresholdMetric, Float, Double, Double)])
  func thresholds(metric: ThresholdMetric, threshold: Float, value: Double, usual: Double) throws {
    let inputs = Self.scores.map { [log($0 / (1 - $0))] }
    let training = try training(
      inputs, [Column("y", Self.labels)], Sigmoid(), loss: BinaryCrossentropy(), weights: [[1]]
    ) { $0.threshold = .maximizing(metric) }
    let model = try training.calibratedModel()
    let (own, choice) = (try #require(model.fitted.threshold), try #require(model.fitted.choice))
    #expect(abs(own - threshold) < 1e-6)
    #expect(abs(choice.value - value) < 1e-8 && abs(choice.usualValue - usual) < 1e-8)
    // One rule: decisions and metrics agree.
    let outputs = try model.predict(Tensor(rows: inputs))
    #expect(model.decide(outputs) == Self.scores.map { $0 > threshold ? 1 : 0 })
    let data = try Dataset(inputs: Tensor(rows: inputs), targets: [Column("y", Self.labels)])
    var measured = model
    measured.experiment.training.metrics = [Accuracy()]
    let right = zip(Self.scores, Self.labels).count { ($0 > threshold ? 1 : 0) == $1 }
    #expect(try measured.evaluate(data)["accuracy"] == Double(right) / 10)
  }

  @Test("a threshold of two probabilities decides for the second class")
  func twoOutputs() throws {
    let inputs = Self.scores.map { [log($0 / (1 - $0))] }
    let training = try training(
      inputs, [Column("y", Self.labels)], Softmax(), loss: SparseCategoricalCrossentropy(), weights: [[0], [1]]
    ) { $0.threshold = .maximizing(.f1) }
    let model = try training.calibratedModel()
    #expect(abs(try #require(model.fitted.threshold) - 0.175) < 1e-6)
    #expect(model.decide(try model.predict(Tensor(rows: inputs))) == Self.scores.map { $0 > 0.175 ? 1 : 0 })
  }

  @Test("labels share a threshold, and a loss that decides at 0 has one in its own unit")
  func labelsAndMargins() throws {
    let labels = try training(
      [[-3], [-2], [-1]], [Column("a", [0, 1, 1]), Column("b", [0, 1, 1])], Sigmoid(), loss: BinaryCrossentropy(),
      weights: [[1], [1]]
    ) { $0.threshold = .maximizing(.accuracy) }
    let threshold = try #require(try labels.calibratedModel().fitted.threshold)
    #expect(threshold > 1 / (1 + exp(3)) && threshold < 1 / (1 + exp(2)))
    let margins = try training(
      [[-3], [-2], [4], [6]], [Column("y", [0, 0, 0, 1])], Linear(), loss: HingeLoss(), weights: [[1]]
    ) { $0.threshold = .maximizing(.f1) }
    #expect(try margins.calibratedModel().fitted.threshold == 5)
  }

  /// The temperature was computed with SciPy from the same logits.
  @Test("the temperature with the highest likelihood")
  func temperatures() throws {
    let logits: [Float] = [2, -1, 3, -2.5, 0.5, -4]
    let inputs = logits.map { [$0] }
    let targets = [Column("y", [1, 0, 0, 0, 1, 0])]
    let binary = try training(inputs, targets, Sigmoid(), loss: BinaryCrossentropy(), weights: [[1]]) {
      $0.calibration = .temperature
    }
    let model = try binary.calibratedModel()
    #expect(abs(try #require(model.fitted.temperature) - 2.233365) < 1e-4)
    let data = try Dataset(inputs: Tensor(rows: inputs), targets: targets)
    #expect(abs(try model.evaluate(data).loss - 0.572664457) < 1e-6)
    #expect(abs(try model.predict(data).values[0] - 1 / (1 + exp(-2 / 2.233365))) < 1e-5)
    #expect(model.decide(try model.predict(data)) == logits.map { $0 > 0 ? 1 : 0 })
  }

  @Test("a temperature of three classes")
  func threeClasses() throws {
    let rows: [[Float]] = [[2, 0.5, -1], [0, 3, 1], [1, 1.5, -2], [-1, 0, 4]]
    let columns = [Column("a", [1, 0, 1, 0]), Column("b", [0, 1, 0, 1]), Column("c", [0, 0, 0, 0])]
    let training = try training(
      rows, columns, Softmax(), loss: CategoricalCrossentropy(), weights: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    ) { $0.calibration = .temperature }
    let model = try training.calibratedModel()
    #expect(abs(try #require(model.fitted.temperature) - 3.30781) < 1e-4)
    #expect(model.decide(try model.predict(Tensor(rows: rows))) == [0, 1, 1, 2])
  }

  @Test("without a best value there is a warning")
  func withoutValue() throws {
    let separated = try training(
      [[-1], [1]], [Column("y", [0, 1])], Sigmoid(), loss: BinaryCrossentropy(), weights: [[1]]
    ) { $0.calibration = .temperature }
    let model = try separated.calibratedModel()
    #expect(model.fitted.temperature == nil && model.fitted.warnings.count == 1)
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.threshold) = (BinaryCrossentropy(), SGD(), .maximizing(.f1))
    let data = try Dataset(inputs: Tensor(rows: [[0], [1]]), targets: [Column("y", [0, 1])])
    let training = try Training(
      Network(input: [1], layers: [Dense(1, activation: .sigmoid)]), on: data, validation: try data.part([1]),
      settings: settings)
    let other = try training.calibratedModel()
    #expect(other.fitted.threshold == nil && other.fitted.warnings[0].contains("all of one class"))
  }

  @Test("intervals are order statistics of the residuals, of logarithms if they are learned")
  func intervals() throws {
    func radius(_ level: Double, scaling: TargetScaling? = nil) throws -> [Double]? {
      let training = try training(
        (1...9).map { [Float($0)] }, [Column("y", (1...9).map { Float($0) })], Linear(), loss: MeanSquaredError(),
        weights: [[0]], scaling: scaling
      ) { $0.intervals = level }
      return try training.calibratedModel().fitted.intervals?.radius
    }
    // Of n = 9 residuals, the ⌈10 · 0.9⌉ = 9th and the 5th.
    #expect(try radius(0.9) == [9] && radius(0.5) == [5])
    // The residuals of logarithms are those of ln 1 to ln 9 from 0.
    let logarithmic = try #require(try radius(0.9, scaling: TargetScaling(transform: .log)))
    #expect(abs(logarithmic[0] - 2.1972246) < 1e-5)
    let error = #expect(throws: GliaError.self) { _ = try radius(0.91) }
    #expect(error?.place == "training.intervals" && error?.expected?.contains("at least 11 samples") == true)
  }

  @Test("intervals contain the given fraction of new samples")
  func coverage() throws {
    var random = Random(seed: 5)
    func draw() -> Float { Float(random.uniform() + random.uniform() * random.uniform()) }
    var inside = 0
    for _ in 0..<40 {
      // With n = 39, the expected coverage is exactly 36 / 40.
      let training = try training(
        (0..<39).map { _ in [0] }, [Column("y", (0..<39).map { _ in draw() })], Linear(), loss: MeanSquaredError(),
        weights: [[0]]
      ) { $0.intervals = 0.9 }
      let radius = try #require(try training.calibratedModel().fitted.intervals).radius[0]
      inside += (0..<500).count { _ in Double(draw()) <= radius }
    }
    // The standard error of the mean of 40 coverages is √(0.9 · 0.1 / 41 / 40) = 0.0074.
    #expect(abs(Double(inside) / 20_000 - 0.9) < 0.03)
  }

  /// n / (k nᵢ), as by scikit-learn's compute_class_weight.
  @Test("balanced class weights")
  func classWeights() throws {
    let inputs = (0..<10).map { [Float($0) / 10] }
    let labels = [Column("y", (0..<10).map { $0 < 7 ? 0 : 1 })]
    let data = try Dataset(inputs: Tensor(rows: inputs), targets: labels)
    let binary = try training(
      inputs, labels, Sigmoid(), loss: BinaryCrossentropy(classWeights: .balanced), weights: [[1]]
    ) { $0.metrics = [] }
    #expect(binary.classWeights == [Float(10.0 / 14), Float(10.0 / 6)])
    let given = try training(
      inputs, labels, Sigmoid(), loss: BinaryCrossentropy(classWeights: [10.0 / 14, 10.0 / 6]), weights: [[1]]
    ) { $0.metrics = [] }
    #expect(try binary.evaluate(data).loss == given.evaluate(data).loss)
    // The model keeps the weights of the training part, whatever it is evaluated on.
    let model = try binary.calibratedModel()
    let one = try #require(try data.part([8]))
    #expect(try model.evaluate(one).loss == given.evaluate(one).loss)

    let names = (0..<12).map { $0 < 5 ? "a" : $0 < 8 ? "b" : "c" }
    for loss in [
      SparseCategoricalCrossentropy(classWeights: .balanced), CategoricalCrossentropy(classWeights: .balanced),
      OneVsAllCrossentropy(classWeights: .balanced),
    ] as [any Loss] {
      let training = try training(
        names.map { _ in [1] }, [Column("y", text: names)], Softmax(), loss: loss, weights: [[1], [1], [1]]
      ) { $0.metrics = [] }
      #expect(training.classWeights == [0.8, Float(4.0 / 3), 1])
    }
  }

  @Test("what does not fit is refused")
  func refusals() throws {
    func refused(
      _ place: String, _ activation: any Activation, _ loss: any Loss, outputs: Int = 1, classes: Int = 2,
      _ change: (inout TrainingSettings) -> Void
    ) throws {
      let targets = (0..<6).map { Float($0 % classes) }
      let error = #expect(throws: GliaError.self) {
        _ = try training(
          targets.map { [$0] }, [Column("y", targets)], activation, loss: loss,
          weights: Array(repeating: [1], count: outputs), change)
      }
      #expect(error?.place == place, "\(error?.description ?? "")")
    }
    let crossentropy = BinaryCrossentropy()
    for score in [-0.5, 0, 1, 2] as [Float] {
      try refused("training.threshold", Sigmoid(), crossentropy) { $0.threshold = .score(score) }
    }
    try refused("training.threshold", Sigmoid(), crossentropy) { $0.threshold = .score(.nan) }
    try refused("training.threshold", Linear(), MeanSquaredError()) { $0.threshold = 0.5 }
    try refused("training.threshold", Softmax(), SparseCategoricalCrossentropy(), outputs: 3, classes: 3) {
      $0.threshold = .maximizing(.f1)
    }
    try refused("training.calibration", Linear(), HingeLoss()) { $0.calibration = .temperature }
    try refused("training.calibration", Linear(), MeanSquaredError()) { $0.calibration = .temperature }
    try refused("training.intervals", Sigmoid(), crossentropy) { $0.intervals = 0.9 }
    for level in [0, 1, -1, .nan] as [Double] {
      try refused("training.intervals", Linear(), MeanSquaredError()) { $0.intervals = level }
    }
    let data = try Dataset(inputs: Tensor(rows: [[0], [1]]), targets: [Column("y", [0, 1])])
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.threshold) = (crossentropy, SGD(), .maximizing(.f1))
    let error = #expect(throws: GliaError.self) {
      _ = try Training(Network(input: [1], layers: [Dense(1, activation: .sigmoid)]), on: data, settings: settings)
    }
    #expect(error?.what == "there is no validation part")
    let balanced = try Dataset(
      inputs: Tensor(rows: [[0], [1]]), targets: [Column("a", [1, 1]), Column("b", [1, 1])])
    settings.threshold = nil
    settings.loss = BinaryCrossentropy(classWeights: .balanced)
    let missing = #expect(throws: GliaError.self) {
      _ = try Training(Network(input: [1], layers: [Dense(2, activation: .sigmoid)]), on: balanced, settings: settings)
    }
    #expect(missing?.place == "training.loss.class_weights")
  }

  @Test("models keep fitted values, and invalid ones are refused")
  func files() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-tests-\(UUID()).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var model = Model(network: try Network(input: [1], layers: [Dense(1, activation: .sigmoid)]), classes: ["a", "b"])
    try model.write(to: path)
    #expect(try SafeTensors(contentsOf: path).metadata.keys.allSatisfy { !$0.contains("threshold") })
    #expect(try Model(contentsOf: path, with: .standard).fitted == FittedValues())
    (model.fitted.threshold, model.fitted.temperature) = (0.3, 1.7)
    model.fitted.classWeights = [0.5, 2]
    model.targetScaling = TargetScaling(transform: .log1p)
    try model.write(to: path)
    let read = try Model(contentsOf: path, with: .standard)
    #expect(read.fitted == model.fitted && read.targetScaling == model.targetScaling)
    let x = try Tensor(rows: [[1], [-2]])
    #expect(try read.predict(x) == model.predict(x))

    let whole = try SafeTensors(contentsOf: path)
    for (key, text) in [
      ("threshold", "\"f1\""), ("threshold", "1e999"), ("threshold", "nan"), ("temperature", "0"),
      ("temperature", "-1"), ("temperature", "1e300"), ("intervals", "0.9"), ("class_weights", "[]"),
      ("intervals", "{\"level\": 0.9, \"radius\": []}"), ("intervals", "{\"level\": 2, \"radius\": [1]}"),
      ("intervals", "{\"level\": 0.9, \"radius\": [-1]}"), ("class_weights", "[-1, 1]"), ("target_transform", "sqrt"),
    ] {
      var file = whole
      file.metadata["glia.\(key)"] = text
      try file.write(to: path)
      #expect(throws: GliaError.self, "\(key) \(text)") { _ = try Model(contentsOf: path, with: .standard) }
    }
  }

  @Test("settings are read from JSON")
  func json() throws {
    func settings(_ text: String) throws -> TrainingSettings {
      try TrainingSettings(from: JSON(parsing: text, name: "settings"), with: .standard)
    }
    let read = try settings(#"{"threshold": "balanced_accuracy", "calibration": "temperature", "intervals": 0.8}"#)
    #expect(read.threshold == .maximizing(.balancedAccuracy) && read.calibration == .temperature)
    #expect(read.intervals == 0.8)
    #expect(try settings(#"{"threshold": 0.25}"#).threshold == .score(0.25))
    #expect(try settings("{}").threshold == nil)
    for wrong in [#"{"threshold": "youden"}"#, #"{"threshold": [1]}"#, #"{"calibration": 1}"#, #"{"intervals": 1}"#] {
      #expect(throws: GliaError.self, "\(wrong)") { _ = try settings(wrong) }
    }
    let balanced = try settings(#"{"loss": {"type": "binary_crossentropy", "class_weights": "balanced"}}"#)
    #expect((balanced.loss as? BinaryCrossentropy)?.classWeights == .balanced)
    for wrong in [#""equal""#, "1", "[-1, 1]", "[1]"] {
      #expect(throws: GliaError.self, "\(wrong)") {
        _ = try settings(#"{"loss": {"type": "binary_crossentropy", "class_weights": \#(wrong)}}"#)
      }
    }
  }
}
