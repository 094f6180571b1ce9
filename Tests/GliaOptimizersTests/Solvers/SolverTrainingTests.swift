import Foundation
import Glia
import RealModule
import TestSupport
import Testing

@Suite("Trainings with solvers")
struct SolverTrainingTests {
  static let solvers: [any FullBatchOptimizer] = [
    LBFGS(), ConjugateGradient(), LevenbergMarquardt(), BayesianRegularization(),
  ]

  /// y = sin 2x with noise.
  private func wave(_ count: Int, seed: UInt64, noise: Float = 0.1) throws -> Dataset {
    var random = Random(seed: seed)
    let x = (0..<count).map { _ in random.uniform(-1.5, 1.5) }
    let y = x.map { Float.sin(2 * $0) + noise * Float(random.normal()) }
    return try Dataset(inputs: Tensor(rows: x.map { [$0] }), targets: [Column("y", y)])
  }

  private func network(_ units: Int = 5, _ more: [any Layer] = []) throws -> Network {
    try Network(input: [1], seed: 1, layers: [Dense(units, activation: .tanh)] + more + [Dense(1)])
  }

  private func settings(_ solver: any Optimizer, epochs: Int = 20) -> TrainingSettings {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (MeanSquaredError(), solver, [])
    settings.epochs = epochs
    return settings
  }

  /// The error with which a training is refused.
  private func refusal(_ network: Network, on data: Dataset, _ settings: TrainingSettings) throws -> GliaError? {
    #expect(throws: GliaError.self) {
      let training = try Training(network, on: data, settings: settings)
      _ = training.steps
    }
  }

  @Test("every solver takes all samples and decreases the loss", arguments: solvers)
  func descent(_ solver: any FullBatchOptimizer) throws {
    let data = try wave(70, seed: 2)
    var training = try Training(network(), on: data, settings: settings(solver, epochs: 80))
    #expect(training.settings.batchSize == 70)
    try training.fit()
    let losses = training.history.map(\.training.loss)
    #expect(training.history.last?.steps == training.history.count || training.hasConverged)
    #expect(try training.evaluate(data).loss < 0.1 * losses[0])
    if !(solver is BayesianRegularization) { #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 * 1.0001 }) }
  }

  @Test("batches are refused with the reason", arguments: solvers)
  func batches(_ solver: any FullBatchOptimizer) throws {
    var settings = settings(solver)
    settings.batchSize = 69
    #expect(try refusal(network(), on: wave(70, seed: 2), settings)?.place == "training.batch_size")
    settings.batchSize = 70
    let training = try Training(network(), on: wave(70, seed: 2), settings: settings)
    #expect(training.settings.batchSize == 70)
  }

  @Test("the batch size that is left out depends on the optimizer")
  func defaultBatchSize() throws {
    let json: JSON = [
      "data": ["type": "moons", "samples": 50],
      "network": ["layers": [["type": "dense", "units": 1, "activation": "sigmoid"]]],
      "training": ["loss": "binary_crossentropy", "optimizer": "adam"],
    ]
    let adam = try Experiment(from: json, with: .standard)
    #expect(try Preparation(adam, with: .standard).experiment.training.batchSize == 32)
    let lbfgs = try adam.setting("training.optimizer", to: "lbfgs", with: .standard)
    let preparation = try Preparation(lbfgs, with: .standard)
    #expect(preparation.experiment.training.batchSize == 50)
    #expect(preparation.with(optimizer: Adam()).experiment.training.batchSize == 32)
    let given = try adam.setting("training.batch_size", to: 8, with: .standard)
    let other = try Preparation(given, with: .standard)
    #expect(other.experiment.training.batchSize == 8)
    #expect(other.with(optimizer: LBFGS()).experiment.training.batchSize == 50)
    let training = try preparation.begin()
    #expect(training.model.experiment.training.batchSize == 50)
  }

  @Test("a resumed training takes the same steps to the bit", arguments: solvers)
  func resume(_ solver: any FullBatchOptimizer) throws {
    let data = try wave(40, seed: 3)
    var whole = try Training(network(), on: data, settings: settings(solver, epochs: 12))
    var first = try Training(network(), on: data, settings: settings(solver, epochs: 12))
    try whole.fit()
    for _ in 0..<5 { _ = try first.next() }
    var resumed = try Training(network(), on: data, settings: settings(solver, epochs: 12))
    let file = FileManager.default.temporaryDirectory.appending(path: "glia-solver-\(UUID().uuidString).safetensors")
      .path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Checkpoint(first).write(to: file)
    try resumed.resume(from: Checkpoint(contentsOf: file, with: .standard))
    try resumed.fit()
    #expect(resumed.network.parameters == whole.network.parameters)
    #expect(resumed.history.map(\.training.loss) == whole.history.map(\.training.loss))
  }

  @Test("a converged training ends as completed, and stays converged when it is resumed")
  func convergence() throws {
    let data = try Dataset(
      inputs: Tensor(rows: [[0], [1], [2], [3]]), targets: [Column("y", [1, 3, 5, 7] as [Float])])
    let line = try Network(input: [1]) { Dense(1) }
    for solver in Self.solvers {
      var training = try Training(line, on: data, settings: settings(solver, epochs: 300))
      try training.fit()
      #expect(training.hasConverged && training.stopReason == .completed, "\(solver)")
      #expect(training.history.count < 200, "\(solver)")
      #expect(training.network.parameters.isClose(to: [2, 1], within: 0.01), "\(solver)")
      var resumed = try Training(line, on: data, settings: settings(solver, epochs: 400))
      try resumed.resume(from: Checkpoint(training))
      try resumed.fit()
      #expect(resumed.history.count == training.history.count)
    }
  }

  @Test("frozen parameters keep their values", arguments: solvers)
  func frozen(_ solver: any FullBatchOptimizer) throws {
    var settings = settings(solver)
    settings.groups = [ParameterGroup("layers.0.bias", "layers.1.weight", trainable: false)]
    let data = try wave(40, seed: 4)
    var training = try Training(network(), on: data, settings: settings)
    let start = training.network
    try training.fit()
    for name in ["layers.0.bias", "layers.1.weight"] { #expect(training.network[name] == start[name]) }
    #expect(training.network["layers.0.weight"] != start["layers.0.weight"])
    #expect(try training.evaluate(data).loss < training.history[0].training.loss)
  }

  @Test("what changes weights or gradients behind a solver's back is refused")
  func refusals() throws {
    let data = try wave(40, seed: 5)
    func place(_ network: Network? = nil, _ change: (inout TrainingSettings) -> Void) throws -> String? {
      var settings = settings(LBFGS())
      change(&settings)
      return try refusal(network ?? self.network(), on: data, settings)?.place
    }
    #expect(try place { $0.transforms = [ClipByValue()] } == "training.transforms.0")
    #expect(try place { $0.schedule = CosineSchedule(steps: 10) } == "training.schedule")
    #expect(try place { $0.groups = [ParameterGroup("layers.0", optimizer: SGD())] } == "training.groups.0.optimizer")
    #expect(
      try place {
        ($0.optimizer, $0.groups) = (Adam(), [ParameterGroup("layers.0", optimizer: LBFGS())])
      } == "training.groups.0.optimizer")
    let constrained = try Network(input: [1]) { Dense(1, constraint: MaxNorm()) }
    #expect(try place(constrained) { _ in } == "network.layers")
    #expect(try place { ($0.optimizer, $0.loss) = (LevenbergMarquardt(), MeanAbsoluteError()) } == "training.loss")
    let random = try self.network(5, [Dropout(0.5)])
    #expect(try place(random) { $0.optimizer = LevenbergMarquardt() } == "network.layers")
    let coupled = try self.network(5, [BatchNorm()])
    #expect(try place(coupled) { $0.optimizer = LevenbergMarquardt() } == "network.layers")
    let sparse = try Network(input: [1]) { Dense(1, regularizer: L1(0.1)) }
    #expect(try place(sparse) { $0.optimizer = LevenbergMarquardt() } == "network.layers")
    let ridge = try Network(input: [1]) { Dense(1, regularizer: L2(0.1)) }
    #expect(try place(ridge) { $0.optimizer = BayesianRegularization() } == "training.optimizer")
    let large = try Network(input: [1]) {
      Dense(200)
      Dense(200)
      Dense(1)
    }
    #expect(try place(large) { $0.optimizer = LevenbergMarquardt() } == "training.optimizer")
    #expect(throws: GliaError.self) { try LearningRateFinder().run(network(), on: data, settings: settings(LBFGS())) }
  }

  @Test(
    "dropout and batch normalization go together with a solver by gradients",
    arguments: [LBFGS(), ConjugateGradient()] as [any FullBatchOptimizer])
  func randomLayers(_ solver: any FullBatchOptimizer) throws {
    let data = try wave(60, seed: 6)
    let random = try network(12, [BatchNorm(), Dropout(0.1)])
    var runs = try (0..<2).map { _ in
      var training = try Training(random, on: data, settings: settings(solver, epochs: 30))
      let first = try training.evaluate(data).loss
      try training.fit()
      #expect(try training.evaluate(data).loss < first)
      return training.network.parameters
    }
    #expect(runs.removeLast() == runs.removeLast())
  }

  /// With one linear unit and l2, the minimum is that of ridge regression: w = Σ x y / (Σ x² + n λ) without a bias.
  @Test("l2 penalties are part of what every solver but the Bayesian one minimizes")
  func ridge() throws {
    let data = try Dataset(inputs: Tensor(rows: [[1], [2], [3]]), targets: [Column("y", [2, 3, 7] as [Float])])
    let line = try Network(input: [1]) { Dense(1, useBias: false, regularizer: L2(0.5)) }
    for solver in Self.solvers.dropLast() {
      var training = try Training(line, on: data, settings: settings(solver, epochs: 100))
      try training.fit()
      #expect(abs(training.network.parameters[0] - 29 / 15.5) < 1e-4, "\(solver)")
    }
  }

  @Test("bayesian_regularization generalizes better, and needs fewer effective parameters than there are")
  func bayesian() throws {
    let (data, test) = (try wave(24, seed: 7, noise: 0.3), try wave(200, seed: 8, noise: 0))
    var errors: [Double] = []
    for solver in [LevenbergMarquardt(), BayesianRegularization()] as [any Optimizer] {
      var training = try Training(network(12), on: data, settings: settings(solver, epochs: 200))
      try training.fit()
      errors.append(try training.evaluate(test).loss)
      guard let effective = training.solverState("effective_parameters")?.first else { continue }
      #expect(effective > 2 && effective < 20)
      #expect(training.network.parameterCount == 37)
    }
    #expect(errors[1] < 0.5 * errors[0], "\(errors)")
  }

  /// With more parameters than data, the first α is half the number of residuals by twice the squared parameters.
  @Test("bayesian_regularization: samples of weight 0 are no data")
  func unweighted() throws {
    let data = try wave(24, seed: 7)
    let weights = (0..<24).map { $0 < 10 ? Float(1) : 0 }
    let weighted = try Dataset(inputs: data.inputs, targets: data.targets, weights: weights)
    var training = try Training(network(12), on: weighted, settings: settings(BayesianRegularization(), epochs: 1))
    try training.fit()
    #expect(training.solverState("effective_parameters") == [5])
  }
}
