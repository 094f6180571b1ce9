import RealModule

/// The elementary functions of dual numbers: f(x + x′ε) = f(x) + f′(x) x′ε.
extension Dual {
  /// eˣ.
  @inlinable public static func exp(_ x: Dual) -> Dual {
    let e = Scalar.exp(x.value)
    return x.chain(e, e)
  }
  /// eˣ - 1.
  @inlinable public static func expMinusOne(_ x: Dual) -> Dual { x.chain(.expMinusOne(x.value), .exp(x.value)) }
  /// The hyperbolic cosine.
  @inlinable public static func cosh(_ x: Dual) -> Dual { x.chain(.cosh(x.value), .sinh(x.value)) }
  /// The hyperbolic sine.
  @inlinable public static func sinh(_ x: Dual) -> Dual { x.chain(.sinh(x.value), .cosh(x.value)) }
  /// d tanh(x) / dx = 1 - tanh²(x), computed as 4 σ(2x) σ(-2x), which remains accurate where tanh is near ±1.
  @inlinable public static func tanh(_ x: Dual) -> Dual {
    let twice = x.value + x.value
    return x.chain(.tanh(x.value), 4 * .sigmoid(twice) * .sigmoid(-twice))
  }
  /// The cosine.
  @inlinable public static func cos(_ x: Dual) -> Dual { x.chain(.cos(x.value), -.sin(x.value)) }
  /// The sine.
  @inlinable public static func sin(_ x: Dual) -> Dual { x.chain(.sin(x.value), .cos(x.value)) }
  /// The tangent.
  @inlinable public static func tan(_ x: Dual) -> Dual {
    let t = Scalar.tan(x.value)
    return x.chain(t, 1 + t * t)
  }
  /// The natural logarithm.
  @inlinable public static func log(_ x: Dual) -> Dual { x.chain(.log(x.value), 1 / x.value) }
  /// ln(1 + x).
  @inlinable public static func log(onePlus x: Dual) -> Dual { x.chain(.log(onePlus: x.value), 1 / (1 + x.value)) }
  /// The inverse hyperbolic cosine.
  @inlinable public static func acosh(_ x: Dual) -> Dual {
    x.chain(.acosh(x.value), 1 / (.sqrt(x.value - 1) * .sqrt(x.value + 1)))
  }
  /// The inverse hyperbolic sine.
  @inlinable public static func asinh(_ x: Dual) -> Dual {
    x.chain(.asinh(x.value), 1 / .sqrt(x.value * x.value + 1))
  }
  /// The inverse hyperbolic tangent.
  @inlinable public static func atanh(_ x: Dual) -> Dual { x.chain(.atanh(x.value), 1 / (1 - x.value * x.value)) }
  /// The arc cosine.
  @inlinable public static func acos(_ x: Dual) -> Dual { x.chain(.acos(x.value), -1 / .sqrt(1 - x.value * x.value)) }
  /// The arc sine.
  @inlinable public static func asin(_ x: Dual) -> Dual { x.chain(.asin(x.value), 1 / .sqrt(1 - x.value * x.value)) }
  /// The arc tangent.
  @inlinable public static func atan(_ x: Dual) -> Dual { x.chain(.atan(x.value), 1 / (1 + x.value * x.value)) }
  /// x to the power y, for positive x.
  @inlinable public static func pow(_ x: Dual, _ y: Dual) -> Dual { exp(y * log(x)) }
  /// x to the integer power n.
  @inlinable public static func pow(_ x: Dual, _ n: Int) -> Dual {
    n == 0 ? 1 : x.chain(.pow(x.value, n), (Scalar(exactly: n) ?? 0) * .pow(x.value, n - 1))
  }
  /// The square root.
  @inlinable public static func sqrt(_ x: Dual) -> Dual {
    let root = Scalar.sqrt(x.value)
    return x.chain(root, 0.5 / root)
  }
  /// The n-th root.
  @inlinable public static func root(_ x: Dual, _ n: Int) -> Dual {
    let root = Scalar.root(x.value, n)
    return x.chain(root, root / ((Scalar(exactly: n) ?? 0) * x.value))
  }
}
