import Glia
import GliaExchange

/// A model with random numbers and the samples that it is compared on.
struct SourceCase: Sendable {
  let what: String
  let model: Model
  let inputs: Tensor
  /// The largest difference, relative to the larger of 1 and the output: long sums depend on the order of their terms.
  var tolerance: Float = 1e-6

  private static func random(_ shape: [Int], _ low: Float, _ high: Float, _ random: inout Random) throws -> Tensor {
    try Tensor(shape: shape, (0..<shape.reduce(1, *)).map { _ in random.uniform(low, high) })
  }

  /// Creates a model whose parameters, running averages and samples are drawn from `seed`.
  init(
    _ what: String, _ network: Network, seed: UInt64 = 1, areIndices: Bool = false, missing: Bool = false,
    change: (inout Model) throws -> Void = { _ in }
  ) throws {
    var random = Random(seed: seed)
    var network = network
    for (name, tensor) in network.tensors {
      let isPositive = name.contains("variance") || name.contains("width")
      try network.set(name, to: Self.random(tensor.shape, isPositive ? 0.5 : -1, 1, &random))
    }
    var model = Model(network: network)
    try change(&model)
    let width = model.featureCount
    let shape = [12] + (model.preprocessing.isEmpty ? network.input : [width])
    var inputs = try Self.random(shape, -3, 3, &random)
    if areIndices { inputs = try Tensor(shape: shape, inputs.values.map { $0 < 0 ? 0 : 1 }) }
    if missing {
      inputs = try Tensor(shape: shape, inputs.values.enumerated().map { $0 % 7 == 3 ? .nan : $1 })
    }
    (self.what, self.model, self.inputs) = (what, model, inputs)
  }

  private static func components(_ kind: ComponentKind) -> [(what: String, settings: JSON)] {
    var all: [(what: String, settings: JSON)] = []
    for entry in Registry.standard.components(of: kind) {
      let usual: JSON = [:]
      for example in [usual] + entry.type.examples {
        var settings = example.object ?? [:]
        settings["type"] = .string(entry.type.name)
        all.append(("\(entry.type.name) \(example)", JSON.object(settings)))
      }
    }
    return all
  }

  /// Every activation with its usual settings and those of its examples.
  static func activations() throws -> [SourceCase] {
    try components(.activation).compactMap { what, settings in
      guard let activation = try? Registry.standard.make((any Activation).self, from: settings) else { return nil }
      return try SourceCase(
        what, Network(input: [3], layers: [Dense(4, activation: activation), Dense(2, activation: activation)]))
    }
  }

  /// Every layer, for the first shape of inputs that it accepts.
  static func layers() throws -> [SourceCase] {
    try components(.layer).flatMap { what, settings in
      guard let layer = try? Registry.standard.make((any Layer).self, from: settings) else { return [SourceCase]() }
      let shapes = [[4], [3], [2], [6], [1], [8], [12], [2, 3], [3, 4]]
      let areIndices = what.contains("embedding")
      let all = try shapes.compactMap { shape -> SourceCase? in
        if shape.count > 1, what.hasPrefix("entity") { return nil }
        guard let network = try? Network(input: shape, layers: [layer]) else { return nil }
        return try SourceCase("\(what) of \(shape)", network, areIndices: areIndices)
      }
      return Array(all.prefix(1) + all.filter { $0.model.network.input.count > 1 }.prefix(1))
    }
  }

  /// Layers in and beside each other, and other kinds of outputs.
  static func combinations() throws -> [SourceCase] {
    func branches(_ mode: ParallelMode) -> Parallel {
      Parallel(mode) {
        Dense(3, activation: .relu)
        Sequential {
          Dense(4, activation: .tanh)
          LayerNorm()
          Dense(3)
        }
      }
    }
    var long = try SourceCase(
      "long", Network(input: [70], layers: [Dense(64, activation: .relu), Dense(3)]))
    long.tolerance = 1e-5
    return [
      long,
      try SourceCase(
        "2-4-2-1",
        Network(input: [2]) {
          Dense(4, activation: .tanh)
          Dense(2, activation: .tanh)
          Dense(1, activation: .sigmoid)
        }),
      try SourceCase("concatenated", Network(input: [5], layers: [branches(.concatenate), Dense(2)])),
      try SourceCase("multiplied", Network(input: [5], layers: [branches(.multiply), Dense(1)])),
      try SourceCase(
        "residual",
        Network(input: [3]) {
          Residual {
            Dense(3, activation: .tanh)
            BatchNorm()
          }
          Dense(4, activation: .softmax)
        }),
      try SourceCase("identity", Network(input: [3], layers: [Flatten()])),
      try SourceCase("scaled targets", Network(input: [3], layers: [Dense(2)])) {
        let standardization = try Standardization(mean: [1, -2], scale: [0.5, 2])
        $0.targetScaling = TargetScaling(transform: .log1p, standardization: standardization)
      },
    ]
  }

  /// Every preprocessor, fitted to random features.
  static func preprocessors() throws -> [SourceCase] {
    try components(.preprocessor).compactMap { what, settings in
      guard let preprocessor = try? Registry.standard.make((any Preprocessor).self, from: settings) else { return nil }
      return try prepared(what, [preprocessor])
    }
  }

  /// A model with the given preprocessors, which takes the features `age`, `income` and `city`.
  static func prepared(_ what: String, _ preprocessors: [any Preprocessor], missing: Bool = false) throws -> SourceCase
  {
    var random = Random(seed: 5)
    let count = 40
    var features = [
      Feature("age", (0..<count).map { _ in Double(random.uniform(-3, 3)) }),
      Feature("income", (0..<count).map { _ in Double(random.uniform(0, 9)) }),
      Feature("city", (0..<count).map { Double($0 % 3) }),
    ]
    let columns = features.map(\.name)
    var steps: [PreprocessingStep] = []
    for preprocessor in preprocessors {
      guard let step = try PreprocessingStep(fitting: preprocessor, to: features) else { continue }
      steps.append(step)
      let chosen = step.columns.compactMap { column in features.first { $0.name == column } }
      let changed = try preprocessor.changing(chosen)
      let names = Set(changed.map(\.name))
      features =
        features.filter { !step.columns.contains($0.name) || names.contains($0.name) }.map { own in
          changed.first { $0.name == own.name } ?? own
        } + changed.filter { own in !features.contains { $0.name == own.name } }
    }
    let network = try Network(input: [features.count], layers: [Dense(3, activation: .tanh), Dense(2)])
    return try SourceCase(what, network, missing: missing) {
      $0.columns = columns
      $0.preprocessing = Preprocessing(
        steps: steps,
        standardization: missing
          ? try Standardization(
            mean: features.map { _ in 0.25 }, scale: features.map { _ in 2 }, fill: features.map { _ in 0.5 }) : nil)
    }
  }
}

extension Preprocessor {
  fileprivate func changing(_ features: [Feature]) throws -> [Feature] { try apply(fit(features), to: features) }
}
