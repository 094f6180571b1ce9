/// Standardizes features to mean 0 and standard deviation 1: x ← (x - mean) / scale, in double precision, fitted only on the
/// training part.
///
/// A missing value (NaN) is first replaced by the mean of its feature.
public struct Standardization: Hashable, Sendable {
  /// The mean of every feature.
  public let mean: [Double]
  /// The population standard deviation of every feature; 1 for constant ones.
  public let scale: [Double]
  /// The values that replace missing ones for every feature; nil if none may be missing.
  public let fill: [Double]?

  /// Creates a standardization; throws unless there is a finite mean and a positive scale for every feature.
  public init(mean: [Double], scale: [Double], fill: [Double]? = nil) throws {
    guard !mean.isEmpty, scale.count == mean.count, fill.map({ $0.count == mean.count }) ?? true,
      (mean + scale + (fill ?? [])).allSatisfy(\.isFinite), scale.allSatisfy({ $0 > 0 })
    else {
      throw GliaError(
        "a standardization with \(mean.count) means, \(scale.count) scales and \(fill?.count ?? mean.count) fill values",
        expected: "one finite number of each for every feature, scales above 0")
    }
    self.init(unchecked: mean, scale, fill)
  }

  /// Creates a standardization without checking its parts.
  init(unchecked mean: [Double], _ scale: [Double], _ fill: [Double]?) {
    (self.mean, self.scale, self.fill) = (mean, scale, fill)
  }

  /// Fits the means and population deviations of `inputs`, summed in double precision over the values that are not missing.
  public init(fitting inputs: Tensor) {
    // Rounding to single precision does not count as variation.
    self.init(inputs.values.count, width: inputs.width, noise: 1e-7) { Double(inputs.values[$0]) }
  }

  /// Fits the means and population deviations of the features of `data`, in full precision.
  public init(fitting data: Dataset) {
    if let exact = data.exact {
      self.init(exact.count, width: data.inputs.width, noise: 1e-13) { exact[$0] }
    } else {
      self.init(fitting: data.inputs)
    }
  }

  /// Fits the columns of `count` numbers; a deviation below `noise` times the largest number counts as 0.
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

  /// Fits the preparation of features: standardization, replacement of missing values by means, or both; nil if neither.
  ///
  /// - Throws: `GliaError` for a feature whose values are all missing.
  init?(fitting data: Dataset, standardizes: Bool, fills: Bool) throws {
    guard standardizes || fills else { return nil }
    let (values, width) = (data.inputs.values, data.inputs.width)
    for feature in 0..<width where stride(from: feature, to: values.count, by: width).allSatisfy({ values[$0].isNaN }) {
      throw GliaError(
        "feature '\(data.inputNames[feature].excerpt)' is missing in all training samples", at: data.name,
        expected: "at least one number", remedy: "put the column into ignore")
    }
    let fitted = Standardization(fitting: data)
    self.init(
      unchecked: standardizes ? fitted.mean : fitted.mean.map { _ in 0 },
      standardizes ? fitted.scale : fitted.scale.map { _ in 1 }, fills ? fitted.mean : nil)
  }

  /// Returns the same standardization, which does not change the features at `indices`.
  func sparing(_ indices: [Int]) -> Standardization {
    guard !indices.isEmpty else { return self }
    var (mean, scale) = (mean, scale)
    for index in indices { (mean[index], scale[index]) = (0, 1) }
    return Standardization(unchecked: mean, scale, fill)
  }

  /// Its effect, in one or two words.
  public var effect: String {
    let scales = fill == nil || mean.contains { $0 != 0 } || scale.contains { $0 != 1 }
    return (fill == nil ? "" : "filled") + (scales ? fill == nil ? "standardized" : ", standardized" : "")
  }

  /// Returns the standardized inputs; throws if their width differs.
  public func callAsFunction(_ inputs: Tensor) throws -> Tensor {
    try require(inputs)
    return Tensor(unchecked: inputs.shape, applied(inputs.values.count) { Double(inputs.values[$0]) })
  }

  /// Returns the standardized values of `count` numbers, rounded once.
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

  /// Returns the original inputs: x · scale + mean; throws if their width differs.
  public func undone(_ inputs: Tensor) throws -> Tensor {
    try require(inputs)
    return Tensor(unchecked: inputs.shape, undone(inputs.values))
  }

  private func require(_ inputs: Tensor) throws {
    guard inputs.width != mean.count, inputs.rows > 0 else { return }
    throw GliaError(
      "a standardization for \(mean.count) numbers, but inputs with \(inputs.width)", expected: "the same number")
  }

  /// Returns the original numbers without their means: x · scale, in the full precision of x.
  func scaled(_ values: [Float]) -> [Float] {
    let width = mean.count
    return values.indices.map { Float(Double(values[$0]) * scale[$0 % width]) }
  }

  /// Returns the original numbers in double precision.
  package func undoneExactly(_ values: [Float]) -> [Double] {
    let width = mean.count
    return values.indices.map { Double(values[$0]) * scale[$0 % width] + mean[$0 % width] }
  }

  /// Returns the original numbers.
  func undone(_ values: [Float]) -> [Float] {
    let width = mean.count
    return values.indices.map { Float(Double(values[$0]) * scale[$0 % width] + mean[$0 % width]) }
  }
}

extension Double {
  /// The number rounded to the sum of two floats, as stored in a model file.
  package var asPair: Double { Double(Float(self)) + Double(low) }
  /// The rounding error of the number in single precision, itself in single precision.
  var low: Float { Float(self - Double(Float(self))) }
}
