import RealModule

/// The values of a number for eight samples.
public struct Lanes: DifferentiableNumber {
  /// The number of samples.
  @usableFromInline static let count = 8
  @usableFromInline var values: SIMD8<Float>

  @inlinable
  init(_ values: SIMD8<Float>) { self.values = values }
  /// Creates the same constant for all samples.
  @inlinable
  public init(_ constant: Float) { self.init(SIMD8(repeating: constant)) }

  @inlinable
  func map(_ function: (Float) -> Float) -> Lanes {
    var result = SIMD8<Float>()
    for lane in 0..<Lanes.count { result[lane] = function(values[lane]) }
    return Lanes(result)
  }
}

extension Lanes {
  /// Zero.
  @inlinable
  public static var zero: Lanes { Lanes(SIMD8<Float>()) }
  /// The sum.
  @inlinable
  public static func + (a: Lanes, b: Lanes) -> Lanes { Lanes(a.values + b.values) }
  /// The difference.
  @inlinable
  public static func - (a: Lanes, b: Lanes) -> Lanes { Lanes(a.values - b.values) }
  /// The product.
  @inlinable
  public static func * (a: Lanes, b: Lanes) -> Lanes { Lanes(a.values * b.values) }
  /// The quotient.
  @inlinable
  public static func / (a: Lanes, b: Lanes) -> Lanes { Lanes(a.values / b.values) }
  /// The negative.
  @inlinable
  public static prefix func - (a: Lanes) -> Lanes { Lanes(-a.values) }
  /// Returns the larger number for each sample.
  @inlinable
  public static func maximum(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a.values.replacing(with: b.values, where: b.values .> a.values))
  }
  /// Returns the smaller number for each sample.
  @inlinable
  public static func minimum(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes(a.values.replacing(with: b.values, where: b.values .< a.values))
  }
  /// eˣ.
  @inlinable
  public static func exp(_ x: Lanes) -> Lanes { x.map { .exp($0) } }
  /// eˣ - 1.
  @inlinable
  public static func expMinusOne(_ x: Lanes) -> Lanes { x.map { .expMinusOne($0) } }
  /// The hyperbolic cosine.
  @inlinable
  public static func cosh(_ x: Lanes) -> Lanes { x.map { .cosh($0) } }
  /// The hyperbolic sine.
  @inlinable
  public static func sinh(_ x: Lanes) -> Lanes { x.map { .sinh($0) } }
  /// The hyperbolic tangent.
  @inlinable
  public static func tanh(_ x: Lanes) -> Lanes { x.map { .tanh($0) } }
  /// The cosine.
  @inlinable
  public static func cos(_ x: Lanes) -> Lanes { x.map { .cos($0) } }
  /// The sine.
  @inlinable
  public static func sin(_ x: Lanes) -> Lanes { x.map { .sin($0) } }
  /// The tangent.
  @inlinable
  public static func tan(_ x: Lanes) -> Lanes { x.map { .tan($0) } }
  /// The natural logarithm.
  @inlinable
  public static func log(_ x: Lanes) -> Lanes { x.map { .log($0) } }
  /// The inverse hyperbolic cosine.
  @inlinable
  public static func acosh(_ x: Lanes) -> Lanes { x.map { .acosh($0) } }
  /// The inverse hyperbolic sine.
  @inlinable
  public static func asinh(_ x: Lanes) -> Lanes { x.map { .asinh($0) } }
  /// The inverse hyperbolic tangent.
  @inlinable
  public static func atanh(_ x: Lanes) -> Lanes { x.map { .atanh($0) } }
  /// The arc cosine.
  @inlinable
  public static func acos(_ x: Lanes) -> Lanes { x.map { .acos($0) } }
  /// The arc sine.
  @inlinable
  public static func asin(_ x: Lanes) -> Lanes { x.map { .asin($0) } }
  /// The arc tangent.
  @inlinable
  public static func atan(_ x: Lanes) -> Lanes { x.map { .atan($0) } }
  /// The square root.
  @inlinable
  public static func sqrt(_ x: Lanes) -> Lanes { x.map { .sqrt($0) } }
  /// The error function.
  @inlinable
  public static func erf(_ x: Lanes) -> Lanes { x.map { .erf($0) } }
  /// The logistic function.
  @inlinable
  public static func sigmoid(_ x: Lanes) -> Lanes { x.map { .sigmoid($0) } }
  /// ln(1 + eˣ).
  @inlinable
  public static func softplus(_ x: Lanes) -> Lanes { x.map { .softplus($0) } }
  /// ln(1 + x).
  @inlinable
  public static func log(onePlus x: Lanes) -> Lanes { x.map { .log(onePlus: $0) } }
  /// x to the power y, for positive x.
  @inlinable
  public static func pow(_ x: Lanes, _ y: Lanes) -> Lanes { exp(y * log(x)) }
  /// x to the integer power n.
  @inlinable
  public static func pow(_ x: Lanes, _ n: Int) -> Lanes { x.map { .pow($0, n) } }
  /// The n-th root.
  @inlinable
  public static func root(_ x: Lanes, _ n: Int) -> Lanes { x.map { .root($0, n) } }
}
