import GliaCore

/// A normal distribution: w ~ N(mean, stddev²).
public struct RandomNormal: Initializer {
  public static let name = "random_normal"
  public static let aliases = ["normal"]
  public static let summary = "N(mean, stddev²)"
  /// The mean.
  public var mean: Float = 0
  /// The standard deviation.
  public var stddev: Float = 0.05
  /// Creates a normal initializer with mean 0 and standard deviation 0.05.
  public init() {}
  /// Creates a normal initializer with the given mean and standard deviation.
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
    for i in values.indices { values[i] = mean + stddev * Float(random.normal()) }
  }
}

extension Initializer where Self == RandomNormal {
  /// The normal distribution N(mean, stddev²).
  public static func randomNormal(mean: Float = 0, stddev: Float = 0.05) -> RandomNormal {
    RandomNormal(mean: mean, stddev: stddev)
  }
}
