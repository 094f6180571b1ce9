import GliaCore

/// Checks a layer: the gradients with respect to every parameter and the input against central differences, that gradients
/// are written rather than accumulated, batches, randomness, its plan and settings.
///
/// - Parameters:
///   - layer: the layer.
///   - input: the shape of one sample; nil to try a few shapes.
///   - x: three samples; nil for random samples, of zeros and ones if the layer rejects others.
///   - registry: the registry for components among its settings.
public func checkLayer(
  _ layer: any Layer, input: [Int]? = nil, x: [Float]? = nil, registry: Registry = Registry()
) -> [CheckResult] {
  var found = Findings(layer)
  guard found.checkSettings(of: layer, registry) else { return found.results }
  do {
    for (index, run) in try layer.runs(input.map { [$0] } ?? [[6], [2, 3], [2, 3, 2]], x).enumerated() {
      found.check(run)
      if index == 0 { run.checkNoise(&found) }
    }
  } catch { found.fail("plan", "\(error)") }
  if input == nil, x == nil { found.checkEffects(of: layer, registry) { $0.fingerprint } }
  return found.results
}

extension Findings {
  fileprivate mutating func check(_ run: LayerRun) {
    var run = run
    expect("plan", true, "")
    run.checkNames(&self)
    run.checkResolved(&self)
    for isTraining in [true, false] {
      run.isTraining = isTraining
      guard run.checkOutputs(&self) else { continue }
      run.checkGradients(&self)
      run.checkWriting(&self)
    }
    run.checkInference(&self)
    run.checkSampling(&self)
    run.isTraining = true
    run.checkSingle(&self)
    run.checkSeparation(&self)
  }
}

extension Layer {
  /// A run for each shape that the layer accepts; throws the last error if it accepts none.
  fileprivate func runs(_ shapes: [[Int]], _ x: [Float]?) throws -> [LayerRun] {
    var (runs, refusal): ([LayerRun], (any Error)?) = ([], nil)
    for shape in shapes {
      guard !shape.isEmpty, shape.allSatisfy({ $0 > 0 }), let count = try? shape.elementCount(), count <= 1 << 20 else {
        throw GliaError("input shape \(shape)", expected: "axes of at least 1, and at most \(1 << 20) values")
      }
      if let x, x.count != 3 * count {
        throw GliaError("\(x.count) values in x for input shape \(shape)", expected: "\(3 * count), for three samples")
      }
      do { runs.append(try LayerRun(self, input: shape, batch: 3, x: x)) } catch { refusal = error }
    }
    if runs.isEmpty, let refusal { throw refusal }
    return runs
  }
}

extension LayerRun {
  private var mode: String { isTraining ? "in training" : "in inference" }

  fileprivate func checkNames(_ found: inout Findings) {
    let names = plan.parameters.map(\.name) + plan.state.map(\.name)
    found.expect(
      "names", Set(names).count == names.count && !names.contains(""),
      "tensors in a model file need unique names, but they are \(names)")
    found.expect(
      "initial parameters", parameters.firstNotFinite == nil, "an initial parameter value is not finite")
  }

  /// Checks that resolved(), which model files store, gives an equivalent layer.
  fileprivate func checkResolved(_ found: inout Findings) {
    found.expectNoError("resolved") { _ in
      let resolved = layer.resolved()
      let again = try resolved.plan(input: input)
      guard again.output == plan.output, again.parameters.map(\.shape) == plan.parameters.map(\.shape),
        try JSON(part: resolved.resolved()) == JSON(part: resolved)
      else { throw GliaError("resolved() gives a different plan than the layer itself, or changes if called again") }
      var run = try LayerRun(resolved, input: input, batch: batch, x: x)
      (run.parameters, run.state, run.key) = (parameters, state, key)
      guard run.forward().y.hasSameBits(as: forward().y) else {
        throw GliaError("resolved() gives different outputs than the layer itself, so a saved model would differ")
      }
    }
  }

  /// Returns whether the outputs are valid, so that checks can continue.
  fileprivate func checkOutputs(_ found: inout Findings) -> Bool {
    let (first, again) = (forward(), forward())
    let bad = first.y.firstNotFinite
    found.expect(
      "outputs", bad == nil,
      "\(mode) output \(bad ?? 0) of \(first.y.count) is not finite, or was not written\n"
        + "likely cause: a saved tensor is read before it is written")
    found.expect(
      "state", first.state.firstNotFinite == nil,
      "\(mode) the state becomes \(first.state.first { !$0.isFinite } ?? 0)")
    found.expect(
      "same key, same bits", first.y.hasSameBits(as: again.y) && first.state.hasSameBits(as: again.state),
      "\(mode) the same inputs give different outputs the second time\n"
        + "likely cause: random numbers that do not come from context.random")
    return bad == nil
  }

  fileprivate func checkGradients(_ found: inout Findings) {
    var random = Random(seed: 23)
    let upstream = random.points(batch * plan.outputCount, -2, 2)
    let (dx, gradients) = backward(upstream)
    // The rounding error grows with the differentiated sum.
    let size = forward().y.map(\.magnitude).dot(upstream.map(\.magnitude))
    let tolerance = Tolerance(absolute: 2e-4 * max(1, size / 20), relative: 2e-3)
    // Inputs that cannot be shifted, such as indices, have no gradient.
    let inputs = takesAnyNumber ? sample(x.count, &random) : []
    found.compareSlopes(
      "gradient of the input, \(mode)", inputs.map { Double(dx[$0]) },
      inputs.map { i in slope(floatWidths, within: tolerance) { projection(upstream, input: i, by: $0) } },
      within: tolerance, got: "backward gives", cause: "a wrong factor, a transposed weight, or dx is accumulated",
      at: { "sample \(inputs[$0] / width), input \(inputs[$0] % width), x = \(x[inputs[$0]])" })
    var start = 0
    for parameter in plan.parameters {
      let range = start..<start + parameter.shape.reduce(1, *)
      start = range.upperBound
      let chosen = sample(range.count, &random).map { range.lowerBound + $0 }
      found.compareSlopes(
        "gradient of \(parameter.name), \(mode)", chosen.map { Double(gradients[$0]) },
        chosen.map { i in slope(floatWidths, within: tolerance) { projection(upstream, parameter: i, by: $0) } },
        within: tolerance, got: "backward gives", cause: "a wrong factor, a wrong axis, or a sum over too few samples",
        at: { "element \(chosen[$0] - range.lowerBound) of \(parameter.shape), value \(parameters[chosen[$0]])" })
    }
  }

  /// Up to 100 indices below `count`.
  private func sample(_ count: Int, _ random: inout Random) -> [Int] { Array(random.permutation(count).prefix(100)) }

  fileprivate func checkWriting(_ found: inout Findings) {
    var random = Random(seed: 24)
    let upstream = random.points(batch * plan.outputCount, -2, 2)
    let (dx, gradients) = backward(upstream)
    found.expect(
      "writes gradients", dx.firstNotFinite == nil && gradients.firstNotFinite == nil,
      "\(mode) gradients are not finite if the buffer contained NaN before\n"
        + "likely cause: they are added to the old contents, or not written")
    found.compare(
      "without input gradient", backward(upstream, wantsInput: false).parameters, gradients, within: .rounding,
      got: "without the input gradient, a gradient is", wanted: "otherwise", at: { "parameter \($0)" })
  }

  /// Checks that, in inference, samples are independent, random keys have no effect and state does not change.
  fileprivate func checkInference(_ found: inout Findings) {
    var run = self
    run.isTraining = false
    let whole = run.forward()
    run.key = 2
    let other = run.forward()
    found.expect(
      "inference is not random", whole.y.hasSameBits(as: other.y), "in inference, another key gives different outputs"
    )
    found.expect(
      "inference keeps its state", whole.state.hasSameBits(as: state), "in inference, the state changes")
    for row in 0..<batch {
      guard var alone = try? LayerRun(layer, input: input, batch: 1, x: x.row(row, width: width)) else { return }
      (alone.parameters, alone.state, alone.isTraining) = (parameters, state, false)
      found.compare(
        "batch of one", alone.forward().y, whole.y.row(row, width: plan.outputCount), within: .values,
        got: "alone, a sample gives", wanted: "in a batch", cause: "samples are not independent",
        at: { "sample \(row), output \($0)" })
    }
  }

  /// Checks that a stochastic layer draws random numbers when predictions are sampled, and changes no state.
  fileprivate func checkSampling(_ found: inout Findings) {
    guard layer.isStochastic else { return }
    var run = self
    (run.isTraining, run.isSampling) = (false, true)
    let first = run.forward()
    found.expect("sampling keeps its state", first.state.hasSameBits(as: state), "when sampling, the state changes")
    let isRandom = (UInt64(2)...9).contains { key in
      run.key = key
      return !run.forward().y.hasSameBits(as: first.y)
    }
    found.expect(
      "sampling is random", isRandom,
      "when sampling, another key gives the same outputs, although the layer is stochastic")
  }

  /// Checks that training works with a single sample, although it has no variance.
  fileprivate func checkSingle(_ found: inout Findings) {
    guard var alone = try? LayerRun(layer, input: input, batch: 1, x: x.row(0, width: width)) else { return }
    (alone.parameters, alone.state) = (parameters, state)
    if alone.forward().y.firstNotFinite == nil { alone.checkGradients(&found) }
    let (dx, gradients) = alone.backward([Float](repeating: 1, count: plan.outputCount))
    found.expect(
      "trains on one sample",
      alone.forward().y.firstNotFinite == nil && dx.firstNotFinite == nil && gradients.firstNotFinite == nil,
      "in training, a batch of one sample gives outputs or gradients that are not finite")
  }

  /// Checks that the layer without its activation, followed by the activation, equals the layer.
  fileprivate func checkSeparation(_ found: inout Findings) {
    guard let (logits, activation) = layer.separatingActivation() else { return }
    found.expectNoError("separated activation") { found in
      var bare = try LayerRun(logits, input: input, batch: batch, x: x)
      guard bare.plan.parameters.map(\.shape) == plan.parameters.map(\.shape) else {
        throw GliaError("without its activation, the layer has different parameters", expected: "the same parameters")
      }
      (bare.parameters, bare.state, bare.key) = (parameters, state, key)
      found.compare(
        "separated activation", activation.applied(to: bare.forward().y, width: plan.output.last ?? 1), forward().y,
        within: .values, got: "logits and activation give", wanted: "the layer gives",
        cause: "separatingActivation() keeps the activation, or returns the wrong one", at: { "output \($0)" })
    }
  }
}
