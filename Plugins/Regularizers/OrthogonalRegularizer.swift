import GliaCore

/// A penalty on rows that are not orthonormal, which decorrelates units and preserves the scale of signals.
///
/// penalty = strength · ‖W Wᵀ - I‖² (Frobenius norm); gradient 4 · strength · (W Wᵀ - I) W. Axes after the first are
/// flattened. With more rows than columns, the penalty cannot reach 0. The cost per step grows with rows² · columns.
///
/// Source: Brock, Lim, Ritchie and Weston, "Neural photo editing with introspective adversarial networks" (2017), with
/// squares. Keras's version penalizes cosines and ignores the norms of rows.
public struct OrthogonalRegularizer: Regularizer {
  public static let name = "orthogonal"
  public static let summary = "penalty on rows that are not orthonormal: strength · ‖W Wᵀ - I‖²"
  /// The regularization factor.
  public var strength: Float = 0.01
  /// Creates an orthogonality penalty with strength 0.01.
  public init() {}
  /// Creates an orthogonality penalty with the given strength.
  public init(_ strength: Float) { self.strength = strength }
  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }
  public func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total = 0.0
    for a in Rows(weight, shape) {
      let excess = weight.dot(a, a) - 1
      total += excess * excess
      for b in Rows(weight, shape, after: a) {
        let product = weight.dot(a, b)
        total += 2 * product * product
      }
    }
    return Float(Double(strength) * total)
  }
  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    let factor = 4 * Double(strength)
    for a in Rows(weight, shape) {
      let excess = Float(factor * (weight.dot(a, a) - 1))
      for i in a { gradient[i] += excess * weight[i] }
      for b in Rows(weight, shape, after: a) {
        let product = Float(factor * weight.dot(a, b))
        for (i, j) in zip(a, b) {
          gradient[i] += product * weight[j]
          gradient[j] += product * weight[i]
        }
      }
    }
  }
}

extension Regularizer where Self == OrthogonalRegularizer {
  /// A penalty on rows that are not orthonormal.
  public static func orthogonal(_ strength: Float) -> OrthogonalRegularizer { OrthogonalRegularizer(strength) }
}
