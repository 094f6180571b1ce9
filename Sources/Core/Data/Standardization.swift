/// Features brought to mean 0 and deviation 1: x ← (x - mean) / scale, in double precision, fitted on the training part alone.
///
/// A missing value (NaN) is filled in first, with the mean of its feature.
public struct Standardization: Hashable, Sendable {
  /// The mean of every feature.
  public let mean: [Double]
  /// The population deviation of every feature; 1 for constant ones.
  public let scale: [Double]
  /// What stands in for the missing values of every feature; nil if none may be missing.
  public let fill: [Double]?

  /// Known means and deviations; throws unless there is one finite number of each for every feature, and no scale is 0.
  public init(mean: [Double], scale: [Double], fill: [Double]? = nil) throws {
    guard !mean.isEmpty, scale.count == mean.count, fill.map({ $0.count == mean.count }) ?? true,
      (mean + scale + (fill ?? [])).allSatisfy(\.isFinite), scale.allSatisfy({ $0 > 0 })
    else {
      throw GliaError(
        "a standardization of \(mean.count) means, \(scale.count) scales and \(fill?.count ?? mean.count) fillings",
        expected: "one finite number of each for every feature, scales above 0")
    }
    self.init(unchecked: mean, scale, fill)
  }

  /// Parts that are known to fit.
  init(unchecked mean: [Double], _ scale: [Double], _ fill: [Double]?) {
    (self.mean, self.scale, self.fill) = (mean, scale, fill)
  }

  /// The means and population deviations of `inputs`, summed in double precision over the values that are not missing.
  public init(fitting inputs: Tensor) {
    // What comes from rounding to single precision does not count as spread.
    self.init(inputs.values.count, width: inputs.width, noise: 1e-7) { Double(inputs.values[$0]) }
  }

  /// The means and population deviations of the features of `data`, in all the digits that it has.
  public init(fitting data: Dataset) {
    if let exact = data.exact {
      self.init(exact.count, width: data.inputs.width, noise: 1e-13) { exact[$0] }
    } else {
      self.init(fitting: data.inputs)
    }
  }

  /// The means and deviations of the columns of `count` numbers; a deviation below `noise` of the largest number is none.
  init(_ count: Int, width: Int, noise: Double, _ value: (Int) -> Double) {
    var counts = [Double](repeating: 0, count: width)
    var (mean, variance, largest) = (counts, counts, counts)
    func forAll(_ body: (_ x: Double, _ column: Int) -> Void) {
      var column = 0
      for i in 0..<count {
        let x = value(i)
        if !x.isNaN { body(x, column) }
        column = column + 1 == width ? 0 : column + 1
      }
    }
    forAll { x, column in
      counts[column] += 1
      largest[column] = max(largest[column], x.magnitude)
    }
    forAll { x, column in mean[column] += x / counts[column] }
    forAll { x, column in variance[column] += (x - mean[column]) * (x - mean[column]) / counts[column] }
    self.mean = mean.map(\.asPair)
    scale = zip(largest, variance).map { largest, variance in
      let deviation = variance.squareRoot()
      return deviation > noise * largest && Float(deviation) > 0 ? deviation.asPair : 1
    }
    fill = nil
  }

  /// The means and population deviations of the target columns of `data`; throws for text.
  public init(fittingTargetsOf data: Dataset) throws {
    let columns = try data.targets.map { try $0.doubles() }
    let width = columns.count
    self.init(data.count * width, width: width, noise: 1e-13) { columns[$0 % width][$0 / width] }
  }

  /// What is done to features before they are learned: brought to mean 0 and deviation 1, filled with their means, or both.
  ///
  /// - Throws: `GliaError` for a feature to be filled that is missing in all samples.
  init?(fitting data: Dataset, standardizes: Bool, fills: Bool) throws {
    guard standardizes || fills else { return nil }
    let (values, width) = (data.inputs.values, data.inputs.width)
    for feature in 0..<width where stride(from: feature, to: values.count, by: width).allSatisfy({ values[$0].isNaN }) {
      throw GliaError(
        "feature '\(data.inputNames[feature].excerpt)' is missing in all samples to learn from", at: data.name,
        expected: "at least one number", remedy: "put the column into ignore")
    }
    let fitted = Standardization(fitting: data)
    self.init(
      unchecked: standardizes ? fitted.mean : fitted.mean.map { _ in 0 },
      standardizes ? fitted.scale : fitted.scale.map { _ in 1 }, fills ? fitted.mean : nil)
  }

  /// What it does, in a word or two.
  public var effect: String {
    let scales = fill == nil || mean.contains { $0 != 0 } || scale.contains { $0 != 1 }
    return (fill == nil ? "" : "filled") + (scales ? fill == nil ? "standardized" : ", standardized" : "")
  }

  /// The standardized inputs; throws if they are not as wide.
  public func callAsFunction(_ inputs: Tensor) throws -> Tensor {
    try require(inputs)
    return Tensor(unchecked: inputs.shape, applied(inputs.values.count) { Double(inputs.values[$0]) })
  }

  /// The standardized ones of `count` numbers, rounded once.
  func applied(_ count: Int, _ value: (Int) -> Double) -> [Float] {
    let width = mean.count
    var column = 0
    return (0..<count).map { i in
      var x = value(i)
      if x.isNaN, let fill { x = fill[column] }
      x = (x - mean[column]) / scale[column]
      column = column + 1 == width ? 0 : column + 1
      return Float(x)
    }
  }

  /// The inputs as they were before: x · scale + mean; throws if they are not as wide.
  public func undone(_ inputs: Tensor) throws -> Tensor {
    try require(inputs)
    return Tensor(unchecked: inputs.shape, undone(inputs.values))
  }

  private func require(_ inputs: Tensor) throws {
    guard inputs.width != mean.count, inputs.rows > 0 else { return }
    throw GliaError("a standardization of \(mean.count) numbers for \(inputs.width)", expected: "equally many")
  }

  /// The numbers as they were before but for their means: x · scale, with all digits of x.
  func scaled(_ values: [Float]) -> [Float] {
    let width = mean.count
    return values.indices.map { Float(Double(values[$0]) * scale[$0 % width]) }
  }

  /// The numbers as they were before, in double precision.
  package func undoneExactly(_ values: [Float]) -> [Double] {
    let width = mean.count
    return values.indices.map { Double(values[$0]) * scale[$0 % width] + mean[$0 % width] }
  }

  /// The numbers as they were before.
  func undone(_ values: [Float]) -> [Float] {
    let width = mean.count
    return values.indices.map { Float(Double(values[$0]) * scale[$0 % width] + mean[$0 % width]) }
  }
}

extension Double {
  /// The number rounded to the sum of two floats, as a model file holds it.
  var asPair: Double { Double(Float(self)) + Double(low) }
  /// What single precision loses of the number, itself in single precision.
  var low: Float { Float(self - Double(Float(self))) }
}
