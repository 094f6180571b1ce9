import GliaCore

/// A constraint that keeps weights non-negative: w ← max(w, 0).
///
/// Source: Lee and Seung, "Learning the parts of objects by non-negative matrix factorization" (1999).
public struct NonNegative: Constraint {
  public static let name = "non_negative"
  public static let aliases = ["non_neg"]
  public static let summary = "non-negative weights: w ≥ 0"
  /// Creates a non-negativity constraint.
  public init() {}

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    for i in weight.indices { weight[i] = max(weight[i], 0) }
  }
}

extension Constraint where Self == NonNegative {
  /// A constraint that keeps weights non-negative.
  public static var nonNegative: NonNegative { NonNegative() }
}
