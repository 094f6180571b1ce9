import GliaCore

/// The result of one check of one component.
///
/// ```swift
/// for result in checkActivation(MySwish()) { #expect(result.passed, "\(result)") }
/// ```
public struct CheckResult: Hashable, Sendable {
  /// The component's kind; `training` for a complete training run.
  public let kind: ComponentKind
  /// The component's name.
  public let component: String
  /// The name of the check.
  public let check: String
  /// The worst error: the difference at the point that came closest to the tolerance or exceeded it most; nil if nothing
  /// is measured.
  public let worstError: Double?
  /// The tolerance at that point.
  public let tolerance: Double?
  /// If the check failed, the component, worst point, values and likely cause; nil if it passed.
  public let explanation: String?
  /// The number of points checked.
  public let points: Int
  /// The number of points at which the check failed.
  public let violations: Int

  /// Whether the check passed.
  public var passed: Bool { explanation == nil }

  /// Creates a result; it counts as passed if there is no explanation.
  public init(
    kind: ComponentKind, component: String, check: String, worstError: Double? = nil, tolerance: Double? = nil,
    explanation: String? = nil, points: Int = 1, violations: Int? = nil
  ) {
    self.kind = kind
    self.component = component
    self.check = check
    self.worstError = worstError
    self.tolerance = tolerance
    self.explanation = explanation
    self.points = points
    self.violations = violations ?? (explanation == nil ? 0 : 1)
  }

  /// The error as a multiple of the tolerance; 0 if nothing is measured.
  var ratio: Double {
    guard let worstError, let tolerance else { return 0 }
    return worstError.isNaN ? .infinity : worstError == 0 ? 0 : worstError / tolerance
  }

  /// Whether this result is worse than another result of the same check: a failure, or a larger error.
  func isWorse(than other: CheckResult) -> Bool {
    guard passed == other.passed else { return !passed }
    return ratio == other.ratio ? (worstError ?? 0) > (other.worstError ?? 0) : ratio > other.ratio
  }

  /// Combines two results of the same check: the worse one, with the points of both.
  func joined(with other: CheckResult) -> CheckResult {
    let worse = other.isWorse(than: self) ? other : self
    return CheckResult(
      kind: kind, component: component, check: check, worstError: worse.worstError, tolerance: worse.tolerance,
      explanation: worse.explanation, points: points + other.points, violations: violations + other.violations)
  }

  /// The same result with a transformed explanation.
  func explained(_ words: (String) -> String) -> CheckResult {
    CheckResult(
      kind: kind, component: component, check: check, worstError: worstError, tolerance: tolerance,
      explanation: explanation.map(words), points: points, violations: violations)
  }

  /// The explanation, and the number of points at which the check failed.
  var report: String? {
    guard let explanation, points > 1 else { return explanation }
    let shown = violations == 1 ? "" : worstError == nil ? "; the first is shown" : "; the worst is shown"
    return "\(explanation)\nfails at \(violations.grouped) of \(points.grouped) points\(shown)"
  }
}

extension CheckResult: CustomStringConvertible {
  /// The result on one line, followed by the explanation of a failure.
  public var description: String {
    let measured = worstError.flatMap { error in tolerance.map { ", error \(error.short) of \($0.short)" } } ?? ""
    let line = "\(passed ? "✓" : "✗") \(kind) \(component): \(check)\(measured)"
    return report.map { "\(line)\n  " + $0.replacing("\n", with: "\n  ") } ?? line
  }
}
