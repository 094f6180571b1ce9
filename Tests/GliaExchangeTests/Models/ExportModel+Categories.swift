import Glia

extension ExportModel {
  /// Models of tables with a text column, whose features are indicators of its values.
  static func categories() throws -> [ExportModel] {
    func made(
      _ what: String, unknown: CSV.Unknown = .error, _ standardization: Standardization? = nil,
      change: (inout Model) throws -> Void = { _ in }
    ) throws -> ExportModel {
      let item = try ExportModel(
        what, Network(input: [4], layers: [Dense(3, activation: .tanh), Dense(1, activation: .sigmoid)]))
      var model = item.model
      model.experiment.training.loss = BinaryCrossentropy()
      model.experiment.data = CSV(path: "homes.csv", target: "label", categories: ["label"], unknown: unknown)
      (model.columns, model.targets, model.classes) = (
        ["area", "label=Rome", "label=Ürümqi", "label="], ["kind"], ["a", "b"]
      )
      model.preprocessing = Preprocessing(standardization: standardization)
      try change(&model)
      let rows: [[Float]] = [[0.5, 1, 0, 0], [-3, 0, 1, 0], [2, 0, 0, 1], [1e3, 0, 0, 0]]
      return ExportModel(what, model, try Tensor(rows: rows))
    }
    return [
      try made("a category"),
      try made("other values are ignored", unknown: .ignore),
      try made(
        "standardized", try Standardization(mean: [1, 0.5, 0.25, 0], scale: [2, 0.5, 1, 1])),
    ]
  }

  /// Means of networks, with and without a temperature.
  static func ensembles() throws -> [ExportModel] {
    func made(
      _ what: String, members: Int = 3, _ loss: any Loss, _ last: Dense, classes: [String] = [],
      temperature: Double? = nil, change: (inout Model) throws -> Void = { _ in }
    ) throws -> ExportModel {
      let models = try (1...members).map { seed in
        var item = try ExportModel(
          what, Network(input: [2], layers: [Dense(4, activation: .tanh), last]), seed: UInt64(seed)
        ) {
          $0.experiment.training.loss = loss
          ($0.columns, $0.targets, $0.classes) = (["a", "b"], ["t"], classes)
          $0.preprocessing = Preprocessing(standardization: try Standardization(mean: [1, 2], scale: [3, 4]))
          if classes.isEmpty { $0.targets = (0..<last.units).map { "t\($0)" } }
          try change(&$0)
        }
        item.tolerance = 1e-5
        return item
      }
      var model = try Model(averaging: models.map(\.model))
      model.fitted.temperature = temperature
      return ExportModel(what, model, models[0].samples)
    }
    let softmax = Dense(3, activation: .softmax)
    return [
      try made("mean of probabilities", BinaryCrossentropy(), Dense(1, activation: .sigmoid), classes: ["no", "yes"]),
      try made(
        "calibrated mean of probabilities", BinaryCrossentropy(), Dense(1, activation: .sigmoid),
        classes: ["no", "yes"], temperature: 1.7),
      try made("mean of two", members: 2, SparseCategoricalCrossentropy(), softmax, classes: ["x", "y", "z"]),
      try made(
        "calibrated mean", SparseCategoricalCrossentropy(), softmax, classes: ["x", "y", "z"], temperature: 0.4),
      try made("mean of forty", members: 40, SparseCategoricalCrossentropy(), softmax, classes: ["x", "y", "z"]),
      try made("temperature 1", SparseCategoricalCrossentropy(), softmax, classes: ["x", "y", "z"], temperature: 1),
      try made("mean of numbers", MeanSquaredError(), Dense(2)),
      try made("mean of logarithms", MeanSquaredError(), Dense(1)) {
        $0.targetScaling = TargetScaling(
          transform: .log1p, standardization: try Standardization(mean: [0.1], scale: [0.01]))
      },
    ]
  }
}
