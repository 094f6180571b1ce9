import GliaCore

/// The rule of thumb before Glorot: w ~ U(-1/√m, 1/√m) for m inputs; variance 1 / (3 m).
///
/// Glorot and Bengio (2010) name it as the common heuristic; PyTorch's linear layer still starts so.
public struct FanInUniform: Initializer {
  public static let name = "fan_in_uniform"
  public static let summary = "U(-1/√fan_in, 1/√fan_in)"
  /// U(-1/√m, 1/√m) for m inputs.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let limit = 1 / Float(max(fanIn, 1)).squareRoot()
    for i in values.indices { values[i] = random.uniform(-limit, limit) }
  }
}

extension Initializer where Self == FanInUniform {
  /// U(-1/√m, 1/√m) for m inputs.
  public static var fanInUniform: FanInUniform { FanInUniform() }
}
