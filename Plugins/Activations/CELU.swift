import GliaCore
import GliaInitializers

/// The continuously differentiable exponential linear unit: f(z) = z for z > 0, alpha (e^(z/alpha) - 1) otherwise.
///
/// Source: Barron, "Continuously differentiable exponential linear units" (2017).
public struct CELU: ElementwiseActivation {
  public static let name = "celu"
  public static let summary = "z above 0, alpha · (exp(z/alpha) − 1) below"
  /// The negative saturation level: f(z) approaches -alpha as z → -∞.
  public var alpha: Float = 1
  /// Creates a CELU with alpha 1.
  public init() {}
  /// Creates a CELU with the given alpha.
  public init(alpha: Float) { self.alpha = alpha }
  public func validate() throws {
    // The derivative below 0 uses 1 / alpha, which overflows for subnormal numbers.
    try require(alpha > 0 && alpha.isNormal, "alpha", alpha, expected: "a number above 0")
  }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { min(0, -alpha)...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    z > 0 ? z : T(alpha) * .expMinusOne(z / T(alpha))
  }
}

extension Activation where Self == CELU {
  /// `CELU` with the default settings.
  public static var celu: CELU { CELU() }
  /// The continuously differentiable exponential linear unit.
  public static func celu(alpha: Float = 1) -> CELU { CELU(alpha: alpha) }
}
