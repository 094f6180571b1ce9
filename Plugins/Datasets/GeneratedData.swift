import GliaCore

/// A synthetic data set: `samples` points of a formula with Gaussian `noise` drawn from `seed`.
///
/// A conforming type only needs its settings and the formula:
///
/// ```swift
/// struct Parabola: GeneratedData {
///   static let name = "parabola"
///   var samples = 100
///   var noise = 0.1
///   var seed: UInt64 = 0
///   var inputNames: [String] { ["x"] }
///   var targetName: String { "y" }
///   func sample(_ index: Int, random: inout Random) -> GeneratedSample {
///     let x = spaced(index, of: samples, from: -1, to: 1)
///     return GeneratedSample([x], x * x + deviation(&random))
///   }
/// }
/// ```
public protocol GeneratedData: DataSource {
  /// The number of samples.
  var samples: Int { get }
  /// The standard deviation of the noise.
  var noise: Double { get }
  /// The seed of the random numbers.
  var seed: UInt64 { get }
  /// The names of the features.
  var inputNames: [String] { get }
  /// The name of the target.
  var targetName: String { get }
  /// Returns the sample at `index` in `0..<samples`; called once for each index, in order.
  func sample(_ index: Int, random: inout Random) -> GeneratedSample
}

/// The features and the target of one sample.
public struct GeneratedSample: Hashable, Sendable {
  /// The features.
  public var features: [Double]
  /// The index of the class, or the value of the function.
  public var target: Double

  /// Creates a sample.
  public init(_ features: [Double], _ target: Double) { (self.features, self.target) = (features, target) }
}

extension GeneratedData {
  /// Two features, `x1` and `x2`.
  public var inputNames: [String] { ["x1", "x2"] }
  /// The name of a target of classes, `class`.
  public var targetName: String { Self.classColumn }
  /// The name of a target of classes.
  static var classColumn: String { "class" }

  public func validate() throws { try requireSamplesAndNoise() }

  /// Throws if there are no samples, or if the noise is negative or exceeds single precision.
  public func requireSamplesAndNoise() throws {
    try require(samples >= 1, "samples", samples, expected: "a whole number of at least 1")
    try require(noise >= 0 && noise <= 1e30, "noise", noise, expected: "a number from 0 to 1e30")
  }

  /// Throws if there are fewer features than `least` or more than training can handle.
  public func requireFeatures(_ features: Int, from least: Int = 1) throws {
    try require(
      least...100_000 ~= features, "features", features, expected: "a whole number from \(least) to 100000")
  }

  /// The names `x1`, `x2`, ... of the given number of features.
  public func numberedInputs(_ features: Int) -> [String] { (0..<max(features, 0)).map { "x\($0 + 1)" } }

  public func load() throws -> Dataset {
    let data = try loadUnstandardized()
    return standardize ? try data.standardized() : data
  }

  public func loadUnstandardized() throws -> Dataset { try generated() }

  /// Generates the samples in order; throws for invalid settings and if the samples exceed the memory.
  public func generated() throws -> Dataset {
    try validate()
    let names = inputNames
    // Training needs several times the memory of its data: parts, permutations, encoded targets.
    try Memory.require(
      [samples, names.count + 1], for: "\(Self.name) with \(samples) samples", share: 0.1, at: "samples",
      remedy: "use fewer samples")
    // A separate stream: the split and the training may use the same seed but must not draw the same numbers.
    var random = Random(seed: seed, 0xDA7A)
    var inputs: [Float] = []
    var targets: [Float] = []
    inputs.reserveCapacity(samples * names.count)
    targets.reserveCapacity(samples)
    for index in 0..<samples {
      let sample = sample(index, random: &random)
      for feature in sample.features { inputs.append(Float(feature)) }
      targets.append(Float(sample.target))
    }
    return try Dataset(
      name: Self.name, inputs: Tensor(shape: [samples, names.count], inputs), inputNames: names,
      targets: [targetName == Self.classColumn ? Column(targetName, targets).asClasses : Column(targetName, targets)])
  }

  /// Draws a deviation from N(0, `noise`²); 0 without noise.
  public func deviation(_ random: inout Random) -> Double { noise == 0 ? 0 : noise * random.normal() }

  /// Returns point `index` of `count` evenly spaced points in [start, end]; a single point is at `start`.
  public func spaced(_ index: Int, of count: Int, from start: Double, to end: Double) -> Double {
    start + (end - start) * Double(index) / Double(max(count - 1, 1))
  }

  /// Distributes the samples evenly among `groups` in order, the remainder to the first groups, and returns the group of
  /// sample `index`, its index within the group, and the size of the group.
  public func share(of index: Int, among groups: Int) -> (group: Int, index: Int, count: Int) {
    let (size, remainder) = samples.quotientAndRemainder(dividingBy: max(groups, 1))
    let bound = remainder * (size + 1)
    if index < bound { return (index / (size + 1), index % (size + 1), size + 1) }
    let rest = index - bound
    return (remainder + rest / max(size, 1), rest % max(size, 1), size)
  }
}
