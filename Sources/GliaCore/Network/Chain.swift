extension LayerPlan {
  /// Plans `layers` in sequence for an input shape; the names of their tensors get the prefix `layers.<index>.`.
  ///
  /// - Parameters:
  ///   - layers: the layers, in order.
  ///   - times: how often the sequence is repeated, each time with its own parameters; the indices continue.
  ///   - input: the shape of one sample.
  public static func chain(_ layers: [any Layer], times: Int = 1, input: [Int]) throws -> LayerPlan {
    guard !layers.isEmpty, times > 0 else {
      throw GliaError("no layers", at: "layers", expected: "at least one layer", remedy: "add a layer")
    }
    var (children, count): ([LayerPlan], Int) = ([], 0)
    for _ in 0..<times {
      for (index, layer) in layers.enumerated() {
        children.append(
          try GliaError.locating("layers.\(index)") { try layer.planned(input: children.last?.output ?? input) })
        count += children[children.count - 1].layerCount
        try require(layers: count)
      }
    }
    return try LayerPlan(
      output: children.last?.output ?? input, children: children, childLabel: "layers", isChain: true)
  }
}

// Layers in sequence that share one block of memory: the structure of a network and of most containers.
//
// The memory of a chain holds, for each layer in turn, what the layer saves and then its outputs (those of the last layer lie
// outside), followed by two buffers between which the gradients alternate.
extension ForwardContext {
  /// Runs the layers of a chain in order; this layer's plan must be a chain.
  public func forwardChain(_ x: TensorView<Float>, into y: MutableTensorView<Float>) {
    guard layer.pointee.checkChain(report) else { return }
    var input = x
    let last = layer.pointee.childCount - 1
    for index in 0...last {
      let output = index == last ? y : output(of: index)
      child(index).run(input, into: output)
      input = output.view
    }
  }

  /// Runs the layer of this context or the layers of its chain.
  func run(_ x: TensorView<Float>, into y: MutableTensorView<Float>) {
    guard let own = layer.pointee.layer else { return forwardChain(x, into: y) }
    own._withUnsafeGuaranteedRef { $0.forward(x, into: y, self) }
    if layer.pointee.penalizesActivity { addActivityPenalty(of: y.view) }
  }

  /// Returns the context of child `index`, which must exist.
  @_lifetime(copy self)
  func child(_ index: Int) -> ForwardContext {
    let (plan, place) = (layer.pointee.children[index].plan, layer.pointee.children[index].place)
    return _overrideLifetime(
      ForwardContext(
        plan, batch: batch, isTraining: isTraining, isStochastic: isStochastic,
        key: Random.mix(key &+ UInt64(index) &+ 1), parameters: parameterStart + place.parameter,
        state: stateStart + place.state, saved: savedStart + place.saved(batch), report), copying: self)
  }

  /// Returns where the outputs of child `index` are stored.
  @_lifetime(copy self)
  func output(of index: Int) -> MutableTensorView<Float> {
    _overrideLifetime(layer.pointee.output(of: index, in: savedStart, batch: batch, report), copying: self)
  }
}

extension BackwardContext {
  /// Runs the backward pass of a chain, which this layer's plan must be; if `dx` is not needed, it ends at the first layer with
  /// parameters.
  public func backwardChain(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>) {
    guard layer.pointee.checkChain(report) else { return }
    let last = layer.pointee.childCount - 1
    let lowest = needsInputGradient ? 0 : layer.pointee.firstLearning
    var upper = dy
    var output = y
    for index in stride(from: last, through: lowest, by: -1) {
      let input = index == 0 ? x : self.output(of: index - 1)
      let lower = index == 0 ? dx : layer.pointee.gradient(ofInput: index, in: savedStart, batch: batch, report)
      child(index, x: input, y: output, needsInputGradient: index > lowest || needsInputGradient).run(
        upper, into: lower)
      upper = lower
      output = input
    }
  }

  /// Runs the backward pass of the layer of this context or of the layers of its chain.
  func run(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>) {
    guard let own = layer.pointee.layer else { return backwardChain(dy, into: dx) }
    if layer.pointee.penalizesActivity { addActivityGradient(to: dy) }
    own._withUnsafeGuaranteedRef { $0.backward(dy, into: dx, self) }
  }

  /// Returns the context of child `index`, which must exist, with inputs `x` and outputs `y`.
  @_lifetime(copy self)
  func child(
    _ index: Int, x: TensorView<Float>, y: TensorView<Float>, needsInputGradient: Bool
  ) -> BackwardContext {
    let (plan, place) = (layer.pointee.children[index].plan, layer.pointee.children[index].place)
    return _overrideLifetime(
      BackwardContext(
        plan, batch: batch, isTraining: isTraining, needsInputGradient: needsInputGradient,
        key: Random.mix(key &+ UInt64(index) &+ 1), x: x, y: y, parameters: parameterStart + place.parameter,
        gradients: gradientStart + place.parameter, saved: savedStart + place.saved(batch), report), copying: self)
  }

  /// Returns the outputs of child `index` in the forward pass.
  @_lifetime(copy self)
  public func output(of index: Int) -> TensorView<Float> {
    _overrideLifetime(layer.pointee.output(of: index, in: savedStart, batch: batch, report).view, copying: self)
  }
}

extension PassPlan {
  /// Returns whether this is the plan of a chain; reports an error if not.
  fileprivate func checkChain(_ report: PassReport) -> Bool {
    if isChain { return true }
    report.note("layers that neither LayerPlan.chain nor planned(input:) planned")
    return false
  }

  /// Returns the outputs of child `index` in the memory that begins at `start`; empty if there is no such child.
  @_lifetime(immortal)
  fileprivate func output(
    of index: Int, in start: UnsafeMutablePointer<Float>, batch: Int, _ report: PassReport
  ) -> MutableTensorView<Float> {
    guard hasChild(index, report) else { return MutableTensorView(unsafe: start, columns: 0, report) }
    let (plan, place) = (children[index].plan, children[index].place)
    return MutableTensorView(
      unsafe: start + place.saved(batch) + plan.pointee.savedCount(batch: batch), shape: plan.pointee.outputShape,
      batch: batch, report)
  }

  /// Returns where the gradient with respect to the inputs of a chain's child `index` above 0 is written.
  @_lifetime(immortal)
  fileprivate func gradient(
    ofInput index: Int, in start: UnsafeMutablePointer<Float>, batch: Int, _ report: PassReport
  ) -> MutableTensorView<Float> {
    let spare = start + (savedFixed + (savedPerSample - (1 + index & 1) * widestInner) * batch)
    return MutableTensorView(
      unsafe: spare, shape: children[index - 1].plan.pointee.outputShape, batch: batch, report)
  }
}

extension MutableTensorView {
  @_lifetime(immortal)
  init(unsafe start: UnsafeMutablePointer<T>, shape: TensorLayout, batch: Int, _ report: PassReport?) {
    self.init(
      unsafe: start, rows: shape.rows(batch), columns: shape.columns, depth: shape.depth(batch), report)
  }
}

extension TensorView {
  @_lifetime(immortal)
  init(unsafe start: UnsafePointer<T>, shape: TensorLayout, batch: Int, _ report: PassReport?) {
    self.init(
      unsafe: start, rows: shape.rows(batch), columns: shape.columns, depth: shape.depth(batch), report)
  }
}
