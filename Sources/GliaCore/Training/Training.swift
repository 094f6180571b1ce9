/// A training in progress: a loop that its user drives, observes, and may leave after any epoch.
///
/// ```swift
/// var training = try Training(network, on: moons, loss: .binaryCrossentropy, optimizer: .adam(learningRate: 0.01))
/// while let epoch = try training.next() {
///   if epoch.training.loss < 0.01 { break }
/// }
/// let trained = training.network
/// ```
///
/// ``fit(_:)`` runs the loop to its end. The order of the samples and the noise of every step depend only on the seed and the
/// number of the epoch or step, so a training resumed from a ``Checkpoint`` is bit-identical to an uninterrupted one.
public struct Training: ~Copyable {
  /// The settings of the training.
  public let settings: TrainingSettings
  /// The network with its current parameters, or with their average while a transform averages them.
  public var network: Network {
    guard update.averages, last == nil else { return trained }
    var network = trained
    network.parameters = update.averaged(trained.parameters, state: optimizerState, updates: progress.updates)
    return network
  }
  /// The network that is being trained.
  var trained: Network
  /// The classes, in order; empty unless the loss is a classification loss.
  public let classes: [String]
  /// The epochs so far.
  public internal(set) var history: [Epoch] = []
  /// Why the training ended; nil while it is in progress.
  public internal(set) var stopReason: StopReason?
  /// The weights that replaced the last ones when training ended; nil if none did.
  public internal(set) var restored: RestoredWeights?
  /// The number of optimizer steps so far, including those of an unfinished epoch.
  public var steps: Int { progress.updates }
  /// Called after every step; `true` ends the training as `interrupted`, with everything up to that step kept.
  public var isInterrupted: (@Sendable () -> Bool)?

  /// The folder that callbacks write to, to be set before the first epoch; empty for the current folder.
  public var folder = ""

  var pause: TrainingPause?

  /// The preparation of the training, for checkpoints.
  var preparation: Preparation?
  /// The layers and the loss, without the output activation if the loss is computed from the logits.
  let canonical: CanonicalOutput
  let workspace: Workspace
  let evaluator: Evaluator
  let penalties: [(tensor: PlacedTensor, regularizer: any Regularizer)]
  let baseRate: Double
  var schedule: (any Schedule)?
  /// Loss and penalty of the last batch.
  var (lastLoss, lastPenalty): (Float, Float) = (0, 0)
  var update: ParameterUpdate
  /// How many updates each tensor had in the training from which this one was forked; empty for none.
  var earlierUpdates: [Int] = []
  let training: EncodedDataset
  let learnedData: LazyLearnedData
  /// What a model needs to know about the samples.
  let described: (columns: [String], targets: [String], preprocessing: Preprocessing)
  /// Warnings about the samples.
  let dataWarnings: [String]
  let targetScaling: TargetScaling?
  /// The balanced class weights, if the loss has them.
  public let classWeights: [Float]?
  let validation: EncodedDataset?
  var callbacks: [any Callback]
  var progress = TrainingProgress()
  var optimizerState: [Float]
  var kept: Snapshot?
  /// The results of the training part before the first step, if a callback saves weights based on them.
  var start: Epoch?
  /// The weights at the end of the training, if others replaced them: better ones, or their average.
  var last: Snapshot?
  var predictions: [Float]
  var rewind = Rewind()
  var ascent: Ascent
  private(set) var order: [Int]
  var hasBegun = false

  /// Creates a training of `network` on `data`.
  ///
  /// - Parameters:
  ///   - network: the starting point of the training.
  ///   - data: the samples to learn from.
  ///   - validation: samples that are evaluated after each epoch.
  ///   - settings: the loss, the optimizer and everything else.
  /// - Throws: if loss or optimizer are missing, or data, network and loss do not fit together.
  public init(_ network: Network, on data: Dataset, validation: Dataset? = nil, settings: TrainingSettings) throws {
    try GliaError.locating("training", settings.validate)
    var settings = settings
    settings.fillBatchSize(samples: data.count)
    try settings.requireFullBatch(samples: data.count)
    let loss = try settings.requiredLoss()
    for part in [data, validation] where part?.inputs.values.contains(where: \.isNaN) == true {
      throw GliaError(
        "feature values are missing", at: part?.name, expected: "numbers",
        remedy: "fill them in, as the preparation of an experiment does")
    }
    let data = data.withClasses(for: settings.metrics)
    let targets = try data.encoded(for: loss, by: network)
    var validation = validation
    validation?.targetScaling = data.targetScaling
    let measured =
      settings.metrics?.isEmpty ?? true
      ? 0 : try Self.requireMetrics(of: data.count, width: network.output.reduce(1, *))
    let held = try validation.map {
      EncodedDataset($0, try $0.encoded(for: loss, classes: targets.classes, by: network))
    }
    try network.checkInputs(data.inputs)
    if let validation { try network.checkInputs(validation.inputs) }
    try settings.requireFit(data, targets, network)
    try settings.requireFits(network, targets, validation: validation?.count)
    let weights = try loss.balancedWeights(for: targets.values, classes: targets.classes.count)
    let canonical = CanonicalOutput(network, weights.map(loss.weightingClasses) ?? loss)
    let plan = try LayerPlan.chain(canonical.layers, input: network.input)
    let workspace = try Workspace(
      layers: canonical.layers, plan: plan, input: network.input, batch: min(settings.batchSize, data.count),
      targets: targets.values.width, learns: true, at: "training.batch_size")
    let evaluator = try Evaluator(
      canonical: canonical, plan: plan, metrics: settings.metrics ?? [], encoding: targets.encoding,
      input: network.input, targets: targets.values.width, scaling: targets.scaling,
      threshold: settings.threshold?.score)
    let update = try ParameterUpdate(network, settings: settings)
    let optimizer = try settings.requiredOptimizer()
    let history = settings.columns(hasValidation: validation != nil)
    if let schedule = settings.schedule {
      try GliaError.locating("training.schedule") {
        try schedule.checkColumns(history)
      }
    }
    try Self.check(settings.callbacks, columns: history)
    if let held { try GliaError.locating("validation") { try evaluator.check(held) } }
    try update.solver?.requireSeparateSamples(
      EncodedDataset(data, targets), workspace, loss: canonical.loss, network: network)
    self.settings = settings
    trained = network
    (self.canonical, self.workspace, self.evaluator, self.update) = (canonical, workspace, evaluator, update)
    penalties = network.plan.tensors.compactMap { tensor in tensor.plan.regularizer.map { (tensor, $0) } }
    (schedule, baseRate) = (settings.schedule, optimizer.baseRate)
    self.validation = held
    (classes, classWeights) = (targets.classes, weights)
    let encoded = EncodedDataset(data, targets)
    let (columns, names) = (data.inputNames, data.targets.map(\.name))
    training = encoded
    learnedData = LazyLearnedData {
      LearnedData(columns: columns, targets: names, classes: targets.classes, training: encoded, validation: held)
    }
    described = (
      data.original.inputNames, names, Preprocessing(steps: data.steps, standardization: data.standardization)
    )
    let isMixed = network.layers.first { ((try? $0.plan(input: network.input))?.parameterCount ?? 0) > 0 }?.mixesInputs
    dataWarnings =
      data.warnings + data.columnWarnings() + (targets.classes.isEmpty ? [] : data.labelWarnings())
      + (isMixed == true ? data.scaleWarning().map { [$0] } ?? [] : []) + targets.valueWarnings(for: loss, of: data)
    targetScaling = data.targetScaling
    callbacks = settings.callbacks
    optimizerState = update.initialState()
    ascent = Ascent(for: network, update)
    predictions = [Float](repeating: 0, count: measured)
    order = Array(0..<data.count)
  }

  /// Passes once over the training samples and returns the results; nil once the training has ended.
  ///
  /// - Throws: ``GliaError`` of category `divergence`, after which the network has the weights of the last finite loss, or an
  ///   error thrown by a callback.
  public mutating func next() throws -> Epoch? {
    guard stopReason == nil else { return nil }
    guard progress.epoch < settings.epochs, !hasConverged else {
      try end(.completed)
      return nil
    }
    try begin()
    let clock = ContinuousClock()
    let start = clock.now
    drawOrder()
    while progress.sample < order.count {
      try keepingFiniteWeights { try $0.pass($0.nextBatch) }
      pauseIfDue(since: start)
      if let isInterrupted, isInterrupted() {
        progress.seconds += (clock.now - start).inSeconds
        stopReason = .interrupted
        return nil
      }
    }
    try keepingFiniteWeights { try $0.checkNumbers() }
    let epoch = Epoch(
      number: progress.epoch + 1, steps: progress.updates, learningRate: progress.learningRate,
      training: Evaluation(
        loss: progress.loss / Double(order.count),
        metrics: try evaluator.measure(predictions, of: training)),
      penalty: progress.penalty / Double(order.count),
      validation: try validation.map { try evaluator.evaluate(network, on: $0) },
      seconds: progress.seconds + (clock.now - start).inSeconds, measured: try measured())
    history.append(epoch)
    progress.beginEpoch()
    schedule?.epochEnded(epoch)
    try tell(epoch)
    return epoch
  }

  /// Trains until the end; equivalent to calling ``next()`` until it returns nil.
  ///
  /// - Parameter epochEnded: called after every epoch.
  @discardableResult
  public mutating func fit(_ epochEnded: (Epoch) throws -> Void = { _ in }) throws -> [Epoch] {
    while let epoch = try next() { try epochEnded(epoch) }
    return history
  }

  /// Returns loss and metrics of the current network; ``Model/evaluate(_:)`` takes into account what ``calibratedModel()`` fits.
  public func evaluate(_ data: Dataset) throws -> Evaluation {
    var data = data
    data.targetScaling = targetScaling
    return try evaluator.evaluate(
      network, on: EncodedDataset(data, try data.encoded(for: settings.requiredLoss(), classes: classes, by: trained)),
      wantsMatrices: true)
  }

  /// Returns how many numbers the outputs for `samples` are; throws if there is not enough memory for them.
  static func requireMetrics(of samples: Int, width: Int) throws -> Int {
    try Memory.require(
      [samples, width], for: "measuring \(samples) samples of \(width) outputs", share: 0.15, at: "training.metrics",
      remedy: "set training.metrics to [], or use fewer outputs")
  }

  /// Runs a part of the training; if it diverges, ends the training with the weights of its last finite loss.
  mutating func keepingFiniteWeights(_ body: (inout Training) throws -> Void) throws {
    do { try body(&self) } catch {
      stopReason = .diverged
      rewindToLastFiniteLoss()
      throw error
    }
  }

  /// The samples of the next step.
  var nextBatch: ArraySlice<Int> {
    order[progress.sample..<min(progress.sample + settings.batchSize, order.count)]
  }

  /// Arranges the samples in the order of the current epoch.
  mutating func drawOrder() {
    // The order of a full batch would only change the rounding of sums.
    guard settings.shuffle, !update.isSolved else { return }
    for i in order.indices { order[i] = i }
    var random = Random(seed: settings.seed, 1, UInt64(progress.epoch))
    random.shuffle(&order)
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
