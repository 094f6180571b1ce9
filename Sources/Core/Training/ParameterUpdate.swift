import GliaKernels

/// What becomes of a gradient: frozen parameters, transforms, one optimizer or several, constraints.
///
/// Its state lies in one buffer: that of the transforms, then that of every run of parameters that share an optimizer.
final class ParameterUpdate {
  /// Neighbouring tensors that one optimizer moves.
  private struct Run {
    let optimizer: any Optimizer
    let rate: Double
    var range: Range<Int>
    var state = 0..<0
    /// The tensors by their places within the run.
    var step: OptimizerStep

    init(_ optimizer: any Optimizer, from start: Int) {
      self.optimizer = optimizer
      rate = optimizer.baseRate
      range = start..<start
      step = OptimizerStep(number: 0, learningRate: 0)
    }

    mutating func append(_ tensor: Range<Int>) {
      step.tensors.append(tensor.lowerBound - range.lowerBound..<tensor.upperBound - range.lowerBound)
      range = range.lowerBound..<tensor.upperBound
    }
  }

  /// How many numbers are remembered.
  private(set) var stateCount = 0
  /// Whether what is evaluated differs from what is trained.
  let presents: Bool
  private let parameterCount: Int
  private var transforms: [(transform: any Transform, state: Range<Int>)] = []
  private var runs: [Run] = []
  private var frozen: [Range<Int>] = []
  private let constraints: [(tensor: PlacedTensor, constraint: any Constraint)]
  private var perturbed: [Float]
  /// The whole vector as the transforms see it.
  private var whole: OptimizerStep

  init(_ network: Network, settings: TrainingSettings) throws {
    let optimizer = try settings.requiredOptimizer()
    try GliaError.locating("training.optimizer", optimizer.validate)
    let tensors = network.plan.tensors
    parameterCount = network.parameterCount
    whole = OptimizerStep(number: 0, learningRate: 0, tensors: tensors.map(\.range))
    presents = settings.transforms.contains(where: \.presents)
    perturbed = [Float](repeating: 0, count: settings.transforms.contains(where: \.perturbs) ? parameterCount : 0)
    let members = try Self.members(settings.groups, among: tensors)
    constraints = zip(tensors, members).compactMap { tensor, group in
      group?.settings.trainable == false ? nil : tensor.plan.constraint.map { (tensor, $0) }
    }
    for (index, transform) in settings.transforms.enumerated() {
      try GliaError.locating("training.transforms.\(index)", transform.validate)
      transforms.append((transform, try takeState(transform.stateCount(parameters: parameterCount))))
    }
    var last: Int?
    for (tensor, group) in zip(tensors, members) {
      guard group?.settings.trainable != false else {
        frozen.append(tensor.range)
        last = nil
        continue
      }
      let index = group?.settings.optimizer == nil ? -1 : group?.index ?? -1
      if last != index { runs.append(Run(group?.settings.optimizer ?? optimizer, from: tensor.range.lowerBound)) }
      runs[runs.count - 1].append(tensor.range)
      last = index
    }
    for index in runs.indices {
      runs[index].state = try takeState(runs[index].optimizer.stateCount(parameters: runs[index].range.count))
    }
    try Memory.require(
      floats: stateCount + 3 * parameterCount, for: "the optimizer's state", at: "training.optimizer")
  }

  private func takeState(_ count: Int) throws -> Range<Int> {
    let (end, overflow) = stateCount.addingReportingOverflow(count)
    guard count >= 0, !overflow else {
      throw GliaError("a state of \(count) numbers", at: "training", expected: "a size that memory can hold")
    }
    defer { stateCount = end }
    return stateCount..<end
  }

  /// The last group that names each tensor; throws for a name that no tensor has.
  private static func members(
    _ groups: [ParameterGroup], among tensors: [PlacedTensor]
  ) throws -> [(index: Int, settings: ParameterGroup)?] {
    let names = tensors.map(\.plan.name)
    for (index, group) in groups.enumerated() {
      let place = "training.groups.\(index)"
      try GliaError.locating(place, group.validate)
      if let optimizer = group.optimizer { try GliaError.locating(place + ".optimizer", optimizer.validate) }
      for name in group.tensors where !names.contains(where: { ParameterGroup(name).contains($0) }) {
        throw GliaError(
          "the network has no tensor '\(name.excerpt)'", at: place + ".tensors",
          expected: "one of \(names.prefix(20).joined(separator: ", ")), or the beginning of one, such as layers.0")
      }
    }
    return names.map { name in
      groups.enumerated().last { $0.element.contains(name) }.map { ($0.offset, $0.element) }
    }
  }

  /// Makes the changed copy of the parameters that the next pass sees, if a transform wants one.
  func perturb(_ parameters: [Float], key: UInt64, updates: Int) {
    guard !perturbed.isEmpty else { return }
    whole.number = updates + 1
    parameters.withUnsafeBufferPointer { from in
      perturbed.withUnsafeMutableBufferPointer { to in _ = to.update(from: from) }
    }
    for index in transforms.indices where transforms[index].transform.perturbs {
      whole.key = Random.mix(key &+ UInt64(index))
      var span = perturbed.mutableSpan
      transforms[index].transform.perturb(&span, step: whole)
    }
  }

  /// What a pass sees of the parameters: the changed copy, or themselves.
  func seen(_ parameters: [Float]) -> [Float] { perturbed.isEmpty ? parameters : perturbed }

  /// Moves the parameters by one update; returns whether there was one, which transforms may put off.
  func callAsFunction(
    _ parameters: inout [Float], gradient: UnsafeMutablePointer<Float>, state: inout [Float], updates: Int,
    key: UInt64, rate: (_ base: Double) -> Double
  ) -> Bool {
    parameters.withUnsafeMutableBufferPointer { weights in
      state.withUnsafeMutableBufferPointer { slots in
        guard let weights = weights.baseAddress else { return true }
        return update(
          weights, gradient: gradient, slots: slots.baseAddress ?? weights, number: updates + 1, key: key, rate: rate)
      }
    }
  }

  private func update(
    _ weights: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    slots: UnsafeMutablePointer<Float>, number: Int, key: UInt64, rate: (_ base: Double) -> Double
  ) -> Bool {
    for range in frozen { (gradient + range.lowerBound).update(repeating: 0, count: range.count) }
    whole.number = number
    whole.learningRate = Float(runs.first.map { rate($0.rate) } ?? 0)
    for index in transforms.indices {
      whole.key = Random.mix(key &+ UInt64(index) &+ 0x7F)
      let state = transforms[index].state
      var span = MutableSpan(_unsafeStart: gradient, count: parameterCount)
      var own = MutableSpan(_unsafeStart: slots + state.lowerBound, count: state.count)
      let goesOn = transforms[index].transform.apply(
        &span, parameters: Span(_unsafeStart: weights, count: parameterCount), state: &own, step: whole)
      guard goesOn else { return false }
    }
    for index in runs.indices {
      let (range, state) = (runs[index].range, runs[index].state)
      runs[index].step.number = number
      runs[index].step.learningRate = Float(rate(runs[index].rate))
      runs[index].step.key = Random.mix(key &+ UInt64(index) &+ 0xFF)
      var span = MutableSpan(_unsafeStart: weights + range.lowerBound, count: range.count)
      var own = MutableSpan(_unsafeStart: slots + state.lowerBound, count: state.count)
      runs[index].optimizer.update(
        &span, gradient: Span(_unsafeStart: gradient + range.lowerBound, count: range.count), state: &own,
        step: runs[index].step)
    }
    constrain(weights)
    guard !transforms.isEmpty else { return true }
    for index in transforms.indices {
      let state = transforms[index].state
      var span = MutableSpan(_unsafeStart: weights, count: parameterCount)
      var own = MutableSpan(_unsafeStart: slots + state.lowerBound, count: state.count)
      transforms[index].transform.updated(&span, state: &own, step: whole)
    }
    constrain(weights)
    return true
  }

  private func constrain(_ weights: UnsafeMutablePointer<Float>) {
    for (tensor, constraint) in constraints {
      var span = MutableSpan(_unsafeStart: weights + tensor.range.lowerBound, count: tensor.range.count)
      constraint.project(&span, shape: tensor.plan.shape)
    }
  }

  /// Turns the parameters that are trained into those that are evaluated and kept.
  func present(_ parameters: inout [Float], state: [Float], updates: Int) {
    for (transform, range) in transforms where transform.presents {
      var span = parameters.mutableSpan
      transform.present(&span, state: state.span.extracting(range), updates: updates)
    }
  }
}

extension Optimizer {
  /// The rate that a schedule starts from: 0.02 as a Float is 0.0199999996 as a Double, but what was written is meant.
  var baseRate: Double { Double(learningRate.description) ?? Double(learningRate) }
}
