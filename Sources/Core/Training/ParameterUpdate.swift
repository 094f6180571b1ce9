/// What becomes of a gradient: transforms, one optimizer or several, constraints.
///
/// Frozen parameters keep their bits, whatever transforms do to them, and their gradient counts as 0. All memory lies in
/// one buffer: that of the transforms, then that of every run of parameters that share an optimizer.
struct ParameterUpdate {
  /// How many numbers are remembered.
  private(set) var stateCount = 0
  /// Whether every parameter is frozen.
  var movesNothing: Bool { runs.isEmpty }
  /// Whether what is evaluated differs from what is trained.
  let presents: Bool
  private let perturbs: Bool
  private var transforms: [(transform: any Transform, state: Range<Int>)] = []
  private var runs: [ParameterRun] = []
  private var frozen: [Range<Int>] = []
  private var constraints: [(tensor: PlacedTensor, constraint: any Constraint)] = []
  /// The whole vector as the transforms see it.
  private var step: OptimizerStep
  /// What a pass sees of perturbed parameters; after the pass, where frozen ones are kept meanwhile.
  private var copy: [Float]

  init(_ network: Network, settings: TrainingSettings) throws {
    let optimizer = try settings.requiredOptimizer()
    try GliaError.locating("training.optimizer", optimizer.validate)
    for case let optimizer as any ElementwiseOptimizer in [optimizer] + settings.groups.compactMap(\.optimizer) {
      try optimizer.checkState()
    }
    let placed = network.plan.tensors
    let count = network.parameterCount
    step = OptimizerStep(number: 0, learningRate: 0, tensors: placed.map(\.range))
    presents = settings.transforms.contains(where: \.presents)
    perturbs = settings.transforms.contains(where: \.perturbs)
    copy = []
    for (tensor, index) in zip(placed, try ParameterGroup.assign(settings.groups, to: placed.map(\.plan.name))) {
      let group = index.map { settings.groups[$0] }
      guard group?.trainable != false else {
        frozen.append(tensor.range)
        continue
      }
      if let constraint = tensor.plan.constraint { constraints.append((tensor, constraint)) }
      let owner = group?.optimizer == nil ? nil : index
      if runs.last?.range.upperBound != tensor.range.lowerBound || runs.last?.group != owner {
        runs.append(ParameterRun(group?.optimizer ?? optimizer, group: owner, from: tensor.range.lowerBound))
      }
      runs[runs.count - 1].append(tensor.range)
    }
    for (index, transform) in settings.transforms.enumerated() {
      let place = "training.transforms.\(index)"
      try GliaError.locating(place, transform.validate)
      transforms.append((transform, try takeState(transform.stateCount(parameters: count), at: place)))
    }
    for index in runs.indices {
      let wanted = runs[index].optimizer.stateCount(parameters: runs[index].range.count)
      runs[index].state = try takeState(wanted, at: runs[index].group.map { "training.groups.\($0)" } ?? "training")
    }
    if perturbs || !(transforms.isEmpty || frozen.isEmpty) { copy = [Float](repeating: 0, count: count) }
  }

  private mutating func takeState(_ count: Int, at place: String) throws -> Range<Int> {
    let (end, overflow) = stateCount.addingReportingOverflow(count)
    guard count >= 0, !overflow else {
      throw GliaError("a state of \(count) numbers", at: place, expected: "a size that memory can hold")
    }
    try Memory.require(
      floats: end, for: "the state of optimizers and transforms", at: place,
      remedy: "use fewer units, or sgd, which remembers nothing")
    defer { stateCount = end }
    return stateCount..<end
  }

  /// Makes the changed copy of the parameters that the next pass sees, if a transform wants one.
  mutating func perturb(_ parameters: [Float], updates: Int, rate: Double, key: UInt64) {
    guard perturbs else { return }
    (step.number, step.learningRate) = (updates + 1, Float(rate))
    move(CollectionOfOne(0..<parameters.count), from: parameters, to: &copy)
    for index in transforms.indices where transforms[index].transform.perturbs {
      step.key = Self.key(key, 1, index)
      let (transform, step) = (transforms[index].transform, step)
      var span = copy.mutableSpan
      transform.perturb(&span, step: step)
    }
    move(frozen, from: parameters, to: &copy)
  }

  /// What a pass sees of the parameters: the changed copy, or themselves.
  func seen(_ parameters: [Float]) -> [Float] { perturbs ? copy : parameters }

  /// Moves the parameters by one update; returns whether there was one, which transforms may put off.
  ///
  /// - Parameters:
  ///   - rate: the rate of this update.
  ///   - groupRate: the same for the optimizer of a group, whose own rate is `base`.
  mutating func callAsFunction(
    _ parameters: inout [Float], gradient: UnsafeMutablePointer<Float>, state: inout [Float], updates: Int,
    rate: Double, key: UInt64, groupRate: (_ base: Double) -> Double
  ) -> Bool {
    state.withUnsafeMutableBufferPointer { state in
      // Without any memory there still is an address for spans of no numbers.
      let state = state.baseAddress ?? gradient
      (step.number, step.learningRate) = (updates + 1, Float(rate))
      guard transform(gradient, parameters, state, key) else { return false }
      for index in runs.indices {
        runs[index].step.number = updates + 1
        runs[index].step.learningRate = Float(runs[index].group == nil ? rate : groupRate(runs[index].rate))
        runs[index].step.key = Self.key(key, 2, index)
        runs[index].update(&parameters, gradient, state)
      }
      constrain(&parameters)
      finish(&parameters, state, key)
      return true
    }
  }

  private mutating func transform(
    _ gradient: UnsafeMutablePointer<Float>, _ parameters: [Float], _ state: UnsafeMutablePointer<Float>, _ key: UInt64
  ) -> Bool {
    clearFrozen(gradient)
    for index in transforms.indices {
      let range = transforms[index].state
      step.key = Self.key(key, 3, index)
      var span = MutableSpan(_unsafeStart: gradient, count: parameters.count)
      var own = MutableSpan(_unsafeStart: state + range.lowerBound, count: range.count)
      let goesOn = transforms[index].transform.apply(&span, parameters: parameters.span, state: &own, step: step)
      clearFrozen(gradient)
      guard goesOn else { return false }
    }
    return true
  }

  private func clearFrozen(_ gradient: UnsafeMutablePointer<Float>) {
    for range in frozen { (gradient + range.lowerBound).update(repeating: 0, count: range.count) }
  }

  /// What transforms do after the optimizer; each sees what the constraints allow.
  private mutating func finish(_ parameters: inout [Float], _ state: UnsafeMutablePointer<Float>, _ key: UInt64) {
    guard !transforms.isEmpty else { return }
    move(frozen, from: parameters, to: &copy)
    for index in transforms.indices {
      let range = transforms[index].state
      step.key = Self.key(key, 4, index)
      var span = parameters.mutableSpan
      var own = MutableSpan(_unsafeStart: state + range.lowerBound, count: range.count)
      transforms[index].transform.updated(&span, state: &own, step: step)
      constrain(&parameters)
    }
    move(frozen, from: copy, to: &parameters)
  }

  /// The parameters that are evaluated and kept, where transforms make others of those that are trained.
  func presented(_ trained: [Float], state: [Float], updates: Int) -> [Float] {
    guard presents, updates > 0 else { return trained }
    var parameters = trained
    for (transform, range) in transforms where transform.presents {
      var span = parameters.mutableSpan
      transform.present(&span, state: state.span.extracting(range), updates: updates)
    }
    constrain(&parameters)
    move(frozen, from: trained, to: &parameters)
    return parameters
  }

  private func constrain(_ parameters: inout [Float]) {
    guard !constraints.isEmpty else { return }
    parameters.withUnsafeMutableBufferPointer { parameters in
      guard let start = parameters.baseAddress else { return }
      for index in constraints.indices {
        let range = constraints[index].tensor.range
        var span = MutableSpan(_unsafeStart: start + range.lowerBound, count: range.count)
        constraints[index].constraint.project(&span, shape: constraints[index].tensor.plan.shape)
      }
    }
  }

  /// What the draws of part `index` start from; different for every purpose, and apart from those of the layers.
  private static func key(_ key: UInt64, _ purpose: UInt64, _ index: Int) -> UInt64 {
    Random.mix(Random.mix(key ^ purpose << 56) &+ UInt64(index))
  }
}

/// Copies the numbers of `ranges`.
private func move(_ ranges: some Sequence<Range<Int>>, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>) {
  for range in ranges { (to + range.lowerBound).update(from: from + range.lowerBound, count: range.count) }
}
