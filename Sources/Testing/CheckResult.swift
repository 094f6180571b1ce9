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
  /// Component, point, values and likely cause, if the check failed; nil if it passed.
  public let explanation: String?

  /// Whether the component is as it should be.
  public var passed: Bool { explanation == nil }

  /// A finding; it counts as passed if there is no explanation.
  public init(
    kind: ComponentKind, component: String, check: String, worstError: Double? = nil, tolerance: Double? = nil,
    explanation: String? = nil
  ) {
    self.kind = kind
    self.component = component
    self.check = check
    self.worstError = worstError
    self.tolerance = tolerance
    self.explanation = explanation
  }

  /// The error as a multiple of what is tolerated; 0 where nothing is measured.
  var ratio: Double {
    guard let worstError, let tolerance else { return 0 }
    return worstError.isNaN ? .infinity : worstError == 0 ? 0 : worstError / tolerance
  }

  /// Whether this result says more than another one of the same check: a failure, or the larger error.
  func isWorse(than other: CheckResult) -> Bool {
    passed == other.passed ? ratio > other.ratio : !passed
  }
}

extension CheckResult: CustomStringConvertible {
  /// The result in one line, and the explanation of a failure below.
  public var description: String {
    let measured = worstError.flatMap { error in tolerance.map { ", error \(error.short) of \($0.short)" } } ?? ""
    let line = "\(passed ? "✓" : "✗") \(kind) \(component): \(check)\(measured)"
    return explanation.map { "\(line)\n  " + $0.replacing("\n", with: "\n  ") } ?? line
  }
}
