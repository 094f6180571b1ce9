import Glia

/// f(z) = z + sin²(a z) / a (Ziyin, Hartwig and Ueda, 2020); dual numbers give the derivative.
public struct Snake: ElementwiseActivation {
  public static let name = "snake"
  public static let summary = "z + sin²(a z) / a"
  public var a: Float = 1
  public init() {}

  public func validate() throws { try require(a > 0 && a.isFinite, "a", a, expected: "a number above 0") }

  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    let wave = T.sin(T(a) * z)
    return z + wave * wave / T(a)
  }
}
