import GliaCore

/// He's normal initializer, for rectified linear units.
///
/// w ~ N(0, 2 / fan_in), not truncated; Keras truncates it at two standard deviations.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct HeNormal: Initializer {
  public static let name = "he_normal"
  public static let aliases = ["kaiming_normal"]
  public static let summary = "N(0, 2 / fan_in)"
  /// Creates He's normal initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let deviation = (2 / Double(max(fanIn, 1))).squareRoot()
    for i in values.indices { values[i] = Float(deviation * random.normal()) }
  }
}

extension Initializer where Self == HeNormal {
  /// N(0, 2 / fan_in).
  public static var heNormal: HeNormal { HeNormal() }
}
