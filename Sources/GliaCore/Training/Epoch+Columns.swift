extension Epoch {
  /// Returns the columns of `history.csv` for these metrics.
  static func columns(metrics: [String], hasValidation: Bool) -> [String] {
    let held = hasValidation ? (["loss"] + metrics).map { "validation_\($0)" } : []
    return ["epoch", "learning_rate", "loss", "penalty"] + metrics + held + ["seconds"]
  }

  /// The columns of `history.csv` that the epoch has a value for.
  public var columns: [String] {
    Self.columns(metrics: training.metrics.map(\.name), hasValidation: validation != nil)
  }

  /// Returns the values of the columns as written to `history.csv`; empty for values that are not finite.
  public func cells(_ columns: [String]) -> [String] { columns.map { self[$0]?.shortest ?? "" } }
}

extension BinaryFloatingPoint where Self: LosslessStringConvertible {
  /// The shortest decimal that parses to the same value, without `.0`; empty for infinity and NaN.
  public var shortest: String {
    guard isFinite else { return "" }
    return description.hasSuffix(".0") ? String(description.dropLast(2)) : description
  }
}
