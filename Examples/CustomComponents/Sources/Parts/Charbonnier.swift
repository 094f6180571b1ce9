import Glia

/// l(ŷ, y) = √((ŷ - y)² + ε²) - ε for classes 0 and 1, less sensitive to wrong labels than the squared error
/// (Charbonnier et al., 1994).
public struct Charbonnier: ElementwiseLoss {
  public static let name = "charbonnier"
  public static let summary = "√((ŷ - y)² + ε²) - ε, for two classes"
  public var epsilon: Float = 0.1
  public init() {}

  public var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a number above 0")
  }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let error = prediction - target
    return .sqrt(error * error + T(epsilon * epsilon)) - T(epsilon)
  }
}
