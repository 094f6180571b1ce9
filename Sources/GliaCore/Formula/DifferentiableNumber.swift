import RealModule

/// A number in the formula of a ``FormulaLayer``: the same number for eight samples, with or without a record of how it was
/// computed.
///
/// Because it represents several samples at once, it cannot be ordered, and `==` compares all of them, so a formula does the same for all; select
/// values with ``maximum(_:_:)`` and ``minimum(_:_:)``.
public protocol DifferentiableNumber:
  ElementaryFunctions, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, Sendable
{
  /// Creates a constant of the formula, such as a layer's setting.
  init(_ constant: Float)
  /// The product of two numbers.
  static func * (a: Self, b: Self) -> Self
  /// The quotient of two numbers.
  static func / (a: Self, b: Self) -> Self
  /// The negative.
  static prefix func - (a: Self) -> Self
  /// Returns the larger of two numbers with its slope; the first if they are equal.
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// Returns the smaller of two numbers with its slope; the first if they are equal.
  static func minimum(_ a: Self, _ b: Self) -> Self
  /// The error function erf(x) = 2/√π ∫₀ˣ e^(-t²) dt.
  static func erf(_ x: Self) -> Self
  /// The logistic function σ(x) = 1 / (1 + e^(-x)), without overflow.
  static func sigmoid(_ x: Self) -> Self
  /// ln(1 + eˣ), without overflow.
  static func softplus(_ x: Self) -> Self
}

extension DifferentiableNumber where FloatLiteralType == Float, IntegerLiteralType == Int {
  /// Creates a constant.
  @inlinable
  public init(floatLiteral value: Float) { self.init(value) }
  /// Creates a constant from a whole number.
  @inlinable
  public init(integerLiteral value: Int) { self.init(Float(value)) }
}

extension DifferentiableNumber {
  /// Returns the sum of `term` over the indices `range`: Σ term(i).
  @inlinable
  public static func sum(over range: Range<Int>, of term: (_ index: Int) -> Self) -> Self {
    var total = Self.zero
    for index in range { total += term(index) }
    return total
  }
}
