import GliaCore

/// A penalty that approximately counts the weights larger than `scale`: it drives small weights to zero and spares large ones.
///
/// penalty = strength · Σ w² / (s² + w²); gradient strength · 2 s² w / (s² + w²)², with s the scale.
///
/// Source: Weigend, Rumelhart and Huberman, "Generalization by weight-elimination with application to forecasting"
/// (1991).
public struct WeightElimination: ElementwiseRegularizer {
  public static let name = "weight_elimination"
  public static let summary = "strength · Σ w² / (scale² + w²)"
  /// The regularization factor.
  public var strength: Float = 0.01
  /// The scale s; a weight of this size is penalized by half the strength.
  public var scale: Float = 1
  /// Creates a weight elimination penalty with strength 0.01 and scale 1.
  public init() {}
  /// Creates a weight elimination penalty with the given strength.
  public init(_ strength: Float, scale: Float = 1) { (self.strength, self.scale) = (strength, scale) }
  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
    try require(scale > 0 && scale.isFinite, "scale", scale, expected: "a number above 0")
  }
  public func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T {
    let (square, s) = (weight * weight, T(scale))
    return T(strength) * square / (s * s + square)
  }
  // In double precision, because the squares of large weights overflow single precision.
  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    let s2 = Double(scale) * Double(scale)
    for i in weight.indices {
      let w = Double(weight[i])
      let sum = s2 + w * w
      gradient[i] += Float(2 * Double(strength) * w * (s2 / sum) / sum)
    }
  }
}

extension Regularizer where Self == WeightElimination {
  /// A penalty that approximately counts large weights (Weigend, Rumelhart and Huberman, 1991).
  public static func weightElimination(_ strength: Float, scale: Float = 1) -> WeightElimination {
    WeightElimination(strength, scale: scale)
  }
}
