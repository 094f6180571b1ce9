import GliaKernels
import RealModule

/// A number that a component's formula computes with: `Float`, `Double`, or a ``Dual`` that carries a derivative along.
///
/// A formula written once, generic over this protocol, gives the value on `Float`, its reference on `Double` and its
/// derivative on ``Dual`` numbers. Use ``sigmoid(_:)``, ``softplus(_:)`` and ``erf(_:)`` rather than spelling them out with
/// `exp`: they neither overflow nor lose their slope for large arguments.
public protocol DifferentiableScalar:
  SignedNumeric, ElementaryFunctions, Comparable, ExpressibleByFloatLiteral, Sendable
{
  /// A constant of the formula, such as a component's setting.
  init(_ constant: Float)
  /// The quotient of two numbers.
  static func / (a: Self, b: Self) -> Self
  /// The error function erf(x) = 2/√π ∫₀ˣ e^(-t²) dt.
  static func erf(_ x: Self) -> Self
  /// The logistic function σ(x) = 1 / (1 + e^(-x)), without overflow.
  static func sigmoid(_ x: Self) -> Self
  /// ln(1 + eˣ), without overflow.
  static func softplus(_ x: Self) -> Self
}

extension Float: DifferentiableScalar {
  /// The logistic function σ(x) = 1 / (1 + e^(-x)), without overflow.
  @inlinable
  public static func sigmoid(_ x: Float) -> Float { glia_sigmoidf(x) }
  /// ln(1 + eˣ), without overflow.
  @inlinable
  public static func softplus(_ x: Float) -> Float { glia_softplusf(x) }
}

extension Double: DifferentiableScalar {
  /// The logistic function σ(x) = 1 / (1 + e^(-x)), without overflow.
  @inlinable
  public static func sigmoid(_ x: Double) -> Double {
    let small = Double.exp(-x.magnitude)
    return (x < 0 ? small : 1) / (1 + small)
  }
  /// ln(1 + eˣ), without overflow.
  @inlinable
  public static func softplus(_ x: Double) -> Double { max(x, 0) + .log(onePlus: .exp(-x.magnitude)) }
}
