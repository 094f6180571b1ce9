import Glia
import Testing

/// A function whose derivative is 0 wherever it exists.
private struct Jump: ElementwiseActivation {
  static let name = "jump"
  var hasUsefulDerivative: Bool { false }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? 1 : 0 }
}

@Suite("Warnings")
struct WarningTests {
  private func training(epochs: Int = 20, @NetworkBuilder _ layers: () -> [any Layer]) throws -> Training {
    try Training(
      Network(input: [2], seed: 1, layers: layers()), on: Moons(samples: 100, noise: 0.1).load(),
      loss: .binaryCrossentropy, optimizer: .adam(learningRate: 0.05), epochs: epochs)
  }

  @Test("no warnings if nothing is wrong")
  func none() throws {
    let plain = try training {
      Dense(4, activation: .tanh)
      Dropout(0.1)
      Dense(1, activation: .sigmoid)
    }
    #expect(plain.warnings == [])
    // A single layer can learn from zeros, as can random weights below or above zeros.
    let single = try training { Dense(1, activation: .sigmoid, initializer: .zeros) }
    #expect(single.warnings == [])
    let above = try training {
      Dense(4, activation: .tanh)
      Dense(1, activation: .sigmoid, initializer: .zeros)
    }
    #expect(above.warnings == [])
  }

  @Test("units with equal initial weights remain equal", arguments: [0, 0.3] as [Float])
  func equalStart(value: Float) throws {
    var training = try training {
      Dense(4, activation: .tanh, initializer: .constant(value))
      Dense(1, activation: .sigmoid, initializer: .constant(value))
    }
    #expect(training.warnings.count == 1)
    #expect(training.warnings.first?.contains("4 units of layers.0.weight have equal initial weights") == true)
    try training.fit()
    let hidden = try #require(training.network["layers.0.weight"])
    let output = try #require(training.network["layers.1.weight"])
    for unit in 1..<4 { #expect(hidden[row: unit].elementsEqual(hidden[row: 0])) }
    #expect(Set(output.values).count == 1)
    // With zeros, not even the weights change: only the last bias learns.
    #expect((value == 0) == hidden.values.allSatisfy { $0 == 0 })
  }

  @Test("different biases break the symmetry")
  func biases() throws {
    var first = Dense(4, activation: .tanh, initializer: .constant(0.3))
    first.biasInitializer = RandomNormal()
    var training = try training {
      first
      Dense(1, activation: .sigmoid, initializer: .constant(0.3))
    }
    #expect(training.warnings == [])
    try training.fit()
    let hidden = try #require(training.network["layers.0.weight"])
    #expect(Set(hidden.values).count == 8)
  }

  @Test("a step function passes no gradient")
  func jump() throws {
    var training = try training {
      Dense(4, activation: Jump())
      Dense(1, activation: .sigmoid)
    }
    #expect(training.warnings.count == 1)
    #expect(training.warnings.first?.contains("derivative of jump is 0") == true)
    #expect(training.warnings.first?.contains("layer 0") == true)
    let before = training.network["layers.0.weight"]
    try training.fit()
    #expect(training.network["layers.0.weight"] == before)
  }

  @Test("softmax over a single unit")
  func softmax() throws {
    let network = try Network(input: [1]) { Dense(1, activation: .softmax) }
    let training = try Training(
      network, on: Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [0, 1])]), loss: .meanSquaredError,
      optimizer: .sgd())
    #expect(training.warnings.count == 1 && training.warnings.first?.contains("softmax of one unit") == true)
  }

  @Test(
    "outputs that do not match the loss",
    arguments: [
      ("linear", "binary_crossentropy", "sigmoid"), ("tanh", "binary_crossentropy", "sigmoid"),
      ("relu", "focal", "sigmoid"), ("sigmoid", "hinge", "linear"), ("relu", "logistic", "linear"),
      ("sigmoid", "binary_crossentropy", nil), ("linear", "hinge", nil), ("tanh", "squared_hinge", nil),
      ("sign", "perceptron", nil), ("heaviside", "perceptron", nil), ("linear", "perceptron", nil),
      ("hard_sigmoid", "binary_crossentropy", nil), ("linear", "mean_squared_error", nil),
    ] as [(String, String, String?)])
  func unfitOutput(activation: String, loss: String, wanted: String?) throws {
    let settings = try TrainingSettings(
      from: ["loss": .string(loss), "optimizer": "sgd"], with: .standard)
    let layer = try Registry.standard.make(
      (any Layer).self, from: ["type": "dense", "units": 1, "activation": .string(activation)])
    let training = try Training(
      Network(input: [1], seed: 1, layers: [layer]),
      on: Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [0, 1])]), settings: settings)
    let warnings = training.warnings
    #expect(warnings.count == (wanted == nil ? 0 : 1), "\(warnings)")
    if let wanted { #expect(warnings.first?.hasSuffix("end the network with \(wanted)") == true, "\(warnings)") }
  }

  @Test(
    "rows that are not probabilities",
    arguments: [("linear", true), ("sigmoid", true), ("softmax", false), ("sparsemax", false)])
  func unfitRows(activation: String, warns: Bool) throws {
    let settings = try TrainingSettings(
      from: ["loss": "sparse_categorical_crossentropy", "optimizer": "sgd"], with: .standard)
    let layer = try Registry.standard.make(
      (any Layer).self, from: ["type": "dense", "units": 2, "activation": .string(activation)])
    let training = try Training(
      Network(input: [1], seed: 1, layers: [layer]),
      on: Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [0, 1])]), settings: settings)
    #expect(training.warnings.contains { $0.contains("softmax") } == warns)
  }

  @Test("a network without trainable parameters")
  func frozen() throws {
    let network = try Network(input: [1], seed: 1) { Dense(1) }
    let training = try Training(
      network, on: Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [0, 1])]), loss: .meanSquaredError,
      optimizer: .sgd(), groups: [ParameterGroup("layers", trainable: false)])
    #expect(training.warnings.first?.contains("no parameter learns") == true)
  }
}
