import Glia

/// strength · Σ ln(1 + w²), which shrinks small weights but hardly affects large ones; dual numbers give the gradient.
public struct LogPenalty: ElementwiseRegularizer {
  public static let name = "log_penalty"
  public static let summary = "strength · Σ ln(1 + w²)"
  public var strength: Float = 0.001
  public init() {}

  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }

  public func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T { T(strength) * .log(onePlus: weight * weight) }
}
