import GliaCore

/// A data set that is computed: `samples` points of a formula, spoiled by Gaussian `noise` drawn from `seed`.
///
/// A type of its own needs only its settings and the formula:
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
  /// How many samples.
  var samples: Int { get }
  /// The standard deviation of the noise.
  var noise: Double { get }
  /// The seed of the noise.
  var seed: UInt64 { get }
  /// The names of the features.
  var inputNames: [String] { get }
  /// The name of what is to be learned.
  var targetName: String { get }
  /// Sample `index` of `0..<samples`; called once for each, in order.
  func sample(_ index: Int, random: inout Random) -> GeneratedSample
}

/// The features of one sample, and what is to be learned about it.
public struct GeneratedSample: Hashable, Sendable {
  /// The features.
  public var features: [Double]
  /// The number of the class, or the value of the function.
  public var target: Double

  /// A sample.
  public init(_ features: [Double], _ target: Double) { (self.features, self.target) = (features, target) }
}

extension GeneratedData {
  /// Two features, `x1` and `x2`.
  public var inputNames: [String] { ["x1", "x2"] }
  /// Classes.
  public var targetName: String { Self.classColumn }
  /// What a target of classes is called.
  static var classColumn: String { "class" }

  public func validate() throws { try requireSamplesAndNoise() }

  /// Refuses fewer than one sample and noise that is negative or leaves single precision.
  public func requireSamplesAndNoise() throws {
    try require(samples >= 1, "samples", samples, expected: "a whole number from 1")
    try require(noise >= 0 && noise <= 1e30, "noise", noise, expected: "a number from 0 to 1e30")
  }

  /// Refuses fewer features than `least`, and more than a training could use.
  public func requireFeatures(_ features: Int, from least: Int = 1) throws {
    try require(
      least...100_000 ~= features, "features", features, expected: "a whole number from \(least) to 100000")
  }

  /// The names `x1`, `x2`, ... of so many features.
  public func numberedInputs(_ features: Int) -> [String] { (0..<max(features, 0)).map { "x\($0 + 1)" } }

  public func load() throws -> Dataset {
    let data = try loadUnstandardized()
    return standardize ? try data.standardized() : data
  }

  public func loadUnstandardized() throws -> Dataset { try generated() }

  /// The samples in order; throws for settings out of range and for more samples than memory can hold.
  public func generated() throws -> Dataset {
    try validate()
    let names = inputNames
    // A training needs several times the memory of its data: parts, orders, encoded targets.
    try Memory.require(
      [samples, names.count + 1], for: "\(Self.name) with \(samples) samples", share: 0.1, at: "samples",
      remedy: "use fewer samples")
    // The split and the training may have the same seed, but must not draw the same numbers.
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

  /// A deviation drawn from N(0, `noise`²); 0 without noise.
  public func deviation(_ random: inout Random) -> Double { noise == 0 ? 0 : noise * random.normal() }

  /// Point `index` of `count` evenly spaced points from `start` to `end`, both included; one point stands at `start`.
  public func spaced(_ index: Int, of count: Int, from start: Double, to end: Double) -> Double {
    start + (end - start) * Double(index) / Double(max(count - 1, 1))
  }

  /// Divides the samples among `groups`, group by group, a remainder to the first ones, and says where `index` falls:
  /// into which group, at which place in it, and how many the group has.
  public func share(of index: Int, among groups: Int) -> (group: Int, index: Int, count: Int) {
    let (size, remainder) = samples.quotientAndRemainder(dividingBy: max(groups, 1))
    let bound = remainder * (size + 1)
    if index < bound { return (index / (size + 1), index % (size + 1), size + 1) }
    let rest = index - bound
    return (remainder + rest / max(size, 1), rest % max(size, 1), size)
  }
}
