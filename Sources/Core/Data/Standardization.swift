/// Features brought to mean 0 and deviation 1: x ← (x - mean) / scale, fitted on the training part alone.
public struct Standardization: Hashable, Sendable {
  /// The mean of every feature.
  public let mean: [Float]
  /// The population deviation of every feature; 1 for constant ones.
  public let scale: [Float]

  /// Known means and deviations.
  public init(mean: [Float], scale: [Float]) {
    self.mean = mean
    self.scale = scale
  }

  /// The means and population deviations of `inputs`, summed in double precision.
  public init(fitting inputs: Tensor) {
    let width = inputs.width
    let count = Double(max(inputs.rows, 1))
    var mean = [Double](repeating: 0, count: width)
    var variance = mean
    for (i, x) in inputs.values.enumerated() { mean[i % width] += Double(x) / count }
    for (i, x) in inputs.values.enumerated() {
      let distance = Double(x) - mean[i % width]
      variance[i % width] += distance * distance / count
    }
    self.mean = mean.map(Float.init)
    // A constant column leaves rounding noise, not spread.
    scale = zip(mean, variance).map { mean, variance in
      let deviation = variance.squareRoot()
      return deviation > 1e-7 * mean.magnitude && Float(deviation) > 0 ? Float(deviation) : 1
    }
  }

  /// The standardized inputs.
  public func callAsFunction(_ inputs: Tensor) -> Tensor {
    var values = inputs.values
    let width = mean.count
    for i in values.indices { values[i] = (values[i] - mean[i % width]) / scale[i % width] }
    return Tensor(unchecked: inputs.shape, values)
  }

  /// The inputs as they were before: x · scale + mean.
  public func undone(_ inputs: Tensor) -> Tensor {
    var values = inputs.values
    let width = mean.count
    for i in values.indices { values[i] = values[i] * scale[i % width] + mean[i % width] }
    return Tensor(unchecked: inputs.shape, values)
  }
}
