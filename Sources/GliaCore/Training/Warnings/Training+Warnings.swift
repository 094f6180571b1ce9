extension Training {
  /// Warnings about settings that are valid but will not work, or may not be what is meant, each with its evidence and a
  /// remedy; after the first epoch, warnings about the history as well.
  public var warnings: [String] {
    var seen: Set<String> = []
    return (dataWarnings + networkWarnings + historyWarnings).filter { seen.insert($0).inserted }
  }

  private var networkWarnings: [String] {
    let layers = canonical.layers
    return layers.indices.compactMap { uselessDerivative(layers, $0) } + equalUnits(layers) + singleSoftmax
      + [unfitOutput, unreachableTargets, nothingLearns].compactMap { $0 } + layerWarnings
  }

  /// The warnings of the layers, for full batches and for the last batch of an epoch, which may be smaller.
  private var layerWarnings: [String] {
    let (count, size) = (training.inputs.rows, min(settings.batchSize, training.inputs.rows))
    return [size, count % size].filter { $0 > 0 }.flatMap { trained.layers.warnings(input: trained.input, batch: $0) }
  }

  /// Returns a warning if a step function passes no gradient to the layers below, unless the loss is computed from its input.
  private func uselessDerivative(_ layers: [any Layer], _ index: Int) -> String? {
    guard let activation = layers[index].separatingActivation()?.activation, !activation.hasUsefulDerivative,
      trained.plan.children[...index].contains(where: { $0.parameterCount > 0 })
    else { return nil }
    return
      "the derivative of \(type(of: activation).name) is 0, so no layer learns up to and including "
      + "layer \(index) (\(type(of: layers[index]).name)); train with sigmoid or tanh, or use the perceptron loss "
      + "with a single layer"
  }

  /// Units with equal initial weights, both incoming and outgoing, and equal biases receive equal gradients forever.
  private func equalUnits(_ layers: [any Layer]) -> [String] {
    let tensors = trained.plan.tensors
    let weights = tensors.filter { $0.plan.name.hasSuffix(".weight") && $0.plan.shape.count == 2 }
    let rangeOf = Dictionary(tensors.map { ($0.plan.name, $0.range) }) { first, _ in first }
    return zip(weights, weights.dropFirst()).compactMap { weight, next in
      let (units, inputs) = (weight.plan.shape[0], weight.plan.shape[1])
      guard units > 1, next.plan.shape[1] == units, next.plan.shape[0] > 0 else { return nil }
      let (own, outgoing) = (trained.parameters[weight.range], trained.parameters[next.range])
      let biases = rangeOf[weight.plan.name.dropLast("weight".count) + "bias"].map { trained.parameters[$0] } ?? []
      let areEqual =
        own.indices.dropFirst(inputs).allSatisfy { own[$0] == own[$0 - inputs] }
        && biases.allSatisfy { $0 == biases.first }
        && outgoing.indices.allSatisfy { ($0 - outgoing.startIndex) % units == 0 || outgoing[$0] == outgoing[$0 - 1] }
      guard areEqual else { return nil }
      return
        "the \(units) units of \(weight.plan.name) have equal initial weights, so they stay equal and learn the same; "
        + "initialize their weights randomly, for example with glorot_uniform"
    }
  }

  /// Softmax over a single output is always 1.
  private var singleSoftmax: [String] {
    guard trained.layers.last?.outputActivation?.link == .softmax, trained.plan.outputCount == 1
    else { return [] }
    return ["softmax of one unit is always 1; use sigmoid with binary_crossentropy, or one unit per class"]
  }

  /// A loss for probabilities reads any number as one, and a loss for signs any sign, without useful training.
  private var unfitOutput: String? {
    guard let loss = settings.loss, let last = trained.layers.last?.outputActivation else { return nil }
    let (name, given) = (type(of: loss).name, type(of: last).name)
    func fits(_ link: Link) -> Bool { loss.fromLogits(of: link) != nil }
    if fits(.softmax), last.link != .softmax, last is any ElementwiseActivation, trained.plan.outputCount > 1 {
      return
        "\(name) expects probabilities that sum to 1, which \(given) does not produce; end the network with softmax"
    }
    if fits(.logistic), last.range.map({ $0.lowerBound < 0 || $0.upperBound > 1 }) ?? (last.link != .softmax) {
      return "\(name) expects probabilities, which \(given) does not produce; end the network with sigmoid"
    }
    if let domain = loss.domain, last.range.map({ !domain.contains($0) }) ?? true {
      let (low, high) = (Double(domain.lowerBound).brief, Double(domain.upperBound).brief)
      let (outside, fitting) =
        domain.upperBound.isFinite
        ? ("outside of \(low) to \(high)", "sigmoid or softmax") : ("below \(low)", "exponential or softplus")
      return "\(name) is undefined for predictions \(outside), which \(given) produces; end the network with \(fitting)"
    }
    if case .binary(let negative, _) = loss.targetEncoding, negative < 0, !fits(last.link ?? .identity),
      last.range?.lowerBound ?? -1 >= 0
    {
      return "\(name) has its threshold at 0, but \(given) produces no negative numbers; end the network with linear"
    }
    return nil
  }

  /// No training makes a sigmoid output 147, or a ReLU a negative number.
  private var unreachableTargets: String? {
    guard evaluator.encoding == .values, let last = trained.layers.last?.outputActivation,
      let range = last.range, training.targets.values.contains(where: { !range.contains($0) })
    else { return nil }
    let targets = training.targets.values
    let outside = targets.count { !range.contains($0) }
    let farthest = targets.max { range.distance(to: $0) < range.distance(to: $1) } ?? 0
    return
      "\(type(of: last).name) produces numbers \(range.words), but \(outside.grouped) of "
      + "\(targets.count.counted("target")) are outside this range, such as \(Double(farthest).brief); end the "
      + "network with linear"
  }

  private var nothingLearns: String? {
    update.movesNothing ? "no parameter learns: there are none, or all are frozen" : nil
  }
}

extension ClosedRange<Float> {
  fileprivate func distance(to number: Float) -> Float {
    Swift.max(lowerBound - number, number - upperBound)
  }

  fileprivate var words: String {
    let (low, high) = (Double(lowerBound).brief, Double(upperBound).brief)
    return upperBound.isFinite ? lowerBound.isFinite ? "from \(low) to \(high)" : "up to \(high)" : "from \(low) on"
  }
}
