import GliaCore

/// Glorot's uniform initializer, for tanh, sigmoid, and linear units.
///
/// w ~ U(-r, r), r = √(6 / (fan_in + fan_out)); variance 2 / (fan_in + fan_out).
///
/// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
public struct GlorotUniform: Initializer {
  public static let name = "glorot_uniform"
  public static let aliases = ["xavier_uniform"]
  public static let summary = "U(-r, r) with r = √(6 / (fan_in + fan_out))"
  /// Creates Glorot's uniform initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let limit = (6 / Float(max(fanIn + fanOut, 1))).squareRoot()
    for i in values.indices { values[i] = random.uniform(-limit, limit) }
  }
}

extension Initializer where Self == GlorotUniform {
  /// U(-r, r) with r = √(6 / (fan_in + fan_out)).
  public static var glorotUniform: GlorotUniform { GlorotUniform() }
}
