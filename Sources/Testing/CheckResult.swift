import GliaCore

/// What one check found about one component.
///
/// ```swift
/// for result in checkActivation(MySwish()) { #expect(result.passed, "\(result)") }
/// ```
public struct CheckResult: Hashable, Sendable {
  /// The kind of the component; `training` for a whole training.
  public let kind: ComponentKind
  /// The component's name.
  public let component: String
  /// What was checked.
  public let check: String
  /// The worst error as measured: the distance at the point that came closest to, or went farthest beyond, what is
  /// tolerated; nil where nothing is measured.
  public let worstError: Double?
  /// The error that is tolerated at that point.
  public let tolerance: Double?
  /// Component, the worst point, values and likely cause, if the check failed; nil if it passed.
  public let explanation: String?
  /// At how many points the check looked.
  public let points: Int
  /// At how many of them it failed.
  public let violations: Int

  /// Whether the component is as it should be.
  public var passed: Bool { explanation == nil }

  /// A finding; it counts as passed if there is no explanation.
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

  /// The error as a multiple of what is tolerated; 0 where nothing is measured.
  var ratio: Double {
    guard let worstError, let tolerance else { return 0 }
    return worstError.isNaN ? .infinity : worstError == 0 ? 0 : worstError / tolerance
  }

  /// Whether this result says more than another one of the same check: a failure, or the larger error.
  func isWorse(than other: CheckResult) -> Bool {
    guard passed == other.passed else { return !passed }
    return ratio == other.ratio ? (worstError ?? 0) > (other.worstError ?? 0) : ratio > other.ratio
  }

  /// This result and another one of the same check as one: the worse of the two, for all their points.
  func joined(with other: CheckResult) -> CheckResult {
    let worse = other.isWorse(than: self) ? other : self
    return CheckResult(
      kind: kind, component: component, check: check, worstError: worse.worstError, tolerance: worse.tolerance,
      explanation: worse.explanation, points: points + other.points, violations: violations + other.violations)
  }

  /// The same result with a failure in other words.
  func explained(_ words: (String) -> String) -> CheckResult {
    CheckResult(
      kind: kind, component: component, check: check, worstError: worstError, tolerance: tolerance,
      explanation: explanation.map(words), points: points, violations: violations)
  }

  /// The explanation, and how often the check failed.
  var report: String? {
    guard let explanation, points > 1 else { return explanation }
    let shown = violations == 1 ? "" : worstError == nil ? "; the first is shown" : "; the worst is shown"
    return "\(explanation)\nfails at \(violations.grouped) of \(points.grouped) points\(shown)"
  }
}

extension CheckResult: CustomStringConvertible {
  /// The result in one line, and the explanation of a failure below.
  public var description: String {
    let measured = worstError.flatMap { error in tolerance.map { ", error \(error.short) of \($0.short)" } } ?? ""
    let line = "\(passed ? "✓" : "✗") \(kind) \(component): \(check)\(measured)"
    return report.map { "\(line)\n  " + $0.replacing("\n", with: "\n  ") } ?? line
  }
}
