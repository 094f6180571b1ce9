import GliaCore

/// A penalty on the squares of weights (ridge regression).
///
/// penalty = strength · Σ w²; gradient 2 · strength · w.
///
/// Source: Hoerl and Kennard, "Ridge regression: biased estimation for nonorthogonal problems" (1970).
public struct L2: ElementwiseRegularizer, LeastSquaresRegularizer {
  public static let name = "l2"
  public static let summary = "L2 penalty: strength · Σ w²"
  /// The regularization factor.
  public var strength: Float = 0.01
  /// Creates an L2 penalty with strength 0.01.
  public init() {}
  /// Creates an L2 penalty with the given strength.
  public init(_ strength: Float) { self.strength = strength }
  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }
  public func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T { T(strength) * weight * weight }
}

extension Regularizer where Self == L2 {
  /// A penalty on the squares of weights (ridge; Hoerl and Kennard, 1970).
  public static func l2(_ strength: Float) -> L2 { L2(strength) }
}
