import GliaCore

/// LeCun's normal initializer, for self-normalizing networks (SELU) and tanh units.
///
/// w ~ N(0, 1 / fan_in), not truncated; Keras truncates it at two standard deviations.
///
/// Source: LeCun, Bottou, Orr and Müller, "Efficient backprop" (1998).
public struct LeCunNormal: Initializer {
  public static let name = "lecun_normal"
  public static let summary = "N(0, 1 / fan_in)"
  /// Creates LeCun's normal initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let deviation = (1 / Double(max(fanIn, 1))).squareRoot()
    for i in values.indices { values[i] = Float(deviation * random.normal()) }
  }
}

extension Initializer where Self == LeCunNormal {
  /// N(0, 1 / fan_in).
  public static var lecunNormal: LeCunNormal { LeCunNormal() }
}
