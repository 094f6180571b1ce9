/// A prepared experiment: samples loaded, divided and standardized, the network built.
public struct Preparation: Sendable {
  /// The experiment with everything filled in.
  public private(set) var experiment: Experiment
  /// The training samples.
  public let training: Dataset
  /// The samples that are evaluated after each epoch, if any.
  public let validation: Dataset?
  /// The samples for the final evaluation, if any.
  public let test: Dataset?
  /// What turns the features into the network's inputs.
  public let preprocessing: Preprocessing
  /// The indices of the samples in each part; a separate test file has none.
  public let parts: SplitParts
  /// Information about the samples that affects the interpretation of results: rows left out, values that became equal.
  public var warnings: [String] { training.warnings }
  /// The untrained network.
  public var network: Network
  /// The smallest and the largest known value of each feature in the training part, before preprocessing.
  private let featureRanges: [ClosedRange<Double>]?
  /// The batch size that the experiment gave; nil for none.
  private let givenBatchSize: Int?

  /// Loads, divides and standardizes the data of `experiment` and builds its network.
  ///
  /// - Parameters:
  ///   - experiment: the experiment to prepare.
  ///   - registry: the registry of the components.
  ///   - folder: the folder that relative paths start from.
  /// - Throws: ``GliaError`` if the parts do not fit together.
  public init(_ experiment: Experiment, with registry: Registry, folder: String = "") throws {
    let data = try Self.data(of: experiment, with: registry, folder: folder)
    try self.init(experiment, on: data, with: registry, folder: folder)
  }

  /// Loads the samples of `experiment`, so that they can be divided in several ways.
  public static func data(of experiment: Experiment, with registry: Registry, folder: String = "") throws -> Dataset {
    let experiment = try experiment.resolved(with: registry, folder: folder)
    _ = try experiment.training.requiredOptimizer()
    return try experiment.load()
  }

  /// Divides and standardizes `data`, the data of `experiment`, and builds its network.
  public init(_ experiment: Experiment, on data: Dataset, with registry: Registry, folder: String = "") throws {
    let data = data.withClasses(for: experiment.training.metrics)
    givenBatchSize = experiment.training.$batchSize
    let experiment = try experiment.resolved(with: registry, folder: folder, holdsClasses: data.holdsClasses)
    _ = try experiment.training.requiredOptimizer()
    try Self.check(experiment, stratifies: data)
    try experiment.checkTargets(of: data)
    if experiment.split != nil || experiment.data?.standardize == true {
      try Memory.require(
        [data.count, data.inputs.width], for: "dividing \(data.count) samples with \(data.inputs.width) features",
        at: "data", remedy: "use fewer samples or features")
    }
    let divided = try experiment.divide(data)
    var learned = divided.training
    let hasClasses = try experiment.training.requiredLoss().targetEncoding.isClassification || data.holdsClasses
    learned.warnings += data.columnWarnings() + experiment.splitWarnings(of: data, divided, hasClasses: hasClasses)
    featureRanges = learned.featureRanges
    let preprocessing = try Self.preprocessing(of: learned, experiment)
    let applied = Set(preprocessing.steps.map(\.name))
    learned.warnings += experiment.preprocessing.map { type(of: $0).name }.filter { !applied.contains($0) }.map {
      "the preprocessor \($0) applies to no feature of the training part, so it does nothing; name its columns, or remove it"
    }
    let targetScaling = try experiment.targetScaling(fitting: learned)
    func prepared(_ part: Dataset) throws -> Dataset {
      var part = try part.preprocessed(by: preprocessing)
      if preprocessing.standardization == nil { part = part.rounded() }
      part.targetScaling = targetScaling
      return part
    }
    self.preprocessing = preprocessing
    training = try prepared(learned)
    parts = divided.parts
    validation = try divided.validation.map(prepared)
    test = try divided.test.map(prepared)
    if hasClasses {
      try Self.check(
        classes: training, [("validation", validation), ("test", test)], testFile: experiment.split?.testFile)
    }
    self.experiment = try experiment.precededByLayers(of: preprocessing, for: training.inputNames)
    self.experiment.training.fillBatchSize(samples: training.count)
    network = try Network(
      input: preprocessing.steps.isEmpty
        ? experiment.network.input ?? training.inputs.sampleShape : training.inputs.sampleShape,
      seed: experiment.training.seed,
      layers: self.experiment.network.layers)
  }

  /// Returns the preprocessing fitted to the training part.
  private static func preprocessing(of training: Dataset, _ experiment: Experiment) throws -> Preprocessing {
    var preprocessing = try Preprocessing(fitting: experiment.preprocessing, to: training)
    let changed = try training.preprocessed(by: preprocessing, mayMiss: experiment.data?.fillsMissing == true)
    preprocessing.standardization = try Standardization(
      fitting: changed, standardizes: experiment.data?.standardize == true,
      fills: experiment.data?.fillsMissing == true)
    // The indices of categories are no quantities.
    let quantities = Set(try preprocessing.inputLayers(changed.inputNames).features)
    let indices = changed.inputNames.indices.filter { !quantities.contains(changed.inputNames[$0]) }
    preprocessing.standardization = preprocessing.standardization?.sparing(indices)
    return preprocessing
  }

  /// Throws if a regression is to be stratified.
  private static func check(_ experiment: Experiment, stratifies data: Dataset) throws {
    guard experiment.split?.stratify == true, let loss = experiment.training.loss,
      !loss.targetEncoding.isClassification, !data.holdsClasses
    else { return }
    for column in data.targets {
      guard case .numbers = column.cells else { continue }
      throw GliaError(
        "stratify cannot be used for a regression target", at: "split.stratify",
        expected:
          "a classification loss, but \(type(of: loss).name) predicts the numbers in '\(column.name.excerpt)'",
        remedy: "leave stratify out")
    }
  }

  /// Throws if a part contains a class that is not in the training part, before the classes are counted.
  private static func check(classes training: Dataset, _ parts: [(String, Dataset?)], testFile: String?) throws {
    guard training.targets.count == 1 else { return }
    let learned = training.targets[0].classes
    let known = ClassIndex(learned)
    for case (let name, let part?) in parts {
      guard let label = part.targets[0].texts.first(where: { known[$0] == nil }) else { continue }
      let file = name == "test" ? testFile : nil
      throw GliaError(
        "class '\(label.excerpt)' occurs only in the \(file == nil ? "\(name) part" : "test file")",
        at: file?.excerpt ?? "split",
        expected: "every class in the training part, which has \(learned.prefix(20).joined(separator: ", "))",
        remedy: file != nil
          ? "add samples of this class to the training data, or remove them from the file"
          : learned.count > 20
            ? "if this is a regression, use mean_squared_error"
            : "use another split seed, \"stratify\": true, or more data")
    }
  }

  /// Returns the same samples and the same network, to be trained with another optimizer; a ``FullBatchOptimizer`` takes all
  /// samples whatever the batch size of the others, and no schedule.
  public func with(optimizer: (any Optimizer)?) -> Preparation {
    var copy = self
    copy.experiment.training.optimizer = optimizer
    if optimizer is any FullBatchOptimizer { copy.experiment.training.schedule = nil }
    copy.experiment.training.batchSize =
      optimizer is any FullBatchOptimizer ? max(training.count, 1) : givenBatchSize ?? BatchSize.usual
    return copy
  }

  /// Returns the same samples with newly drawn weights, to be trained with another seed.
  public func with(seed: UInt64) -> Preparation {
    var copy = self
    copy.experiment.training.seed = seed
    copy.network.initialize(seed: seed)
    return copy
  }

  /// Returns the training that the experiment describes, before its first step.
  public func begin() throws -> Training {
    var training = try Training(network, on: training, validation: validation, settings: experiment.training)
    training.preparation = self
    if let file = experiment.split?.testFile, let test {
      // What would fail after the last epoch should fail before the first one.
      try GliaError.locating(file.excerpt) {
        _ = try test.encoded(for: experiment.training.requiredLoss(), classes: training.classes, by: network)
      }
    }
    return training
  }

  /// Returns the model of the trained network, with everything needed to use it.
  public func model(of network: Network, classes: [String]) -> Model {
    var model = Model(
      network: network, experiment: experiment, classes: classes, columns: training.original.inputNames,
      targets: training.targets.map(\.name), preprocessing: preprocessing, targetScaling: training.targetScaling)
    model.fitted.featureRanges = featureRanges
    return model
  }
}

extension Training {
  /// The model of the current network with all that is needed to use it: loss, metrics, classes, the names of features and
  /// targets, and preprocessing, so that the command-line tool can predict, evaluate and plot with its file.
  ///
  /// ```swift
  /// try training.model.write(to: "model.safetensors")
  /// ```
  ///
  /// ``calibratedModel()`` is the same with what the settings want fitted on the validation part.
  public var model: Model { model(of: network) }

  /// Returns the model of the trained network, with everything needed to use it.
  func model(of network: Network) -> Model {
    var experiment = Experiment()
    experiment.training = settings
    var model =
      preparation?.model(of: network, classes: classes)
      ?? Model(
        network: network, experiment: experiment, classes: classes, columns: described.columns,
        targets: described.targets, preprocessing: described.preprocessing, targetScaling: targetScaling)
    (model.fitted.threshold, model.fitted.classWeights) = (settings.threshold?.score, classWeights)
    return model
  }
}
