import Glia

extension ExportModel {
  /// Layers in and beside each other, and other kinds of outputs.
  static func combinations() throws -> [ExportModel] {
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
    var long = try ExportModel(
      "long", Network(input: [70], layers: [Dense(64, activation: .relu), Dense(3)]))
    long.tolerance = 1e-5
    return [
      long,
      try ExportModel(
        "2-4-2-1",
        Network(input: [2]) {
          Dense(4, activation: .tanh)
          Dense(2, activation: .tanh)
          Dense(1, activation: .sigmoid)
        }),
      try ExportModel("concatenated", Network(input: [5], layers: [branches(.concatenate), Dense(2)])),
      try ExportModel("multiplied", Network(input: [5], layers: [branches(.multiply), Dense(1)])),
      try ExportModel(
        "residual",
        Network(input: [3]) {
          Residual {
            Dense(3, activation: .tanh)
            BatchNorm()
          }
          Dense(4, activation: .softmax)
        }),
      try ExportModel("identity", Network(input: [3], layers: [Flatten()])),
      try ExportModel("scaled targets", Network(input: [3], layers: [Dense(2)])) {
        let standardization = try Standardization(mean: [1, -2], scale: [0.5, 2])
        $0.targetScaling = TargetScaling(transform: .log1p, standardization: standardization)
      },
    ]
  }

  /// A model with the given preprocessors, which takes the features `age`, `income` and `city`.
  static func prepared(_ what: String, _ preprocessors: [any Preprocessor], missing: Bool = false) throws -> ExportModel
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
    return try ExportModel(what, network, missing: missing) {
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
