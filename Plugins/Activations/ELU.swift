import GliaCore
import GliaInitializers
import GliaKernels

/// The exponential linear unit: f(z) = z for z > 0, alpha (eᶻ - 1) otherwise.
///
/// Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units"
/// (2016).
public struct ELU: ElementwiseActivation {
  public static let name = "elu"
  public static let summary = "z above 0, alpha · (eᶻ − 1) below"
  /// The negative saturation level: f(z) approaches -alpha as z → -∞.
  public var alpha: Float = 1
  /// Creates an ELU with alpha 1.
  public init() {}
  /// Creates an ELU with the given alpha.
  public init(alpha: Float) { self.alpha = alpha }
  public func validate() throws { try require(alpha.isFinite, "alpha", alpha, expected: "a finite number") }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { min(0, -alpha)...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : T(alpha) * .expMinusOne(z) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_elu($0, alpha, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: z) { glia_elu_pullback($0, alpha, $1, $2, $3) }
  }
}

extension Activation where Self == ELU {
  /// `ELU` with the default settings.
  public static var elu: ELU { ELU() }
  /// The exponential linear unit.
  public static func elu(alpha: Float = 1) -> ELU { ELU(alpha: alpha) }
}
