import GliaCore

/// A uniform distribution: w ~ U(low, high).
public struct RandomUniform: Initializer {
  public static let name = "random_uniform"
  public static let aliases = ["uniform"]
  public static let summary = "U(low, high)"
  /// The lower bound, inclusive.
  public var low: Float = -0.05
  /// The upper bound, exclusive.
  public var high: Float = 0.05
  /// Creates a uniform initializer from -0.05 to 0.05.
  public init() {}
  /// Creates a uniform initializer from `low` to `high`.
  public init(low: Float, high: Float) { (self.low, self.high) = (low, high) }
  public func validate() throws {
    try require(
      low <= high && (high - low).isFinite, "low", low, expected: "a finite number that does not exceed high, \(high)")
  }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    for i in values.indices { values[i] = random.uniform(low, high) }
  }
}

extension Initializer where Self == RandomUniform {
  /// The uniform distribution U(low, high).
  public static func randomUniform(low: Float = -0.05, high: Float = 0.05) -> RandomUniform {
    RandomUniform(low: low, high: high)
  }
}
