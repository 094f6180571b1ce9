import RealModule

/// A function of regression targets: a network learns its values, while predictions are in the targets' own unit.
public enum TargetTransform: String, Choice {
  /// The natural logarithm ln y, for targets above 0 that differ by orders of magnitude.
  case log
  /// ln(1 + y), for targets above -1, such as counts.
  case log1p

  /// Returns the value that the network learns; not finite outside of the domain.
  func callAsFunction(_ y: Double) -> Double {
    switch self {
    case .log: .log(y)
    case .log1p: .log(onePlus: y)
    }
  }

  /// Returns the target with the given value; infinite beyond the range of double precision.
  func inverse(_ value: Double) -> Double {
    switch self {
    case .log: .exp(value)
    case .log1p: .expMinusOne(value)
    }
  }

  /// Throws for the first number without a logarithm.
  func check(_ column: Column) throws {
    guard let row = try column.doubles().firstIndex(where: { !self($0).isFinite }) else { return }
    throw GliaError(
      "the target \(Column.label(try column.doubles()[row])) has no logarithm",
      at: "column '\(column.name.excerpt)', sample \(row)",
      expected: self == .log ? "numbers above 0" : "numbers above -1",
      remedy: self == .log
        ? "use \"target_transform\": \"log1p\" if targets may be 0; otherwise correct the sample, or leave it out"
        : "correct the sample, or leave target_transform out")
  }
}
