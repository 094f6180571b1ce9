import GliaCore

/// LeCun's uniform initializer, for tanh units.
///
/// w ~ U(-r, r), r = √(3 / fan_in); variance 1 / fan_in.
///
/// Source: LeCun, Bottou, Orr and Müller, "Efficient backprop" (1998).
public struct LeCunUniform: Initializer {
  public static let name = "lecun_uniform"
  public static let summary = "U(-r, r) with r = √(3 / fan_in)"
  /// Creates LeCun's uniform initializer.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let limit = (3 / Float(max(fanIn, 1))).squareRoot()
    for i in values.indices { values[i] = random.uniform(-limit, limit) }
  }
}

extension Initializer where Self == LeCunUniform {
  /// U(-r, r) with r = √(3 / fan_in).
  public static var lecunUniform: LeCunUniform { LeCunUniform() }
}
