import GliaCore

/// The heuristic common before Glorot: w ~ U(-1/√fan_in, 1/√fan_in), with variance 1 / (3 fan_in).
///
/// Source: described as the commonly used heuristic by Glorot and Bengio, "Understanding the difficulty of training deep
/// feedforward neural networks" (2010); still the default of PyTorch's linear layer.
public struct FanInUniform: Initializer {
  public static let name = "fan_in_uniform"
  public static let summary = "U(-1/√fan_in, 1/√fan_in)"
  /// Creates the fan-in uniform initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let limit = 1 / Float(max(fanIn, 1)).squareRoot()
    for i in values.indices { values[i] = random.uniform(-limit, limit) }
  }
}

extension Initializer where Self == FanInUniform {
  /// U(-1/√fan_in, 1/√fan_in).
  public static var fanInUniform: FanInUniform { FanInUniform() }
}
