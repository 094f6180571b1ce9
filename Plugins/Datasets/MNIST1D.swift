import GliaCore

/// MNIST-1D: signals of 40 numbers, one for each digit, that are shifted, stretched, scaled, sheared and noisy.
///
/// Each class has a template of 12 numbers, which is padded with 36 to 60 zeros, stretched to 72 numbers, scaled by
/// 1 + `scale` u with u uniform in [-½, ½), and rotated to the right by 0 to `shift` - 1 numbers. The padding is then replaced
/// by white noise of deviation `correlated_noise`, smoothed by a Gaussian of width 2; `noise` is added to all numbers, then
/// the line `shear` u t with t from -½ to ½ is subtracted and the signal is interpolated at 40 points. Finally the data set
/// is scaled to mean 0 and standard deviation 1. Samples are ordered by class; the first classes receive the remainder.
///
/// Linear models recognize about 32 % of the signals, and multilayer perceptrons 68 %.
///
/// Source: Greydanus and Kobak, "Scaling down deep learning with MNIST-1D" (2024), whose samples are shuffled.
public struct MNIST1D: GeneratedData {
  public static let name = "mnist1d"
  public static let aliases = ["mnist_1d"]
  public static let summary = "one-dimensional digits: shifted, stretched and noisy signals of 40 numbers"
  /// The total number of samples in all ten classes.
  public var samples = 5000
  /// The standard deviation of the noise on each number, before the interpolation.
  public var noise = 0.02
  /// The standard deviation of the noise in the padding, before it is smoothed.
  public var correlatedNoise = 0.25
  /// The range of the slopes that are subtracted.
  public var shear = 0.75
  /// The range of the factors of the amplitude.
  public var scale = 0.4
  /// The number of possible shifts, of the 72 numbers of a stretched signal.
  public var shift = 48
  /// The seed of the samples.
  public var seed: UInt64 = 0

  /// Creates 5000 samples with the settings of the source.
  public init() {}
  /// Creates the given number of samples.
  public init(
    samples: Int, noise: Double = 0.02, correlatedNoise: Double = 0.25, shear: Double = 0.75, scale: Double = 0.4,
    shift: Int = 48, seed: UInt64 = 0
  ) {
    (self.samples, self.noise, self.correlatedNoise, self.seed) = (samples, noise, correlatedNoise, seed)
    (self.shear, self.scale, self.shift) = (shear, scale, shift)
  }

  public var inputNames: [String] { numberedInputs(DigitSignal.length) }

  public func validate() throws {
    try requireSamplesAndNoise()
    for (name, value) in [("correlated_noise", correlatedNoise), ("shear", shear), ("scale", scale)] {
      try require(value >= 0 && value <= 1e15, name, value, expected: "a number from 0 to 1e15")
    }
    try require(
      1...DigitSignal.stretched ~= shift, "shift", shift, expected: "a whole number from 1 to \(DigitSignal.stretched)")
  }

  /// A signal before the data set is scaled, which depends on all samples.
  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let digit = share(of: index, among: DigitSignal.templates.count).group
    let padding = DigitSignal.padding.lowerBound + random.below(DigitSignal.padding.count)
    let amplitude = 1 + scale * (random.uniform() - 0.5)
    let shift = random.below(shift)
    let background = (0..<DigitSignal.stretched).map { _ in correlatedNoise * random.normal() }
    let deviations = (0..<DigitSignal.stretched).map { _ in deviation(&random) }
    let signal = DigitSignal(digit: digit, padding: padding, amplitude: amplitude, shift: shift)
    let slope = shear * (random.uniform() - 0.5)
    return GeneratedSample(signal.numbers(background: background, noise: deviations, slope: slope), Double(digit))
  }

  public func loadUnstandardized() throws -> Dataset {
    let drawn = try generated()
    let values = drawn.inputs.values
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
    let deviation = variance > 0 ? variance.squareRoot() : 1
    let scaled = values.map { Float((Double($0) - mean) / deviation) }
    return try drawn.replacing(inputs: Tensor(shape: drawn.inputs.shape, scaled), targets: drawn.targets)
  }
}

extension DataSource where Self == MNIST1D {
  /// One-dimensional digits.
  public static func mnist1D(samples: Int = 5000, noise: Double = 0.02, seed: UInt64 = 0) -> MNIST1D {
    MNIST1D(samples: samples, noise: noise, seed: seed)
  }
}
