import GliaCore
import RealModule

extension SymbolicTensor: DifferentiableScalar {
  /// Creates a constant from a whole number; nil if it is not exact.
  public init?<T: BinaryInteger>(exactly source: T) {
    guard let value = Double(exactly: source) else { return nil }
    self.init(value)
  }

  /// Zero.
  public static var zero: SymbolicTensor { SymbolicTensor(0.0 as Double) }
  /// The sum.
  public static func + (a: SymbolicTensor, b: SymbolicTensor) -> SymbolicTensor {
    if a.number == 0, a.place == nil { return b }
    if b.number == 0, b.place == nil { return a }
    return apply(.add, a, b)
  }
  /// The difference.
  public static func - (a: SymbolicTensor, b: SymbolicTensor) -> SymbolicTensor {
    b.number == 0 && b.place == nil ? a : apply(.subtract, a, b)
  }
  /// The product.
  public static func * (a: SymbolicTensor, b: SymbolicTensor) -> SymbolicTensor {
    if a.number == 1, a.place == nil { return b }
    if b.number == 1, b.place == nil { return a }
    return apply(.multiply, a, b)
  }
  /// The quotient.
  public static func / (a: SymbolicTensor, b: SymbolicTensor) -> SymbolicTensor {
    b.number == 1 && b.place == nil ? a : apply(.divide, a, b)
  }
  /// Replaces the first factor by the product.
  public static func *= (a: inout SymbolicTensor, b: SymbolicTensor) { a = a * b }
  /// The negative.
  public static prefix func - (a: SymbolicTensor) -> SymbolicTensor { a.apply(.negative) }
  /// Replaces the number by its negative.
  public mutating func negate() { self = -self }
  /// The absolute value.
  public var magnitude: SymbolicTensor { apply(.absolute) }
  /// Returns the larger of each two elements.
  public static func maximum(_ a: SymbolicTensor, _ b: SymbolicTensor) -> SymbolicTensor { apply(.maximum, a, b) }
  /// Returns the smaller of each two elements.
  public static func minimum(_ a: SymbolicTensor, _ b: SymbolicTensor) -> SymbolicTensor { apply(.minimum, a, b) }

  /// Decides a condition of a formula, each way in turn.
  public static func == (a: SymbolicTensor, b: SymbolicTensor) -> Bool { a.equal(to: b).decided }
  /// Decides a condition of a formula, each way in turn.
  public static func < (a: SymbolicTensor, b: SymbolicTensor) -> Bool { a.less(than: b).decided }
  /// Decides a condition of a formula, each way in turn.
  public static func > (a: SymbolicTensor, b: SymbolicTensor) -> Bool { b.less(than: a).decided }
  /// Decides a condition of a formula, each way in turn.
  public static func <= (a: SymbolicTensor, b: SymbolicTensor) -> Bool { a.lessOrEqual(to: b).decided }
  /// Decides a condition of a formula, each way in turn.
  public static func >= (a: SymbolicTensor, b: SymbolicTensor) -> Bool { b.lessOrEqual(to: a).decided }

  /// eˣ.
  public static func exp(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.exp) }
  /// eˣ - 1.
  public static func expMinusOne(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.expMinusOne) }
  /// The hyperbolic cosine.
  public static func cosh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.cosh) }
  /// The hyperbolic sine.
  public static func sinh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.sinh) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.tanh) }
  /// The cosine.
  public static func cos(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.cos) }
  /// The sine.
  public static func sin(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.sin) }
  /// The tangent.
  public static func tan(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.tan) }
  /// The natural logarithm.
  public static func log(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.log) }
  /// ln(1 + x).
  public static func log(onePlus x: SymbolicTensor) -> SymbolicTensor { x.apply(.logOnePlus) }
  /// The inverse hyperbolic cosine.
  public static func acosh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.acosh) }
  /// The inverse hyperbolic sine.
  public static func asinh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.asinh) }
  /// The inverse hyperbolic tangent.
  public static func atanh(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.atanh) }
  /// The arc cosine.
  public static func acos(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.acos) }
  /// The arc sine.
  public static func asin(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.asin) }
  /// The arc tangent.
  public static func atan(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.atan) }
  /// The square root.
  public static func sqrt(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.sqrt) }
  /// The error function.
  public static func erf(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.erf) }
  /// The logistic function.
  public static func sigmoid(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.sigmoid) }
  /// ln(1 + eˣ).
  public static func softplus(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.softplus) }
  /// The largest whole number that is not above x.
  public static func floor(_ x: SymbolicTensor) -> SymbolicTensor { x.apply(.floor) }
  /// x to the power y, for positive x.
  public static func pow(_ x: SymbolicTensor, _ y: SymbolicTensor) -> SymbolicTensor { apply(.power, x, y) }
  /// x to the integer power n.
  public static func pow(_ x: SymbolicTensor, _ n: Int) -> SymbolicTensor {
    // Products are exact for negative x, for which the power of real numbers is not defined everywhere.
    guard 0...8 ~= n else { return apply(.power, x, SymbolicTensor(Double(n))) }
    return (0..<n).reduce(SymbolicTensor(1.0 as Double)) { product, _ in product * x }
  }
  /// The n-th root.
  public static func root(_ x: SymbolicTensor, _ n: Int) -> SymbolicTensor {
    let root = apply(.power, x.magnitude, SymbolicTensor(1 / Double(n)))
    return n % 2 == 0 ? apply(.power, x, SymbolicTensor(1 / Double(n))) : select(x.less(than: 0), -root, root)
  }
}

extension SymbolicFunction {
  /// Returns the value for a constant.
  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negative: -x
    case .absolute: x.magnitude
    case .exp: .exp(x)
    case .expMinusOne: .expMinusOne(x)
    case .log: .log(x)
    case .logOnePlus: .log(onePlus: x)
    case .sqrt: x.squareRoot()
    case .erf: .erf(x)
    case .sigmoid: .sigmoid(x)
    case .softplus: .softplus(x)
    case .floor: x.rounded(.down)
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .sinh: .sinh(x)
    case .cosh: .cosh(x)
    case .tanh: .tanh(x)
    case .asinh: .asinh(x)
    case .acosh: .acosh(x)
    case .atanh: .atanh(x)
    case .isNaN: x.isNaN ? 1 : 0
    }
  }
}

extension SymbolicOperator {
  /// Returns the value for constants; 1 stands for true.
  func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: .pow(a, b)
    case .maximum: b > a ? b : a
    case .minimum: b < a ? b : a
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    }
  }
}
