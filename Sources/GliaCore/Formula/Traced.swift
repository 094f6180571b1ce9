import RealModule

/// A number for eight samples that records how it was computed, for reverse-mode differentiation (Linnainmaa, 1970).
public struct Traced: DifferentiableNumber {
  @usableFromInline var value: Lanes
  /// Its index on the tape; negative for a constant.
  @usableFromInline var index: Int32
  @usableFromInline unowned(unsafe) var tape: Tape?

  @inlinable
  init(_ value: Lanes, index: Int32 = -1, tape: Tape? = nil) {
    (self.value, self.index, self.tape) = (value, index, tape)
  }
  /// Creates a constant, whose derivative is zero.
  @inlinable
  public init(_ constant: Float) { self.init(Lanes(constant)) }

  /// Records the result of an operation on two numbers, with its derivatives with respect to them.
  @inlinable @inline(__always)
  static func make(_ value: Lanes, _ a: Traced, _ slopeA: Lanes, _ b: Traced, _ slopeB: Lanes) -> Traced {
    guard let tape = a.tape ?? b.tape else { return Traced(value) }
    if a.index < 0 { return Traced(value, index: tape.append(b.index, slopeB, -1, .zero), tape: tape) }
    return Traced(value, index: tape.append(a.index, slopeA, b.index, slopeB), tape: tape)
  }

  /// Returns the result of a function of one number, with its derivative computed by dual numbers.
  @inlinable
  func chain(_ function: (Dual<Float>) -> Dual<Float>) -> Traced {
    var (result, slope) = (SIMD8<Float>(), SIMD8<Float>())
    for lane in 0..<Lanes.count {
      let dual = function(Dual(value.values[lane], 1))
      (result[lane], slope[lane]) = (dual.value, dual.derivative)
    }
    guard let tape else { return Traced(Lanes(result)) }
    return Traced(Lanes(result), index: tape.append(index, Lanes(slope), -1, .zero), tape: tape)
  }
}

extension Traced {
  /// Returns whether the values are equal.
  @inlinable
  public static func == (a: Traced, b: Traced) -> Bool { a.value == b.value }
  /// Zero.
  @inlinable
  public static var zero: Traced { Traced(.zero) }
  /// The sum.
  @inlinable
  public static func + (a: Traced, b: Traced) -> Traced { make(a.value + b.value, a, Lanes(1), b, Lanes(1)) }
  /// The difference.
  @inlinable
  public static func - (a: Traced, b: Traced) -> Traced { make(a.value - b.value, a, Lanes(1), b, Lanes(-1)) }
  /// The product.
  @inlinable
  public static func * (a: Traced, b: Traced) -> Traced { make(a.value * b.value, a, b.value, b, a.value) }
  /// The quotient.
  @inlinable
  public static func / (a: Traced, b: Traced) -> Traced {
    let quotient = a.value / b.value
    return make(quotient, a, Lanes(1) / b.value, b, -quotient / b.value)
  }
  /// The negative.
  @inlinable
  public static prefix func - (a: Traced) -> Traced { zero - a }
  /// Returns the larger number for each sample.
  @inlinable
  public static func maximum(_ a: Traced, _ b: Traced) -> Traced { choose(a, b, b.value.values .> a.value.values) }
  /// Returns the smaller number for each sample.
  @inlinable
  public static func minimum(_ a: Traced, _ b: Traced) -> Traced { choose(a, b, b.value.values .< a.value.values) }

  /// Returns `b` where `takesB` is true, and `a` elsewhere.
  @inlinable
  static func choose(_ a: Traced, _ b: Traced, _ takesB: SIMDMask<SIMD8<Float>.MaskStorage>) -> Traced {
    let slope = SIMD8<Float>(repeating: 1).replacing(with: 0, where: takesB)
    return make(
      Lanes(a.value.values.replacing(with: b.value.values, where: takesB)), a, Lanes(slope), b, Lanes(1 - slope))
  }
  /// eˣ.
  @inlinable
  public static func exp(_ x: Traced) -> Traced { x.chain { .exp($0) } }
  /// eˣ - 1.
  @inlinable
  public static func expMinusOne(_ x: Traced) -> Traced { x.chain { .expMinusOne($0) } }
  /// The hyperbolic cosine.
  @inlinable
  public static func cosh(_ x: Traced) -> Traced { x.chain { .cosh($0) } }
  /// The hyperbolic sine.
  @inlinable
  public static func sinh(_ x: Traced) -> Traced { x.chain { .sinh($0) } }
  /// The hyperbolic tangent.
  @inlinable
  public static func tanh(_ x: Traced) -> Traced { x.chain { .tanh($0) } }
  /// The cosine.
  @inlinable
  public static func cos(_ x: Traced) -> Traced { x.chain { .cos($0) } }
  /// The sine.
  @inlinable
  public static func sin(_ x: Traced) -> Traced { x.chain { .sin($0) } }
  /// The tangent.
  @inlinable
  public static func tan(_ x: Traced) -> Traced { x.chain { .tan($0) } }
  /// The natural logarithm.
  @inlinable
  public static func log(_ x: Traced) -> Traced { x.chain { .log($0) } }
  /// The inverse hyperbolic cosine.
  @inlinable
  public static func acosh(_ x: Traced) -> Traced { x.chain { .acosh($0) } }
  /// The inverse hyperbolic sine.
  @inlinable
  public static func asinh(_ x: Traced) -> Traced { x.chain { .asinh($0) } }
  /// The inverse hyperbolic tangent.
  @inlinable
  public static func atanh(_ x: Traced) -> Traced { x.chain { .atanh($0) } }
  /// The arc cosine.
  @inlinable
  public static func acos(_ x: Traced) -> Traced { x.chain { .acos($0) } }
  /// The arc sine.
  @inlinable
  public static func asin(_ x: Traced) -> Traced { x.chain { .asin($0) } }
  /// The arc tangent.
  @inlinable
  public static func atan(_ x: Traced) -> Traced { x.chain { .atan($0) } }
  /// The square root.
  @inlinable
  public static func sqrt(_ x: Traced) -> Traced { x.chain { .sqrt($0) } }
  /// The error function.
  @inlinable
  public static func erf(_ x: Traced) -> Traced { x.chain { .erf($0) } }
  /// The logistic function.
  @inlinable
  public static func sigmoid(_ x: Traced) -> Traced { x.chain { .sigmoid($0) } }
  /// ln(1 + eˣ).
  @inlinable
  public static func softplus(_ x: Traced) -> Traced { x.chain { .softplus($0) } }
  /// ln(1 + x).
  @inlinable
  public static func log(onePlus x: Traced) -> Traced { x.chain { .log(onePlus: $0) } }
  /// x to the power y, for positive x.
  @inlinable
  public static func pow(_ x: Traced, _ y: Traced) -> Traced { exp(y * log(x)) }
  /// x to the integer power n.
  @inlinable
  public static func pow(_ x: Traced, _ n: Int) -> Traced { x.chain { .pow($0, n) } }
  /// The n-th root.
  @inlinable
  public static func root(_ x: Traced, _ n: Int) -> Traced { x.chain { .root($0, n) } }
}
