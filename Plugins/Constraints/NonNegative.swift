import GliaCore

/// Keeps weights at 0 or above: w ← max(w, 0).
///
/// Source: Lee and Seung, "Learning the parts of objects by non-negative matrix factorization" (1999).
public struct NonNegative: Constraint {
  public static let name = "non_negative"
  public static let aliases = ["non_neg"]
  public static let summary = "w ≥ 0"
  /// No weight below 0.
  public init() {}

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    for i in weight.indices { weight[i] = max(weight[i], 0) }
  }
}

extension Constraint where Self == NonNegative {
  /// Keeps weights at 0 or above.
  public static var nonNegative: NonNegative { NonNegative() }
}
