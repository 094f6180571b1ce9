import GliaCore

/// Branches that see the same input and whose outputs are put together: added, multiplied, averaged, or side by side along
/// the last axis.
///
/// Parameters: those of the branches, as `branches.0.layers.0.weight` where a branch is a ``Sequential``, as
/// `branches.0.weight` where it is a single layer. In JSON `"branches": [{"layers": [...]}, ...]`.
///
/// ```swift
/// Parallel(.add) {
///   Dense(8, activation: .tanh)
///   Sequential {
///     Dense(16, activation: .relu)
///     Dense(8)
///   }
/// }
/// ```
///
/// Source: Szegedy et al., "Going deeper with convolutions" (2015), for branches side by side.
public struct Parallel: Layer {
  public static let name = "parallel"
  public static let summary = "branches on the same input, put together"
  public static let requiredSettings = ["branches"]
  /// The branches, each a layer; must be given.
  @Part public var branches: [any Layer] = []
  /// How outputs are put together.
  public var mode = ParallelMode.concatenate

  /// Branches that are still to be given.
  public init() {}
  /// The branches that the block lists, each a layer; a ``Sequential`` for several.
  public init(_ mode: ParallelMode, @NetworkBuilder _ branches: () throws -> [any Layer]) rethrows {
    self.mode = mode
    self.branches = try branches()
  }

  public func validate() throws { try requireSome(branches, "branches") }

  public func plan(input: [Int]) throws -> LayerPlan {
    var (plans, count): ([LayerPlan], Int) = ([], 0)
    for (index, branch) in branches.enumerated() {
      try GliaError.locating("branches.\(index)") {
        try branch.validate()
        plans.append(try branch.plan(input: input))
      }
      count += plans[index].layerCount
      try LayerPlan.require(layers: count)
    }
    let outputs = plans.map(\.output)
    let widest = plans.map(\.outputCount).max() ?? 0
    // After what branches keep and their outputs, room for the gradient of one output and of its input.
    let perSample = plans.flatMap { [[$0.memoryPerSample], [$0.outputCount]] } + [[widest], input]
    return try LayerPlan(
      output: mode.output(of: outputs), memoryPerSample: perSample.totalCount(),
      memory: plans.map { [$0.memory] }.totalCount() + 1, children: plans, label: "branches")
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard let base = memory.address, let joined = y.address else { return }
    var states = base
    if let address = state.address { states = address }
    var place = LayerPlace()
    for index in branches.indices {
      let pass = pass.child(index)
      let plan = pass.plan
      let keptCount = plan.memory(batch: pass.batch)
      var kept = MutableSpan(_unsafeStart: base + place.memory, count: keptCount)
      var output = MutableSpan(_unsafeStart: base + place.memory + keptCount, count: plan.outputCount * pass.batch)
      var ownState = MutableSpan(_unsafeStart: states + place.state, count: plan.stateCount)
      branches[index].forward(
        x, into: &output, parameters: parameters.extracting(place.parameter..<place.parameter + plan.parameterCount),
        state: &ownState, memory: &kept, pass: pass)
      pass.addActivityPenalty(of: output.span)
      place.advance(over: plan, batch: pass.batch)
    }
    mode.join(base, into: joined, pass: pass)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard let base = memory.address, let upstream = dy.address else { return }
    var gradient = base
    if let address = gradients.address { gradient = address }
    var place = LayerPlace()
    for plan in pass.plan.children { place.advance(over: plan, batch: pass.batch) }
    let upmost = base + place.memory
    let downmost = base + memory.count - dx.count
    place = LayerPlace()
    for index in branches.indices {
      let own = pass.child(index)
      let plan = own.plan
      let keptCount = plan.memory(batch: pass.batch)
      let output = Span(_unsafeStart: base + place.memory + keptCount, count: plan.outputCount * pass.batch)
      var kept = MutableSpan(_unsafeStart: base + place.memory, count: keptCount)
      var upper = MutableSpan(_unsafeStart: upmost, count: output.count)
      var lower = MutableSpan(_unsafeStart: downmost, count: dx.count)
      var ownGradients = MutableSpan(_unsafeStart: gradient + place.parameter, count: plan.parameterCount)
      mode.split(upstream, branch: index, memory: base, into: upmost, pass: pass)
      own.addActivityGradient(of: output, to: &upper)
      branches[index].backward(
        &upper, into: &lower, x: x, y: output,
        parameters: parameters.extracting(place.parameter..<place.parameter + plan.parameterCount),
        gradients: &ownGradients, memory: &kept, pass: own)
      for i in dx.indices { dx[i] = index == 0 ? lower[i] : dx[i] + lower[i] }
      place.advance(over: plan, batch: pass.batch)
    }
  }

  public func check(_ samples: Tensor) throws {
    for (index, branch) in branches.enumerated() {
      try GliaError.locating("branches.\(index)") { try branch.check(samples) }
    }
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    branches.flatMap { $0.warnings(input: input, batch: batch) }
  }

  public func resolved() -> any Layer {
    var full = self
    full.branches = branches.map { $0.resolved() }
    return full
  }

  public var detail: String { "\(mode.rawValue), \(branches.count.counting("branch", "branches"))" }
}
