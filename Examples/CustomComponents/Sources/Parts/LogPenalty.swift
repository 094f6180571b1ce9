import Glia

/// strength · Σ ln(1 + w²), which pulls at small weights and lets large ones be.
public struct LogPenalty: Regularizer {
  public static let name = "log_penalty"
  public static let summary = "strength · Σ ln(1 + w²)"
  public var strength: Float = 0.001
  public init() {}

  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }

  public func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total: Float = 0
    for i in weight.indices { total += .log(onePlus: weight[i] * weight[i]) }
    return strength * total
  }

  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] += strength * 2 * weight[i] / (1 + weight[i] * weight[i]) }
  }
}
