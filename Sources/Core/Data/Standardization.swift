/// Features brought to mean 0 and deviation 1: x ← (x - mean) / scale, fitted on the training part alone.
///
/// A feature that misses (NaN) is filled first, with its mean.
public struct Standardization: Hashable, Sendable {
  /// The mean of every feature.
  public let mean: [Float]
  /// The population deviation of every feature; 1 for constant ones.
  public let scale: [Float]
  /// What stands in for every feature that misses; nil if none may.
  public let fill: [Float]?

  /// Known means and deviations.
  public init(mean: [Float], scale: [Float], fill: [Float]? = nil) {
    (self.mean, self.scale, self.fill) = (mean, scale, fill)
  }

  /// The means and population deviations of `inputs`, summed in double precision over the numbers that do not miss.
  public init(fitting inputs: Tensor) {
    let width = inputs.width
    var count = [Double](repeating: 0, count: width)
    var (mean, variance) = (count, count)
    for (i, x) in inputs.values.enumerated() where !x.isNaN { count[i % width] += 1 }
    for (i, x) in inputs.values.enumerated() where !x.isNaN { mean[i % width] += Double(x) / count[i % width] }
    for (i, x) in inputs.values.enumerated() where !x.isNaN {
      let distance = Double(x) - mean[i % width]
      variance[i % width] += distance * distance / count[i % width]
    }
    self.mean = mean.map(Float.init)
    // A constant column leaves rounding noise, not spread.
    scale = zip(mean, variance).map { mean, variance in
      let deviation = variance.squareRoot()
      return deviation > 1e-7 * mean.magnitude && Float(deviation) > 0 ? Float(deviation) : 1
    }
    fill = nil
  }

  /// What is done to features before they are learned: brought to mean 0 and deviation 1, filled with their means, or both.
  ///
  /// - Throws: `GliaError` for a feature to be filled that misses in all samples.
  init?(fitting data: Dataset, standardizes: Bool, fills: Bool) throws {
    guard standardizes || fills else { return nil }
    let (values, width) = (data.inputs.values, data.inputs.width)
    for feature in 0..<width where stride(from: feature, to: values.count, by: width).allSatisfy({ values[$0].isNaN }) {
      throw GliaError(
        "feature '\(data.inputNames[feature].excerpt)' misses in all samples to learn from", at: data.name,
        expected: "at least one number", remedy: "put the column into ignore")
    }
    let fitted = Standardization(fitting: data.inputs)
    self.init(
      mean: standardizes ? fitted.mean : fitted.mean.map { _ in 0 },
      scale: standardizes ? fitted.scale : fitted.scale.map { _ in 1 }, fill: fills ? fitted.mean : nil)
  }

  /// What it does, in a word or two.
  public var effect: String {
    let scales = fill == nil || mean.contains { $0 != 0 } || scale.contains { $0 != 1 }
    return (fill == nil ? "" : "filled") + (scales ? fill == nil ? "standardized" : ", standardized" : "")
  }

  /// The standardized inputs.
  public func callAsFunction(_ inputs: Tensor) -> Tensor {
    var values = inputs.values
    let width = mean.count
    if let fill {
      for i in values.indices where values[i].isNaN { values[i] = fill[i % width] }
    }
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
