/// What a training took over from a checkpoint of another experiment, and how the two differ.
public struct Fork: Hashable, Sendable {
  /// The number of epochs after which the checkpoint was made.
  public let epochs: Int
  /// The settings that differ, apart from names and the locations of files.
  public let settings: [SettingChange]
  /// How the data differ; nil if they are the same.
  public let data: String?
  /// The tensors whose values were kept: they have the same name and shape in both networks.
  public let kept: [String]
  /// The tensors whose optimizer state was kept, too: they have the same optimizer.
  public let optimized: [String]
  /// The checkpoint's tensors that were dropped, with their shapes.
  public let dropped: [String]
  /// The tensors that start with new values, with their shapes.
  public let new: [String]
  /// The share of the network's parameters whose values were kept, from 0 to 1.
  public let share: Double

  /// A warning if so little was kept that this is nearly a new training; nil otherwise.
  public var warning: GliaError? {
    guard share < 0.1 else { return nil }
    return GliaError(
      "\(kept.isEmpty ? "no tensor" : "only \((100 * share).brief) % of the parameters") could be kept from the checkpoint",
      at: "checkpoint", expected: "tensors with the same names and shapes in both networks",
      remedy: "check that this is the checkpoint of a similar network")
  }
}

/// A setting that differs between two experiments.
public struct SettingChange: Hashable, Sendable {
  /// The path of the setting, such as `training.optimizer.learning_rate`.
  public let path: String
  /// The old value as JSON; `null` if there was none.
  public let old: String
  /// The new value as JSON; `null` if there is none.
  public let new: String

  /// Creates a change.
  public init(path: String, old: String, new: String) { (self.path, self.old, self.new) = (path, old, new) }
}

extension Fork: CustomStringConvertible {
  /// The number of names in a line of the description.
  private static let shown = 12

  /// What was kept and what changed, on several lines.
  public var description: String {
    let all = kept.count + new.count
    var lines = ["forked after \(epochs.counted("epoch")); kept \(kept.count) of \(all.counted("tensor"))"]
    func add(_ name: String, _ text: String) {
      lines.append("  " + name + String(repeating: " ", count: max(11 - name.count, 0)) + text)
    }
    for setting in settings { add("changed:", "\(setting.path) \(setting.old) → \(setting.new)") }
    if let data { add("data:", data) }
    let lists = [("kept:", kept), ("optimizer:", optimized), ("dropped:", dropped), ("new:", new)]
    for (name, tensors) in lists where !tensors.isEmpty {
      let rest = tensors.count > Self.shown ? " and \(tensors.count - Self.shown) more" : ""
      add(name, tensors.prefix(Self.shown).map(\.excerpt).joined(separator: ", ") + rest)
    }
    return lines.joined(separator: "\n")
  }
}

extension Training {
  /// Starts from the weights of a checkpoint of another experiment, with the state of its optimizer.
  ///
  /// Tensors with the same name and shape keep their values. Those that also have the same optimizer, whatever its settings, keep
  /// its state and go on counting its updates, as bias corrections need. Everything else starts afresh: other tensors, transforms
  /// such as averages, the schedule, the history, and epochs, which begin at 0.
  ///
  /// ```swift
  /// let checkpoint = try Checkpoint(contentsOf: "checkpoint.safetensors", with: .standard)
  /// print(try training.fork(from: checkpoint))   // what was kept, and what changed
  /// ```
  ///
  /// - Returns: what was kept, and what differs from the checkpoint.
  /// - Throws: if the training has begun, or the checkpoint contradicts itself.
  @discardableResult
  public mutating func fork(from checkpoint: Checkpoint) throws -> Fork {
    guard !hasBegun, progress.step == 0 else {
      throw GliaError(
        "a training that has begun cannot be forked", at: "checkpoint", expected: "a training before its first step",
        remedy: "call fork(from:) first")
    }
    let (own, other) = checkpoint.comparable(with: model(of: trained).experiment)
    let differences = try own.differences(from: other)
    let data = try checkpoint.difference(from: learnedData.value, own)
    let former = checkpoint.model.network
    var network = trained
    var (kept, new, count): ([String], [String], Int) = ([], [], 0)
    for (name, tensor) in network.tensors {
      if let old = former[name], old.shape == tensor.shape {
        try network.set(name, to: old)
        kept.append(name)
        count += tensor.values.count
      } else {
        new.append("\(name) \(tensor.shape)")
      }
    }
    let dropped = former.tensors.filter { name, _ in !kept.contains(name) }.map { "\($0) \($1.shape)" }
    let optimized = try keepOptimizerState(of: checkpoint, for: Set(kept))
    trained = network
    return Fork(
      epochs: checkpoint.progress.epoch, settings: differences, data: data, kept: kept, optimized: optimized,
      dropped: dropped, new: new,
      share: Double(count) / Double(max(network.parameterCount, 1)))
  }

  /// Takes over the state of a checkpoint's optimizers for the tensors called `names`, and returns those that have one.
  private mutating func keepOptimizerState(of checkpoint: Checkpoint, for names: Set<String>) throws -> [String] {
    let former = checkpoint.model.network
    let old = try ParameterUpdate(
      former, settings: checkpoint.model.experiment.training, earlier: checkpoint.earlierUpdates)
    guard old.stateCount == checkpoint.optimizerState.count else {
      throw GliaError(
        "the state of the optimizer does not fit the network", at: "checkpoint",
        expected: "a checkpoint written by Glia")
    }
    let formerTensors = Dictionary(
      former.plan.tensors.enumerated().map { ($1.plan.name, (index: $0, tensor: $1)) }, uniquingKeysWith: { $1 })
    let tensors = trained.plan.tensors
    var earlier = tensors.map { _ in 0 }
    var sources: [(index: Int, places: [String: Range<Int>])] = []
    for (index, tensor) in tensors.enumerated() where names.contains(tensor.plan.name) {
      guard let known = formerTensors[tensor.plan.name], let from = old.state(of: known.tensor), !from.places.isEmpty,
        let to = update.state(of: tensor), type(of: from.optimizer) == type(of: to.optimizer),
        from.places.mapValues(\.count) == to.places.mapValues(\.count)
      else { continue }
      let before = checkpoint.earlierUpdates.isEmpty ? 0 : checkpoint.earlierUpdates[known.index]
      earlier[index] = before + checkpoint.progress.updates
      sources.append((index, from.places))
    }
    guard !sources.isEmpty else { return [] }
    // Tensors with other numbers of updates are updated separately, so their state lies elsewhere.
    update = try ParameterUpdate(trained, settings: settings, earlier: earlier)
    earlierUpdates = earlier
    optimizerState = update.initialState()
    for (index, places) in sources {
      for (name, target) in update.state(of: tensors[index])?.places ?? [:] {
        guard let source = places[name], source.count == target.count else { continue }
        optimizerState.replaceSubrange(target, with: checkpoint.optimizerState[source])
      }
    }
    return sources.map { tensors[$0.index].plan.name }
  }
}
