import GliaCore

/// A truncated normal distribution: w ~ N(mean, stddev²), redrawn while more than two standard deviations from the mean.
///
/// Its own standard deviation is 0.8796 times `stddev`, as in Keras and PyTorch.
public struct TruncatedNormal: Initializer {
  public static let name = "truncated_normal"
  public static let aliases = ["trunc_normal"]
  public static let summary = "N(mean, stddev²) truncated at two standard deviations"
  /// The mean.
  public var mean: Float = 0
  /// The standard deviation before truncation.
  public var stddev: Float = 0.05
  /// Creates a truncated normal initializer with mean 0 and standard deviation 0.05.
  public init() {}
  /// Creates a truncated normal initializer with the given mean and standard deviation.
  public init(mean: Float = 0, stddev: Float) {
    (self.mean, self.stddev) = (mean, stddev)
  }
  public func validate() throws {
    try require(mean.isFinite, "mean", mean, expected: "a finite number")
    try require(
      stddev >= 0 && stddev.isFinite, "stddev", stddev,
      expected: "a number of 0 or more")
  }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    for i in values.indices { values[i] = mean + stddev * Float(random.truncatedNormal()) }
  }
}

extension Random {
  /// The standard deviation of ``truncatedNormal()``: √(1 - 4 φ(2) / (2 Φ(2) - 1)).
  static let truncatedDeviation = 0.879_625_661_034_239_8

  /// Draws a number from the standard normal distribution truncated to [-2, 2].
  mutating func truncatedNormal() -> Double {
    while true {
      let number = normal()
      if number.magnitude <= 2 { return number }
    }
  }
}

extension Initializer where Self == TruncatedNormal {
  /// The normal distribution N(mean, stddev²) truncated at two standard deviations.
  public static func truncatedNormal(mean: Float = 0, stddev: Float = 0.05) -> TruncatedNormal {
    TruncatedNormal(mean: mean, stddev: stddev)
  }
}
