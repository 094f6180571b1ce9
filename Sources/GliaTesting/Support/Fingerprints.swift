import GliaCore

// Summarizes what a component computes as values that change if its behavior changes.

extension Activation {
  var fingerprint: [Float] {
    var random = Random(seed: 51)
    let z = random.points(48, -4, 4) + [0, 1000, -1000, 30, -30, 0.001]
    return applied(to: z, width: 3) + pulledBack(random.points(54, -2, 2), z: z, width: 3)
  }
}

extension Loss {
  func fingerprint(width: Int) -> [Float] {
    let forms: [any Loss] = [self] + [Link.identity, .logistic, .softmax, .threshold].compactMap(fromLogits)
    return forms.flatMap { form in
      [LossSamples.Range.probabilities, .wide].flatMap { range in
        [1, 100].flatMap { (size: Float) -> [Float] in
          let samples = samples(range, width: width, seed: 52)
          let (value, gradient) = form.valueAndGradient(
            samples.prediction.map { $0 * size }, samples.target, rows: 3)
          return [value] + gradient
        }
      }
    }
  }
}

extension Regularizer {
  var fingerprint: [Float] {
    var random = Random(seed: 53)
    return [1, 0, 1e-3].flatMap { (size: Float) -> [Float] in
      let weight = random.points(15, -2, 2).map { $0 * size }
      return [penalty(weight, shape: [3, 5])] + gradient(weight, shape: [3, 5], addedTo: 0.5)
    }
  }
}

extension Initializer {
  var fingerprint: [Float] {
    [(7, 5), (5, 7), (40, 40)].flatMap { (fanIn: Int, fanOut: Int) in
      filled([fanOut, fanIn], fanIn: fanIn, fanOut: fanOut, seed: 54).values
    }
  }
}

extension Schedule {
  var fingerprint: [Float] {
    let counts = (0...300) + [1000, 100_000]
    // A constant loss, and one that hardly decreases.
    return counts.flatMap { [Float(rate(base: 0.1, at: $0)), Float(rate(base: 10, at: $0))] }
      + [0, 1e-5].flatMap { (fall: Double) -> [Float] in
        var told = self
        return (1...60).map { number in
          let loss = Evaluation(loss: 1 - fall * Double(number))
          told.epochEnded(Epoch(number: number, steps: number, learningRate: 0.1, training: loss))
          return Float(told.rate(base: 10, at: number))
        }
      }
  }
}

extension Constraint {
  var fingerprint: [Float] {
    var random = Random(seed: 55)
    return [0, 0.1, 1, 10].flatMap { (size: Float) in
      projected(random.points(12, -4, 4).map { $0 * size }, shape: [3, 4])
    }
  }
}

extension Optimizer {
  var fingerprint: [Float] {
    var random = Random(seed: 56)
    return [0, 1e-9, 1e-4, 1].flatMap { (size: Float) -> [Float] in
      guard var run = OptimizerRun(self, start: random.points(13, -1, 1), shapes: [[4], [5], [2, 2]]) else {
        return []
      }
      for _ in 0..<8 {
        let gradient = random.points(13, -1, 1).map { $0 * size }
        // It depends on the parameters, for optimizers that ask for it elsewhere.
        run.update { parameters in zip(gradient, parameters).map { $0 + 0.1 * size * $1 } }
      }
      // Enough steps in one direction to reach step size limits.
      for _ in 0..<60 { run.update([Float](repeating: size, count: 13)) }
      return run.parameters + run.presented + run.state
    }
  }
}

extension Transform {
  var fingerprint: [Float] {
    var random = Random(seed: 57)
    return [0, 0.01, 1, 100].flatMap { (size: Float) -> [Float] in
      guard var run = try? TransformRun(self, weights: random.points(37, -1, 1), key: 3) else { return [] }
      let changed = (0..<12).flatMap { _ -> [Float] in
        let gradient = random.points(37, -1, 1).map { $0 * size }
        return run.perturbed + (run.batch(gradient) ?? [])
      }
      return changed + run.weights + run.averaged
    }
  }
}

extension Layer {
  var fingerprint: [Float] {
    [[6], [2, 3], [2, 3, 2]].flatMap { (input: [Int]) -> [Float] in
      guard var run = try? LayerRun(self, input: input, batch: 3) else { return [-1] }
      let sizes = run.plan.output + run.plan.parameters.flatMap(\.shape)
      return sizes.map { Float($0) } + run.parameters
        + [true, false].flatMap { isTraining -> [Float] in
          run.isTraining = isTraining
          // By now, running means have changed noticeably.
          for _ in 0..<4 { run.state = run.forward().state }
          let outcome = run.forward()
          let (dx, gradients) = run.backward(outcome.y.map { $0.isFinite ? 1 + $0 : 1 })
          return outcome.y + outcome.state + dx + gradients
        }
    }
  }
}
