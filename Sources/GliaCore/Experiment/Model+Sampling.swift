extension Model {
  /// Returns `count` predictions for each of the samples `x`, each from a pass in which stochastic layers such as dropout are
  /// active (Monte Carlo dropout); see ``Network/samples(of:count:seed:first:)``.
  ///
  /// ```swift
  /// let samples = try model.samples(of: x, count: 100, seed: 1)
  /// print(samples.mean, samples.deviation)                                  // in the targets' own unit
  /// ```
  ///
  /// - Parameters:
  ///   - x: the features as they are in the data.
  ///   - count: the number of passes.
  ///   - seed: the seed of the random draws.
  /// - Throws: for a network without stochastic layers, samples of another shape, or too many numbers.
  public func samples(of x: Tensor, count: Int, seed: UInt64 = 0) throws -> PredictionSamples {
    let samples = try calibratedNetwork().samples(of: preprocessing(x, names: columns), count: count, seed: seed)
    return targetScaling.map { own in samples.map { own.undone($0) } } ?? samples
  }

  /// Returns `count` predictions of the network for each sample of `data`, in the scale of the network's targets.
  ///
  /// - Parameter first: the number of the first sample, if `data` is a part of more.
  package func outputSamples(for data: Dataset, count: Int, seed: UInt64, first: Int) throws -> PredictionSamples {
    try calibratedNetwork().samples(of: preprocessing.inputs(of: data), count: count, seed: seed, first: first)
  }

  /// Returns the standard deviation of each sample's predictions in the targets' own unit, from those in the scale of the
  /// network's targets.
  package func deviations(of samples: PredictionSamples) -> [[Float]] {
    func rows(_ tensor: Tensor) -> [[Float]] { (0..<tensor.rows).map { Array(tensor[row: $0]) } }
    guard let targetScaling else { return rows(samples.deviation) }
    guard targetScaling.transform == nil else { return rows(samples.map(targetScaling.undone).deviation) }
    // Large offsets would cost digits.
    let scale = targetScaling.standardization?.scale ?? []
    return rows(samples.deviation).map { zip($0, scale).map { Float(Double($0) * $1) } }
  }
}
