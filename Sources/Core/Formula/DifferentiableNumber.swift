import RealModule

/// A number that the formula of a ``FormulaLayer`` computes with: the same number of eight samples, with or without a record
/// of where it came from.
///
/// As it stands for several samples at once it cannot be compared, so that a formula does the same for all of them; choose
/// with ``maximum(_:_:)`` and ``minimum(_:_:)``.
public protocol DifferentiableNumber:
  ElementaryFunctions, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, Sendable
{
  /// A constant of the formula, such as a layer's setting.
  init(_ constant: Float)
  /// The product of two numbers.
  static func * (a: Self, b: Self) -> Self
  /// The quotient of two numbers.
  static func / (a: Self, b: Self) -> Self
  /// The negative.
  static prefix func - (a: Self) -> Self
  /// The larger of two numbers; the slope is that of the one taken, of equal ones the first.
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// The smaller of two numbers; the slope is that of the one taken, of equal ones the first.
  static func minimum(_ a: Self, _ b: Self) -> Self
  /// The error function erf(x) = 2/√π ∫₀ˣ e^(-t²) dt.
  static func erf(_ x: Self) -> Self
  /// The logistic function σ(x) = 1 / (1 + e^(-x)), without overflow.
  static func sigmoid(_ x: Self) -> Self
  /// ln(1 + eˣ), without overflow.
  static func softplus(_ x: Self) -> Self
}

extension DifferentiableNumber where FloatLiteralType == Float, IntegerLiteralType == Int {
  /// A constant.
  @inlinable
  public init(floatLiteral value: Float) { self.init(value) }
  /// A whole number as a constant.
  @inlinable
  public init(integerLiteral value: Int) { self.init(Float(value)) }
}

extension DifferentiableNumber {
  /// The sum of `term` over the indices `range`: Σ term(i).
  @inlinable
  public static func sum(over range: Range<Int>, of term: (_ index: Int) -> Self) -> Self {
    var total = Self.zero
    for index in range { total += term(index) }
    return total
  }
}
