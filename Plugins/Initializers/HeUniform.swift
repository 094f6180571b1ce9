import GliaCore

/// He's uniform initializer, for rectified linear units.
///
/// w ~ U(-r, r), r = √(6 / fan_in); variance 2 / fan_in.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct HeUniform: Initializer {
  public static let name = "he_uniform"
  public static let aliases = ["kaiming_uniform"]
  public static let summary = "U(-r, r) with r = √(6 / fan_in)"
  /// Creates He's uniform initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let limit = (6 / Float(max(fanIn, 1))).squareRoot()
    for i in values.indices { values[i] = random.uniform(-limit, limit) }
  }
}

extension Initializer where Self == HeUniform {
  /// U(-r, r) with r = √(6 / fan_in).
  public static var heUniform: HeUniform { HeUniform() }
}
