import GliaCore

/// A penalty on the norm of each row, that is, of the weights of one unit, which drives whole units to zero.
///
/// penalty = strength · Σ ‖row‖; gradient strength · w / ‖row‖, 0 for a row of zeros. Axes after the first are flattened.
///
/// Source: Yuan and Lin, "Model selection and estimation in regression with grouped variables" (2006), without the factor
/// √(group size), which is the same for all rows.
public struct GroupLasso: Regularizer {
  public static let name = "group_lasso"
  public static let summary = "penalty on the norm of each row: strength · Σ ‖row‖"
  /// The regularization factor.
  public var strength: Float = 0.01
  /// Creates a group lasso penalty with strength 0.01.
  public init() {}
  /// Creates a group lasso penalty with the given strength.
  public init(_ strength: Float) { self.strength = strength }
  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }
  public func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total = 0.0
    for row in Rows(weight, shape) { total += weight.dot(row, row).squareRoot() }
    return strength * Float(total)
  }
  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for row in Rows(weight, shape) {
      let length = weight.dot(row, row).squareRoot()
      guard length > 0 else { continue }
      for i in row { gradient[i] += Float(Double(strength) * Double(weight[i]) / length) }
    }
  }
}

extension Regularizer where Self == GroupLasso {
  /// A penalty on the norm of each row (Yuan and Lin, 2006).
  public static func groupLasso(_ strength: Float) -> GroupLasso { GroupLasso(strength) }
}
