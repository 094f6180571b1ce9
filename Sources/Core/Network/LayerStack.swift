/// Layers one after the other, sharing one block of memory: what a network is, and what container layers are made of.
///
/// The memory of a stack holds, for each layer in turn, what the layer keeps and then its outputs (those of the last
/// layer lie outside), followed by two buffers between which the gradients go back and forth. These regions do not
/// overlap, which the compiler cannot see through one mutable span: hence the addresses, each used only while the span
/// that it comes from is borrowed.
public enum LayerStack {
  /// Plans `layers` for an input shape; the names of their parameters get the prefix `layers.<index>.`.
  ///
  /// - Parameters:
  ///   - layers: the layers, in order.
  ///   - times: how often all of them follow one another, each time with parameters of their own; indices go on counting.
  ///   - input: the shape of one sample.
  public static func plan(_ layers: [any Layer], times: Int = 1, input: [Int]) throws -> LayerPlan {
    guard !layers.isEmpty, times > 0 else {
      throw GliaError("no layers", at: "layers", expected: "at least one layer", remedy: "add a layer")
    }
    var (children, count): ([LayerPlan], Int) = ([], 0)
    for _ in 0..<times {
      for (index, layer) in layers.enumerated() {
        let plan = try GliaError.locating("layers.\(index)") {
          try layer.validate()
          let plan = try layer.plan(input: children.last?.output ?? input)
          if let layer = layer as? any FormulaLayer { try layer.check(plan, input: children.last?.output ?? input) }
          return plan
        }
        children.append(plan)
        count += plan.layerCount
        try LayerPlan.require(layers: count)
      }
    }
    let inner = children.dropLast()
    let perSample =
      children.map { [$0.memoryPerSample] } + inner.map { [$0.outputCount] } + [
        [widestInner(children)], [widestInner(children)],
      ]
    return try LayerPlan(
      output: children.last?.output ?? input, memoryPerSample: perSample.totalCount(),
      // One number more than is used gives even an empty block an address.
      memory: children.map { [$0.memory] }.totalCount() + 1, children: children, label: "layers")
  }

  /// The widest output but the last, found without an array of widths: it is asked for in every step.
  private static func widestInner(_ plans: [LayerPlan]) -> Int {
    var widest = 0
    for index in 0..<max(plans.count - 1, 0) { widest = max(widest, plans[index].outputCount) }
    return widest
  }

  /// Where layer `index` of a stack stands among `layers`, which may be repeated; a division in every step would show.
  private static func original(_ index: Int, _ layers: [any Layer]) -> Int {
    index < layers.count ? index : index % layers.count
  }

  /// Runs the layers in order; see ``Layer/forward(_:into:parameters:state:memory:pass:)``.
  public static func forward(
    _ layers: [any Layer], _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard let base = memory.address, let first = x.address, let last = y.address else { return }
    var states = base
    if let address = state.address { states = address }
    var (input, inputCount) = (first, x.count)
    var place = LayerPlace()
    let count = pass.plan.children.count
    for index in 0..<count {
      let pass = pass.child(index)
      let plan = pass.plan
      let output = index == count - 1 ? last : base + place.memory + plan.memory(batch: pass.batch)
      let outputCount = plan.outputCount * pass.batch
      var kept = MutableSpan(_unsafeStart: base + place.memory, count: plan.memory(batch: pass.batch))
      var ownState = MutableSpan(_unsafeStart: states + place.state, count: plan.stateCount)
      var out = MutableSpan(_unsafeStart: output, count: outputCount)
      // A span's lifetime hangs on what it is made from; made from the variable, it would put that on the heap.
      let source = input
      layers[original(index, layers)].forward(
        Span(_unsafeStart: source, count: inputCount), into: &out,
        parameters: parameters.extracting(place.parameter..<place.parameter + plan.parameterCount), state: &ownState,
        memory: &kept, pass: pass)
      if plan.penalizesActivity { pass.addActivityPenalty(of: out.span) }
      place.advance(over: plan, batch: pass.batch)
      (input, inputCount) = (UnsafePointer(output), outputCount)
    }
  }

  /// Runs the layers backward; see ``Layer/backward(_:into:x:y:parameters:gradients:memory:pass:)``.
  ///
  /// If `dx` is empty, the work ends at the first layer that learns.
  public static func backward(
    _ layers: [any Layer], _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>,
    y: Span<Float>, parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>,
    pass: LayerPass
  ) {
    guard let base = memory.address, let first = x.address, let last = y.address,
      let upmost = dy.address
    else { return }
    var gradient = base
    if let address = gradients.address { gradient = address }
    var incoming = upmost
    let plans = pass.plan.children
    var lowest = 0
    while dx.isEmpty, lowest < plans.count, plans[lowest].parameterCount == 0 { lowest += 1 }
    var place = LayerPlace()
    for plan in plans { place.advance(over: plan, batch: pass.batch) }
    let spare = base + place.memory - (plans.last?.outputCount ?? 0) * pass.batch
    let spareCount = widestInner(plans) * pass.batch

    var downmost = spare
    if let address = dx.address { downmost = address }
    for index in stride(from: plans.count - 1, through: lowest, by: -1) {
      let pass = pass.child(index)
      let plan = pass.plan
      place.retreat(over: plan, batch: pass.batch)
      let outputCount = plan.outputCount * pass.batch
      let inputCount = index == 0 ? x.count : plans[index - 1].outputCount * pass.batch
      let input = index == 0 ? first : UnsafePointer(base + place.memory - inputCount)
      let keptCount = plan.memory(batch: pass.batch)
      let output = index == plans.count - 1 ? last : UnsafePointer(base + place.memory + keptCount)
      var kept = MutableSpan(_unsafeStart: base + place.memory, count: keptCount)
      var ownGradients = MutableSpan(_unsafeStart: gradient + place.parameter, count: plan.parameterCount)
      let above = incoming
      var upper = MutableSpan(_unsafeStart: above, count: outputCount)
      let outgoing = index == 0 ? downmost : spare + (index % 2) * spareCount
      var lower = MutableSpan(_unsafeStart: outgoing, count: index == lowest && dx.isEmpty ? 0 : inputCount)
      if plan.penalizesActivity {
        pass.addActivityGradient(of: Span(_unsafeStart: output, count: outputCount), to: &upper)
      }
      layers[original(index, layers)].backward(
        &upper, into: &lower, x: Span(_unsafeStart: input, count: inputCount),
        y: Span(_unsafeStart: output, count: outputCount),
        parameters: parameters.extracting(place.parameter..<place.parameter + plan.parameterCount),
        gradients: &ownGradients, memory: &kept, pass: pass)
      incoming = outgoing
    }
  }
}

/// Where the numbers of a container's child begin, while one goes from child to child.
///
/// In memory each child has what it keeps, followed by its outputs.
public struct LayerPlace {
  /// Where what the child keeps begins in the container's memory.
  public private(set) var memory = 0
  /// Where its parameters begin.
  public private(set) var parameter = 0
  /// Where its state begins.
  public private(set) var state = 0

  /// The place of the first child.
  public init() {}

  /// Goes on to the next child, past the one that made `plan`.
  public mutating func advance(over plan: LayerPlan, batch: Int) {
    memory += plan.memory(batch: batch) + plan.outputCount * batch
    parameter += plan.parameterCount
    state += plan.stateCount
  }

  /// Goes back to the child that made `plan`, from the one after it.
  public mutating func retreat(over plan: LayerPlan, batch: Int) {
    memory -= plan.memory(batch: batch) + plan.outputCount * batch
    parameter -= plan.parameterCount
    state -= plan.stateCount
  }
}
