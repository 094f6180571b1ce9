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
  ///   - x: the samples, not standardized.
  ///   - count: the number of passes.
  ///   - seed: the seed of the random draws.
  /// - Throws: for a network without stochastic layers, samples of another shape, or too many numbers.
  public func samples(of x: Tensor, count: Int, seed: UInt64 = 0) throws -> PredictionSamples {
    let samples = try network.samples(of: standardization.map { try $0(x) } ?? x, count: count, seed: seed)
    return targetStandardization.map { own in samples.map { own.undone($0) } } ?? samples
  }
}
