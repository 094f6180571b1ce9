import RealModule

/// A dual number x + x′ε with ε² = 0: a value together with its derivative with respect to one variable.
///
/// Evaluating a formula on `Dual(x, 1)` yields f(x) and f′(x) in one pass (forward-mode differentiation; Clifford, 1873).
///
/// ```swift
/// let y = Tanh()(Dual<Double>(0.5, 1))   // y.value = tanh 0.5, y.derivative = 1 - tanh² 0.5
/// ```
public struct Dual<Scalar: DifferentiableScalar>: DifferentiableScalar {
  /// The number itself.
  public var value: Scalar
  /// Its derivative.
  public var derivative: Scalar

  /// Creates the number `value` with the derivative `derivative`: 1 for the variable itself, 0 for a constant.
  @inlinable
  public init(_ value: Scalar, _ derivative: Scalar) {
    self.value = value
    self.derivative = derivative
  }
  /// Creates a constant, whose derivative is zero.
  @inlinable
  public init(_ constant: Float) { self.init(Scalar(constant), 0) }
  /// Creates a constant, whose derivative is zero.
  @inlinable
  public init(floatLiteral value: Scalar.FloatLiteralType) { self.init(Scalar(floatLiteral: value), 0) }
  /// Creates a whole number as a constant.
  @inlinable
  public init(integerLiteral value: Scalar.IntegerLiteralType) { self.init(Scalar(integerLiteral: value), 0) }
  /// Creates a whole number as a constant, if it can be represented exactly.
  @inlinable
  public init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Scalar(exactly: source) else { return nil }
    self.init(value, 0)
  }

  /// The absolute value, with the slope ±1; at 0 the right-hand derivative is used.
  @inlinable
  public var magnitude: Dual { value < 0 ? -self : self }

  /// Returns the result of a function of this number: its value, and its slope times this number's derivative (the chain rule).
  @inlinable
  func chain(_ value: Scalar, _ slope: Scalar) -> Dual { Dual(value, slope * derivative) }
}

extension Dual {
  /// Compares the values; derivatives are ignored.
  @inlinable
  public static func < (a: Dual, b: Dual) -> Bool { a.value < b.value }
  /// Compares the values; false for NaN, for which the standard library's default would be true.
  @inlinable
  public static func <= (a: Dual, b: Dual) -> Bool { a.value <= b.value }
  /// Compares the values; false for NaN, for which the standard library's default would be true.
  @inlinable
  public static func >= (a: Dual, b: Dual) -> Bool { a.value >= b.value }
  /// Compares the values; derivatives are ignored.
  @inlinable
  public static func == (a: Dual, b: Dual) -> Bool { a.value == b.value }
  /// The negative.
  @inlinable
  public static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.derivative) }
  /// The sum.
  @inlinable
  public static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, a.derivative + b.derivative) }
  /// The difference.
  @inlinable
  public static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, a.derivative - b.derivative) }
  /// The product, by the product rule.
  @inlinable
  public static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, a.derivative * b.value + a.value * b.derivative)
  }
  /// The quotient, by the quotient rule.
  @inlinable
  public static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, (a.derivative - quotient * b.derivative) / b.value)
  }
  /// Adds in place.
  @inlinable
  public static func += (a: inout Dual, b: Dual) { a = a + b }
  /// Subtracts in place.
  @inlinable
  public static func -= (a: inout Dual, b: Dual) { a = a - b }
  /// Multiplies in place.
  @inlinable
  public static func *= (a: inout Dual, b: Dual) { a = a * b }
}

extension Dual {
  /// Returns the larger of two numbers with its slope; the first if they are equal.
  @inlinable
  public static func maximum(_ a: Dual, _ b: Dual) -> Dual { b > a ? b : a }
  /// Returns the smaller of two numbers with its slope; the first if they are equal.
  @inlinable
  public static func minimum(_ a: Dual, _ b: Dual) -> Dual { b < a ? b : a }
  /// d erf(x) / dx = 2/√π e^(-x²).
  @inlinable
  public static func erf(_ x: Dual) -> Dual {
    x.chain(.erf(x.value), 1.1283791670955126 * .exp(-(x.value * x.value)))
  }
  /// dσ(x) / dx = σ(x) σ(-x).
  @inlinable
  public static func sigmoid(_ x: Dual) -> Dual {
    let s = Scalar.sigmoid(x.value)
    return x.chain(s, s * .sigmoid(-x.value))
  }
  /// d softplus(x) / dx = σ(x).
  @inlinable
  public static func softplus(_ x: Dual) -> Dual { x.chain(.softplus(x.value), .sigmoid(x.value)) }
}
