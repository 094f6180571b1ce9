import GliaKernels

/// One step: a batch forward, the loss, backward, penalties; then the update. It allocates nothing.
final class TrainingStep {
  let loss: any Loss
  let evaluator: Evaluator
  var schedule: (any Schedule)?
  /// The loss of the last batch.
  private(set) var lastLoss: Float = 0
  /// The penalty of the last batch.
  private var lastPenalty: Float = 0
  private let augmentations: [any Augmentation]
  private let workspace: Workspace
  private let penalties: [(tensor: PlacedTensor, regularizer: any Regularizer)]
  private let output: (any Activation)?
  private let seed: UInt64
  private let baseRate: Double

  /// The largest magnitude of an input, which may be what makes a training diverge.
  private let largestInput: Float

  init(
    network: Network, settings: TrainingSettings, inputs: Tensor, targets: EncodedTargets, batch: Int
  ) throws {
    let input = inputs.width
    largestInput = inputs.values.reduce(0) { max($0, $1.magnitude) }
    let loss = try settings.requiredLoss()
    try GliaError.locating("training.loss", loss.validate)
    if let schedule = settings.schedule { try GliaError.locating("training.schedule", schedule.validate) }
    for (index, augmentation) in settings.augmentations.enumerated() {
      try GliaError.locating("training.augmentations.\(index)") {
        try augmentation.validate()
        try augmentation.check(targets.encoding)
      }
    }
    guard input == network.input.reduce(1, *) else {
      throw GliaError(
        "samples of \(input) features for a network with input shape \(network.input)", at: "network.input",
        expected: "equally many", remedy: "change the network's input or the features")
    }
    let width = targets.values.width
    try loss.check(outputs: network.output.reduce(1, *), targets: width, classes: targets.classes.count)
    let canonical = CanonicalOutput(network, loss)
    self.loss = canonical.loss
    (schedule, augmentations, seed) = (settings.schedule, settings.augmentations, settings.seed)
    baseRate = try settings.requiredOptimizer().baseRate
    output = canonical.activation
    let plan = try LayerPlan.chain(canonical.layers, input: network.input)
    workspace = try Workspace(
      layers: canonical.layers, plan: plan, input: network.input, batch: batch, targets: width, learns: true,
      at: "training.batch_size")
    let tensors = network.plan.tensors
    penalties = tensors.compactMap { tensor in tensor.plan.regularizer.map { (tensor, $0) } }
    evaluator = try Evaluator(
      canonical: canonical, plan: plan, metrics: settings.metrics ?? [], encoding: targets.encoding,
      input: network.input,
      targets: width, standardization: targets.standardization)
  }

  /// Computes the loss of the samples `batch`; throws if it is not finite.
  func computeLoss(
    of batch: ArraySlice<Int>, _ data: EncodedDataset, network: inout Network, update: inout ParameterUpdate,
    progress: inout TrainingProgress
  ) throws {
    let rows = batch.count
    progress.learningRate = rate(baseRate, progress)
    let key = key(progress)
    workspace.gather(batch, inputs: data.inputs.values, targets: data.targets.values, weights: data.weights)
    augment(rows: rows, key: key)
    update.perturb(network.parameters, updates: progress.updates, rate: progress.learningRate, key: key)
    try workspace.forward(
      rows: rows, parameters: update.seen(network.parameters), state: &network.state, isTraining: true, key: key)
    lastLoss = workspace.loss(loss, rows: rows, weighted: !data.weights.isEmpty, wantsGradient: true)
    guard lastLoss.isFinite else { throw divergence(where: network, rows: rows, loss: lastLoss, progress) }
  }

  /// Computes loss and gradient of the samples `batch`; throws if one is not finite.
  func computeGradient(
    of batch: ArraySlice<Int>, _ data: EncodedDataset, network: inout Network, update: inout ParameterUpdate,
    progress: inout TrainingProgress, predictions: inout [Float]
  ) throws {
    try computeLoss(of: batch, data, network: &network, update: &update, progress: &progress)
    let (rows, key) = (batch.count, key(progress))
    if !predictions.isEmpty { keepPredictions(batch, in: &predictions) }

    try workspace.backward(rows: rows, parameters: update.seen(network.parameters), key: key)
    lastPenalty = addPenalties(of: network.parameters) + workspace.report.penalty
    let count = network.parameters.count
    guard lastPenalty.isFinite else { throw divergence("the penalty is \(lastPenalty.spelled)", progress) }
    guard glia_all_finite(count, workspace.gradient) else {
      let bad = (0..<count).first { !workspace.gradient[$0].isFinite } ?? 0
      throw divergence("a gradient of \(layerName(network, bad)) is not finite", progress)
    }
  }

  /// Moves the parameters by the gradient of the `rows` samples that were looked at last.
  func update(
    rows: Int, network: inout Network, update: inout ParameterUpdate, optimizerState: inout [Float],
    progress: inout TrainingProgress
  ) {
    let isUpdated = update(
      &network.parameters, gradient: workspace.gradient, state: &optimizerState, updates: progress.updates,
      rate: progress.learningRate, key: key(progress), groupRate: { rate($0, progress) })
    progress.updates += isUpdated ? 1 : 0
    progress.step += 1
    progress.sample += rows
    progress.loss += Double(lastLoss) * Double(rows)
    progress.penalty += Double(lastPenalty) * Double(rows)
  }

  /// What all random draws of a step start from.
  private func key(_ progress: TrainingProgress) -> UInt64 {
    Random.mix(seed ^ Random.mix(UInt64(progress.step) &+ 0x5bd1))
  }

  /// The rate of the next update, for an optimizer's own rate of `base`.
  private func rate(_ base: Double, _ progress: TrainingProgress) -> Double {
    guard let schedule else { return base }
    return schedule.rate(base: base, at: schedule.per == .epoch ? progress.epoch : progress.updates)
  }

  /// Lets a schedule follow what was measured.
  func epochEnded(_ epoch: Epoch) { schedule?.epochEnded(epoch) }

  private func augment(rows: Int, key: UInt64) {
    for index in augmentations.indices {
      var random = Random(seed: Random.mix(key ^ 0x6175_676d) &+ UInt64(index))
      var inputs = MutableSpan(_unsafeStart: workspace.x, count: rows * workspace.inputCount)
      var targets = MutableSpan(_unsafeStart: workspace.target, count: rows * workspace.targetCount)
      augmentations[index].apply(inputs: &inputs, targets: &targets, rows: rows, using: &random)
    }
  }

  private func addPenalties(of parameters: [Float]) -> Float {
    var total: Float = 0
    for (tensor, regularizer) in penalties {
      let weight = parameters.span.extracting(tensor.range)
      total += regularizer.penalty(weight, shape: tensor.plan.shape)
      var gradient = MutableSpan(_unsafeStart: workspace.gradient + tensor.range.lowerBound, count: tensor.range.count)
      regularizer.addGradient(of: weight, shape: tensor.plan.shape, to: &gradient)
    }
    return total
  }

  /// Outputs go to the places that their samples have in the data set, beside their targets.
  private func keepPredictions(_ batch: ArraySlice<Int>, in predictions: inout [Float]) {
    let width = workspace.plan.outputCount
    predictions.withUnsafeMutableBufferPointer { kept in
      guard let start = kept.baseAddress else { return }
      for (row, index) in batch.enumerated() {
        (start + index * width).update(from: workspace.y + row * width, count: width)
      }
    }
  }

  /// The layers without the output activation that the loss takes care of.
  var layers: [any Layer] { workspace.layers }

  /// The gradient of the last step, as the transforms left it, tensor by tensor.
  func gradients(_ network: Network) -> [(name: String, tensor: Tensor)] { workspace.gradients(of: network) }

  func layerName(_ network: Network, _ parameter: Int) -> String {
    let index = network.layerIndex(ofParameter: parameter)
    return "layer \(index) (\(type(of: network.layers[index]).name))"
  }

  private func divergence(where network: Network, rows: Int, loss: Float, _ progress: TrainingProgress) -> GliaError {
    if let bad = network.parameters.firstIndex(where: { !$0.isFinite }) {
      return divergence("a parameter of \(layerName(network, bad)) is \(network.parameters[bad].spelled)", progress)
    }
    return divergence(
      "the loss is \(loss.spelled); the outputs of layer \(network.layers.count - 1) are too large", progress)
  }

  /// The error of a training that left the finite numbers in the step number `step`, by default the one after those done.
  func divergence(_ what: String, _ progress: TrainingProgress, step: Int? = nil) -> GliaError {
    let inputs = largestInput > 100 ? "standardize the inputs, which reach \(largestInput)" : nil
    // No rate helps before the first update.
    let remedies =
      progress.updates == 0
      ? [inputs, "make targets, sample weights and initial weights smaller"] : ["lower the learning rate", inputs]
    return GliaError(
      "training diverged: \(what)",
      at:
        "epoch \(progress.epoch + 1), step \(step ?? progress.step + 1), learning rate \(Float(progress.learningRate))",
      expected: "finite numbers", remedy: remedies.compactMap(\.self).joined(separator: ", or "), category: .divergence)
  }
}

/// A network's layers and its loss, with the output activation taken off where the loss is computed from the logits.
struct CanonicalOutput {
  var layers: [any Layer]
  var loss: any Loss
  var activation: (any Activation)?

  init(_ network: Network, _ loss: any Loss) {
    (layers, self.loss, activation) = (network.layers, loss, nil)
    // A penalty on the outputs needs them.
    guard network.plan.children.last?.activityRegularizer == nil,
      let (logits, activation) = layers.last?.separatingActivation(),
      let link = activation.link, let fromLogits = loss.fromLogits(of: link)
    else { return }
    layers[layers.count - 1] = logits
    self.loss = fromLogits
    self.activation = activation
  }
}
