extension Network {
  /// Whether layers such as dropout can draw random numbers when predictions are sampled.
  public var isStochastic: Bool { layers.contains { $0.isStochastic } }

  /// Returns `count` outputs for each of the samples `x`, each from a pass in which stochastic layers such as dropout draw
  /// random numbers as in training, while batch normalization uses its running statistics (Monte Carlo dropout).
  ///
  /// A sample's draws depend only on the seed and its number, so results are the same for any number of threads and for samples
  /// given in several parts.
  ///
  /// Source: Gal and Ghahramani, "Dropout as a Bayesian approximation: representing model uncertainty in deep learning" (2016).
  ///
  /// - Parameters:
  ///   - x: the samples.
  ///   - count: the number of passes.
  ///   - seed: the seed of the random draws.
  ///   - first: the number of the first sample, if `x` is a part of more.
  /// - Throws: for a network without stochastic layers, samples of another shape, or too many numbers.
  public func samples(of x: Tensor, count: Int, seed: UInt64 = 0, first: Int = 0) throws -> PredictionSamples {
    try require(samples: x, at: "samples")
    guard count > 0 else { throw GliaError("\(count) passes", at: "samples", expected: "1 or more") }
    guard isStochastic else {
      throw GliaError(
        "the network has no layer that draws random numbers, so all passes are equal", at: "network.layers",
        expected: "a layer such as dropout", remedy: "train a network with dropout, or an ensemble")
    }
    let (rows, width, inputs) = (x.rows, plan.outputCount, input.reduce(1, *))
    let total = try Memory.require(
      [rows, count, width], for: "\(count) predictions of \(width) numbers for \(rows) samples", share: 0.2,
      remedy: "use fewer passes, or fewer samples at once")
    let parts = max(min(rows, Threads.count), 1)
    let batch = min(count, Self.piece(plan))
    let workspaces = try (0..<parts).map { _ in
      try Workspace(layers: layers, plan: plan, input: input, batch: batch)
    }
    let key = Random.mix(seed ^ 0x7361_6d70)
    let work = Double(rows) * Double(count) * Double(plan.parameterCount) / 64
    let values = [Float](unsafeUninitializedCapacity: total) { values, written in
      guard let outputs = values.baseAddress else { return }
      written = total
      x.values.withUnsafeBufferPointer { samples in
        guard let samples = samples.baseAddress else { return }
        Threads.share(parts, nanoseconds: Int(min(work, 1e15))) { part in
          var state = state
          for row in rows * part / parts..<rows * (part + 1) / parts {
            workspaces[part].sample(
              samples + row * inputs, count: count, parameters: parameters, state: &state,
              key: Random.mix(key &+ UInt64(truncatingIfNeeded: first &+ row)), into: outputs + row * count * width)
          }
        }
      }
    }
    for workspace in workspaces { try workspace.report.check() }
    return PredictionSamples(unchecked: Tensor(unchecked: [rows, count] + output, values), shape: output)
  }
}
