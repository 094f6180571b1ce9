import GliaCore

/// A penalty on the absolute values of weights, which drives small weights to zero (lasso).
///
/// penalty = strength · Σ |w|; gradient strength · sign(w), 0 at w = 0.
///
/// Source: Tibshirani, "Regression shrinkage and selection via the lasso" (1996).
public struct L1: ElementwiseRegularizer {
  public static let name = "l1"
  public static let summary = "L1 penalty: strength · Σ |w|"
  /// The regularization factor.
  public var strength: Float = 0.01
  /// Creates an L1 penalty with strength 0.01.
  public init() {}
  /// Creates an L1 penalty with the given strength.
  public init(_ strength: Float) { self.strength = strength }
  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }
  public func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T {
    T(strength) * (weight > 0 ? weight : weight < 0 ? -weight : 0)
  }
}

extension Regularizer where Self == L1 {
  /// A penalty on the absolute values of weights, which drives small weights to zero (Tibshirani, 1996).
  public static func l1(_ strength: Float) -> L1 { L1(strength) }
}
