import Glia

@testable import GliaCore

/// Models of tables: with preprocessing, categories, target scaling, thresholds and temperatures.
enum TableModel {
  static func experiment(_ loss: any Loss, data: (any DataSource)? = nil) -> Experiment {
    var experiment = Experiment()
    experiment.training.loss = loss
    experiment.data = data
    return experiment
  }

  /// A model for each preprocessor of the registry, and one for each form of outputs.
  static func all() throws -> [ExportModel] { try preprocessors() + outputs() }

  private static func preprocessors() throws -> [ExportModel] {
    var random = Random(seed: 9)
    let rows: [[Float]] = (0..<200).map { row in
      let age = row % 9 == 0 ? Float.nan : Float(row)
      return [random.uniform(0, 10), Float(row % 4), random.uniform(0, 6), age]
    }
    let complete = rows.map { row in row.map { $0.isNaN ? 1 : $0 } }
    let names = ["size", "kind", "weight", "age"]
    return try Registry.standard.components(of: .preprocessor).map { entry in
      let columns: JSON =
        entry.type.name == "one_hot" || entry.type.name == "embedding" ? ["kind"] : ["size", "weight"]
      let isOfMissing = ["impute", "missing_indicator"].contains(entry.type.name)
      let json: JSON = ["type": .string(entry.type.name), "columns": isOfMissing ? ["age", "size"] : columns]
      let preprocessor = try Registry.standard.make((any Preprocessor).self, from: json)
      let data = try Dataset(
        name: "table", inputs: Tensor(rows: isOfMissing ? rows : complete),
        inputNames: names, targets: [Column("y", rows.map { $0[0] })], mayMiss: true)
      return try model(of: preprocessor, data, json)
    }
  }

  private static func model(of preprocessor: any Preprocessor, _ data: Dataset, _ json: JSON) throws -> ExportModel {
    var experiment = experiment(MeanSquaredError())
    experiment.preprocessing = [preprocessor]
    experiment.network.layers = [Dense(3, activation: .tanh), Dense(1)]
    let features = data.features
    guard let step = try PreprocessingStep(fitting: preprocessor, to: features) else {
      throw GliaError("\(json.text()) suits no feature")
    }
    let fill = try Preprocessing(steps: [step]).names(of: data.inputNames).count
    let standardization = try Standardization(
      mean: (0..<fill).map { Double($0) * 0.1 }, scale: (0..<fill).map { 1.5 + Double($0) },
      fill: [Double](repeating: 0.25, count: fill))
    let preprocessing = Preprocessing(steps: [step], standardization: isEmbedding(preprocessor) ? nil : standardization)
    var layers: [any Layer] = [Dense(3, activation: .tanh), Dense(1)]
    let inputs = try preprocessing.names(of: data.inputNames)
    if let own = try preprocessing.inputLayers(inputs).layers.first { layers.insert(own, at: 0) }
    let network = try Network(input: [inputs.count], seed: 4, layers: layers)
    let samples = try Tensor(
      shape: [40, 4], Array(data.inputs.values[0..<160]).map { $0.isNaN && isEmbedding(preprocessor) ? 1 : $0 })
    return ExportModel(
      json.text(),
      Model(
        network: network, experiment: experiment, columns: data.inputNames, targets: ["y"],
        preprocessing: preprocessing), samples)
  }

  private static func isEmbedding(_ preprocessor: any Preprocessor) -> Bool { preprocessor is CategoryEmbedding }

  private static func outputs() throws -> [ExportModel] {
    let samples = try Tensor(rows: [[0.5, 1], [-1, 2], [3, -0.25], [0, 0], [1.5, 1.25]])
    func made(
      _ name: String, _ loss: any Loss, _ units: Int, _ activation: any Activation, classes: [String] = [],
      scaling: TargetScaling? = nil, change: (inout Model) -> Void = { _ in }
    ) throws -> ExportModel {
      var last = Dense(units)
      last.activation = activation
      var model = Model(
        network: try Network(input: [2], seed: 8, layers: [Dense(4, activation: .tanh), last]),
        experiment: experiment(loss), classes: classes, columns: ["a", "b"],
        targets: classes.isEmpty ? (0..<units).map { "t\($0)" } : ["kind"], targetScaling: scaling)
      change(&model)
      return ExportModel(name, model, samples)
    }
    return [
      try made("probability", BinaryCrossentropy(), 1, Sigmoid(), classes: ["no", "yes"]),
      try made("threshold", BinaryCrossentropy(), 1, Sigmoid(), classes: ["no", "yes"]) { $0.fitted.threshold = 0.3 },
      try made("temperature", SparseCategoricalCrossentropy(), 3, Softmax(), classes: ["a", "b\"", "ç"]) {
        $0.fitted.temperature = 1.7
      },
      try made("two classes with a threshold", SparseCategoricalCrossentropy(), 2, Softmax(), classes: ["a", "b"]) {
        $0.fitted.threshold = 0.8
      },
      try made("score", HingeLoss(), 1, Linear(), classes: ["no", "yes"]),
      try made("labels", BinaryCrossentropy(), 3, Sigmoid()),
      try made(
        "log target", MeanSquaredError(), 1, Linear(),
        scaling: TargetScaling(transform: .log, standardization: try Standardization(mean: [2], scale: [0.5]))),
      try made(
        "standardized targets", MeanSquaredError(), 2, Linear(),
        scaling: TargetScaling(standardization: try Standardization(mean: [2, 1e5], scale: [0.5, 1e4]))),
    ]
  }
}

extension ExportModel {
  /// The samples and what the model predicts for them, for other programs.
  func expectations() throws -> JSON {
    let outputs = try model.predict(samples)
    func rows(_ tensor: Tensor) -> JSON {
      .array((0..<tensor.rows).map { row in .array(tensor[row: row].map { $0.isNaN ? .null : .number("\($0)") }) })
    }
    let labels: JSON =
      model.classes.isEmpty ? .null : .array(model.decide(outputs).map { .string(model.classes[$0]) })
    return [
      "name": .string(description), "features": rows(samples), "outputs": rows(outputs), "labels": labels,
      "isProbability": .bool(model.classes.count == 2 && outputs.width == 1),
    ]
  }
}
