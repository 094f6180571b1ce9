import GliaCore

/// Glorot's normal initializer, for tanh, sigmoid, and linear units.
///
/// w ~ N(0, 2 / (fan_in + fan_out)), not truncated; Keras truncates it at two standard deviations.
///
/// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010).
public struct GlorotNormal: Initializer {
  public static let name = "glorot_normal"
  public static let aliases = ["xavier_normal"]
  public static let summary = "N(0, 2 / (fan_in + fan_out))"
  /// Creates Glorot's normal initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let deviation = (2 / Double(max(fanIn + fanOut, 1))).squareRoot()
    for i in values.indices { values[i] = Float(deviation * random.normal()) }
  }
}

extension Initializer where Self == GlorotNormal {
  /// N(0, 2 / (fan_in + fan_out)).
  public static var glorotNormal: GlorotNormal { GlorotNormal() }
}
