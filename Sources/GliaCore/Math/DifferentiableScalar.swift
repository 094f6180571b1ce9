import GliaKernels
import RealModule

/// A number in a component's formula: `Float`, `Double`, or a ``Dual``, which carries a derivative.
///
/// A formula written once, generic over this protocol, yields its value for `Float`, a reference value for `Double`, and its
/// derivative for ``Dual`` numbers. Use ``DifferentiableNumber/sigmoid(_:)``, ``DifferentiableNumber/softplus(_:)`` and
/// ``DifferentiableNumber/erf(_:)`` instead of expressing them with `exp`: they neither overflow nor lose their slope for large
/// arguments. Unlike a ``DifferentiableNumber``, it is a single number and can be compared.
public protocol DifferentiableScalar: DifferentiableNumber, SignedNumeric, Comparable {}

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
