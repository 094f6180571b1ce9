/// One update of the parameters from a gradient: transforms, optimizers, constraints.
///
/// Frozen parameters keep their exact values, whatever transforms do to them, and their gradient counts as 0. All state is in
/// one buffer: that of the transforms, then that of every run of parameters that share an optimizer.
final class ParameterUpdate {
  /// Whether every parameter is frozen.
  var movesNothing: Bool { solver.map { $0.count == 0 } ?? runs.isEmpty }
  /// The full-batch solver that trains all parameters that are not frozen, if the optimizer is one.
  let solver: SolverRun?
  /// Whether the evaluated parameters differ from the trained ones.
  let averages: Bool
  /// The optimizer that takes a second gradient uphill; nil if none does.
  private let ascending: (any AscendingOptimizer)?
  /// Whether ``solver``, or an optimizer that takes a second gradient, makes the steps. Here and below, a step does not look at
  /// the components themselves, whose copies it would have to count.
  let (isSolved, ascends): (Bool, Bool)
  let perturbs: Bool
  /// The number of values of state.
  let stateCount: Int
  private let transforms: [PlacedTransform]
  private let runs: [ParameterRun]
  private let frozen: [Range<Int>]
  private let constraints: [(tensor: PlacedTensor, constraint: any Constraint)]
  /// Whether groups of parameters have optimizers, and so learning rates, of their own.
  let hasOwnRates: Bool
  private let isCollective: Bool
  /// The perturbed parameters that a pass uses; after the pass, temporary storage for frozen ones.
  private var copy: [Float]
  private let shared: Shared

  /// - Parameter earlier: how many updates each tensor had in a training from which this one was forked; empty for none.
  init(_ network: Network, settings: TrainingSettings, earlier: [Int] = []) throws {
    let given = try settings.requiredOptimizer()
    try GliaError.locating("training.optimizer", given.checkSettings)
    try settings.requireOneAscent()
    ascending = given as? any AscendingOptimizer
    ascends = ascending != nil
    let optimizer = given.rule
    for case let optimizer as any ElementwiseOptimizer in [optimizer] + settings.groups.compactMap(\.optimizer) {
      try optimizer.checkState()
    }
    let placed = network.plan.tensors
    let count = network.parameterCount
    shared = Shared(placed, groups: settings.groups.count)
    perturbs = settings.transforms.contains { $0 is any WeightPerturbation }
    var (transforms, runs, frozen): ([PlacedTransform], [ParameterRun], [Range<Int>]) = ([], [], [])
    var (constraints, stateCount): ([(tensor: PlacedTensor, constraint: any Constraint)], Int) = ([], 0)
    func take(_ count: Int, at place: String) throws {
      stateCount = try GliaError.locating(place) { try [[stateCount], [count]].totalCount() }
      try Memory.require(
        floats: stateCount, for: "the state of optimizers and transforms", at: place,
        remedy: "use fewer units, or sgd, which has no state")
    }
    let groups = try ParameterGroup.assign(settings.groups, to: placed.map(\.plan.name))
    for (number, (tensor, index)) in zip(placed, groups).enumerated() {
      let updates = number < earlier.count ? earlier[number] : 0
      let group = index.map { settings.groups[$0] }
      guard group?.trainable != false else {
        frozen.append(tensor.range)
        continue
      }
      if let constraint = tensor.plan.constraint { constraints.append((tensor, constraint)) }
      let owner = group?.optimizer == nil ? nil : index
      if runs.last?.range.upperBound != tensor.range.lowerBound || runs.last?.group != owner
        || runs.last?.earlierUpdates != updates
      {
        runs.append(
          ParameterRun(
            group?.optimizer ?? optimizer, group: owner, from: tensor.range.lowerBound, earlierUpdates: updates))
      }
      runs[runs.count - 1].append(tensor.range, shape: tensor.plan.shape)
    }
    try settings.requireSolvable(
      network, trained: zip(placed, groups).filter { $1.map { settings.groups[$0].trainable } ?? true }.map(\.0))
    solver = try settings.solver.map { try SolverRun($0, ranges: runs.map(\.range)) }
    isSolved = solver != nil
    if let solver {
      runs = []
      try take(solver.state.count, at: "training")
    }
    for (index, transform) in settings.transforms.enumerated() {
      let place = "training.transforms.\(index)"
      try GliaError.locating(place, transform.checkSettings)
      let state = try GliaError.locating(place) { try NamedState([transform.state(for: count)]) }
      transforms.append(PlacedTransform(transform, state: state, start: stateCount))
      try take(state.count, at: place)
    }
    for index in runs.indices {
      let place = runs[index].group.map { "training.groups.\($0)" } ?? "training"
      try GliaError.locating(place) { try runs[index].planState() }
      runs[index].start = stateCount
      try take(runs[index].state?.count ?? 0, at: place)
    }
    (self.transforms, self.runs, self.frozen) = (transforms, runs, frozen)
    (self.constraints, self.stateCount) = (constraints, stateCount)
    averages =
      settings.transforms.contains { $0 is any WeightAverage } || runs.contains { $0.averaging != nil }
    hasOwnRates = runs.contains { $0.group != nil }
    isCollective = runs.contains(where: \.isCollective)
    let needsCopy = perturbs || !(transforms.isEmpty || frozen.isEmpty)
    copy = [Float](repeating: 0, count: needsCopy ? count : 0)
  }

  /// Returns the optimizer of `tensor` and where its state is, by name; nil if the tensor is frozen, or shares a state with
  /// others.
  func state(of tensor: PlacedTensor) -> (optimizer: any Optimizer, places: [String: Range<Int>])? {
    for run in runs {
      if let places = run.state(of: tensor.range) { return (run.optimizer, places) }
    }
    return nil
  }

  /// Returns the state before the first update.
  func initialState() -> [Float] {
    var numbers = [Float](repeating: 0, count: stateCount)
    for placed in transforms { placed.state.initialize(&numbers, from: placed.start) }
    for run in runs { run.state?.initialize(&numbers, from: run.start) }
    solver?.state.initialize(&numbers, from: 0)
    return numbers
  }

  /// Makes the perturbed copy of the parameters for the next pass, if there is a perturbing transform.
  func perturb(_ parameters: [Float], state: inout [Float], _ step: OptimizerStep, key: UInt64) throws {
    guard perturbs else { return }
    var seen: [Float] = []
    swap(&seen, &copy)
    defer { swap(&seen, &copy) }
    move(CollectionOfOne(0..<parameters.count), from: parameters, to: &seen)
    seen.withUnsafeMutableBufferPointer { seen in
      state.withUnsafeMutableBufferPointer { state in
        guard let start = seen.baseAddress else { return }
        for index in transforms.indices {
          guard let transform = transforms[index].perturbation else { continue }
          transform.perturb(
            view(start, seen.count), context(index, state.baseAddress ?? start, step, key, purpose: 1))
          shared.report.ascribe(to: transform)
        }
      }
    }
    move(frozen, from: parameters, to: &seen)
    try shared.report.check()
  }

  /// Returns the parameters that a pass uses: the perturbed copy, or the parameters themselves.
  func seen(_ parameters: [Float]) -> [Float] { perturbs ? copy : parameters }

  /// Writes the parameters uphill from those that a pass has `seen`, along its gradient, to `climbed`.
  func ascend(_ seen: [Float], gradient: UnsafeMutablePointer<Float>, to climbed: inout [Float]) throws {
    guard let ascending else { return }
    clearFrozen(gradient)
    move(CollectionOfOne(0..<seen.count), from: seen, to: &climbed)
    climbed.withUnsafeMutableBufferPointer { climbed in
      guard let start = climbed.baseAddress else { return }
      ascending.ascend(view(start, climbed.count), along: view(gradient, climbed.count).view)
    }
    shared.report.ascribe(to: ascending)
    move(frozen, from: seen, to: &climbed)
    try shared.report.check()
  }

  /// Sets the learning rates of the groups that have optimizers of their own: `rate` of the rate in their settings.
  func setOwnRates(_ rate: (_ base: Double) -> Double) {
    for run in runs where run.group != nil { run.learningRate = Float(rate(run.baseRate)) }
  }

  /// Updates the parameters; returns false if a transform postponed the update.
  ///
  /// - Parameter step: the number and rate of this update; groups with optimizers of their own have the rates set last.
  /// - Throws: if a transform or an optimizer accesses something that it did not plan.
  func callAsFunction(
    _ parameters: inout [Float], gradient: UnsafeMutablePointer<Float>, state: inout [Float], _ step: OptimizerStep,
    key: UInt64
  ) throws -> Bool {
    let count = parameters.count
    if !frozen.isEmpty, !transforms.isEmpty { move(frozen, from: parameters, to: &copy) }
    let isUpdated = parameters.withUnsafeMutableBufferPointer { parameters in
      state.withUnsafeMutableBufferPointer { state in
        // Even without any numbers, empty views need an address.
        let parameters = parameters.baseAddress ?? gradient
        let state = state.baseAddress ?? gradient
        guard transform(gradient, parameters, count, state, step, key) else { return false }
        for index in transforms.indices {
          guard let transform = transforms[index].weights else { continue }
          transform.willUpdate(view(parameters, count), context(index, state, step, key, purpose: 5))
          shared.report.ascribe(to: transform)
        }
        if isCollective { collectSums(parameters, gradient, state, step, key) }
        for (index, run) in runs.enumerated() {
          run.update(
            parameters, gradient, state, step.rated(for: run), key: Self.key(key, 2, index),
            sums: run.isCollective ? UnsafePointer(shared.sums + run.owner) : nil, shared.report)
        }
        constrain(parameters)
        for index in transforms.indices {
          guard let transform = transforms[index].weights else { continue }
          transform.didUpdate(view(parameters, count), context(index, state, step, key, purpose: 4))
          shared.report.ascribe(to: transform)
          constrain(parameters)
        }
        return true
      }
    }
    if !frozen.isEmpty, !transforms.isEmpty { move(frozen, from: copy, to: &parameters) }
    try shared.report.check()
    return isUpdated
  }

  /// Adds up what collective optimizers need to know about all of their tensors before the first one is updated.
  private func collectSums(
    _ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
    _ state: UnsafeMutablePointer<Float>, _ step: OptimizerStep, _ key: UInt64
  ) {
    for run in runs { shared.sums[run.owner] = .zero }
    for (index, run) in runs.enumerated() where run.isCollective {
      shared.sums[run.owner] += run.sums(
        parameters, gradient, state, step.rated(for: run), key: Self.key(key, 2, index), shared.report)
    }
  }

  /// Applies the transforms to the gradient; returns whether to make an update with it.
  private func transform(
    _ gradient: UnsafeMutablePointer<Float>, _ parameters: UnsafeMutablePointer<Float>, _ count: Int,
    _ state: UnsafeMutablePointer<Float>, _ step: OptimizerStep, _ key: UInt64
  ) -> Bool {
    clearFrozen(gradient)
    for index in transforms.indices {
      defer { shared.report.ascribe(to: transforms[index].transform) }
      if let transform = transforms[index].gradients {
        transform.apply(
          view(gradient, count), weights: view(parameters, count).view, context(index, state, step, key, purpose: 3))
      }
      if let transform = transforms[index].accumulator,
        !transform.accumulate(view(gradient, count), context(index, state, step, key, purpose: 3))
      {
        return false
      }
      clearFrozen(gradient)
    }
    return true
  }

  /// Returns the parameters that are evaluated and saved, which optimizers and transforms compute from the trained ones.
  func averaged(_ trained: [Float], state: [Float], updates: Int) -> [Float] {
    guard averages, updates > 0 else { return trained }
    var (parameters, memory) = (trained, state)
    parameters.withUnsafeMutableBufferPointer { parameters in
      memory.withUnsafeMutableBufferPointer { memory in
        guard let start = parameters.baseAddress else { return }
        let step = OptimizerStep(number: updates, learningRate: 0)
        for run in runs { run.average(start, memory.baseAddress ?? start, step, shared.report) }
        for index in transforms.indices {
          guard let transform = transforms[index].average else { continue }
          transform.average(
            view(start, parameters.count), context(index, memory.baseAddress ?? start, step, 0, purpose: 6))
          shared.report.ascribe(to: transform)
        }
        constrain(start)
      }
    }
    move(frozen, from: trained, to: &parameters)
    return parameters
  }

  @_lifetime(immortal)
  private func view(_ start: UnsafeMutablePointer<Float>, _ count: Int) -> MutableTensorView<Float> {
    MutableTensorView(unsafe: start, columns: count, shared.report)
  }

  @_lifetime(immortal)
  private func context(
    _ index: Int, _ state: UnsafeMutablePointer<Float>, _ step: OptimizerStep, _ key: UInt64, purpose: UInt64
  ) -> UpdateContext {
    UpdateContext(
      step, key: Self.key(key, purpose, index), state: state + transforms[index].start,
      transforms[index].state.layouts[0].table, tensors: UnsafePointer(shared.tensors.baseAddress.unsafelyUnwrapped),
      count: shared.tensors.count - 1, shared.report)
  }

  private func clearFrozen(_ gradient: UnsafeMutablePointer<Float>) {
    for range in frozen { (gradient + range.lowerBound).update(repeating: 0, count: range.count) }
  }

  private func constrain(_ start: UnsafeMutablePointer<Float>) {
    for index in constraints.indices {
      let range = constraints[index].tensor.range
      var span = MutableSpan(_unsafeStart: start + range.lowerBound, count: range.count)
      constraints[index].constraint.project(&span, shape: constraints[index].tensor.plan.shape)
    }
  }

  /// Returns the seed for the random draws of part `index`; different for every purpose, and from those of the layers.
  private static func key(_ key: UInt64, _ purpose: UInt64, _ index: Int) -> UInt64 {
    Random.mix(Random.mix(key ^ purpose << 56) &+ UInt64(index))
  }
}

/// Copies the numbers of `ranges`.
private func move(_ ranges: some Sequence<Range<Int>>, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>) {
  for range in ranges { (to + range.lowerBound).update(from: from + range.lowerBound, count: range.count) }
}
