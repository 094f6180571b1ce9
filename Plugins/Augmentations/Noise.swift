import GliaCore

/// Adds Gaussian noise to the inputs: x ← x + N(0, stddev²), drawn again each time a sample is used.
///
/// For small noise this is equivalent to a penalty on the gradient of the network (Tikhonov regularization).
///
/// Source: Bishop, "Training with noise is equivalent to Tikhonov regularization" (1995).
public struct Noise: Augmentation {
  public static let name = "noise"
  public static let aliases = ["gaussian_noise"]
  public static let summary = "Gaussian noise: x ← x + N(0, stddev²)"
  /// The standard deviation, in the units of the (possibly standardized) features.
  public var stddev: Float = 0.1
  /// Creates noise with standard deviation 0.1.
  public init() {}
  /// Creates noise with the given standard deviation.
  public init(_ stddev: Float) { self.stddev = stddev }

  public func validate() throws {
    try require(stddev >= 0 && stddev.isFinite, "stddev", stddev, expected: "a number of 0 or more")
  }

  public func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random
  ) {
    for i in inputs.indices { inputs[i] += Float(Double(stddev) * random.normal()) }
  }
}

extension Augmentation where Self == Noise {
  /// Adds Gaussian noise to the inputs.
  public static func noise(_ stddev: Float = 0.1) -> Noise { Noise(stddev) }
}
