import GliaCore

/// Collects the results for one component; several results of the same check are combined into the worst one.
struct Findings {
  let kind: ComponentKind
  let component: String
  private(set) var results: [CheckResult] = []

  init(_ kind: ComponentKind, _ component: String) { (self.kind, self.component) = (kind, component) }
  init(_ component: any Component) { self.init(type(of: component).kind, type(of: component).name) }

  /// Records a pass if `isRight`, or else a failure.
  mutating func expect(_ check: String, _ isRight: Bool, _ explanation: @autoclosure () -> String) {
    note(check, explanation: isRight ? nil : withCause("\(component): \(explanation())", of: check))
  }

  /// Records a failure if `body` throws.
  mutating func expectNoError(_ check: String, _ body: (inout Findings) throws -> Void) {
    do {
      try body(&self)
      note(check)
    } catch { fail(check, "\(error)") }
  }

  /// Records a failure.
  mutating func fail(_ check: String, _ explanation: String) { expect(check, false, explanation) }

  /// Compares values with expected values.
  ///
  /// - Parameters:
  ///   - got: the source of the values, such as `the pullback gives`.
  ///   - wanted: the source of the expected values, such as `central differences give`.
  ///   - cause: the most likely cause of a difference.
  ///   - point: describes the point of value `i`.
  mutating func compare(
    _ check: String, _ numbers: [Double], _ expected: [Double], within tolerance: Tolerance, got: String = "got",
    wanted: String = "expected", cause: String = "", at point: (Int) -> String = { "value \($0)" }
  ) {
    guard numbers.count == expected.count else {
      return fail(check, "\(check): \(got) \(numbers.count) values, \(wanted) \(expected.count)")
    }
    guard !numbers.isEmpty else { return note(check) }
    var worst = CheckResult(kind: kind, component: component, check: check)
    var (place, violations) = (0, 0)
    for (i, (number, right)) in zip(numbers, expected).enumerated() {
      let error = number == right || (number.isNaN && right.isNaN) ? 0 : (number - right).magnitude
      let allowed = tolerance.allowed(around: right)
      let isRight = error == 0 || error <= allowed
      let result = CheckResult(
        kind: kind, component: component, check: check, worstError: error, tolerance: allowed,
        explanation: isRight ? nil : "")
      violations += isRight ? 0 : 1
      if i == 0 || result.isWorse(than: worst) { (worst, place) = (result, i) }
    }
    let (number, right) = (numbers[place], expected[place])
    let hint = cause.isEmpty ? "" : "\nlikely cause: \(cause)"
    let (error, allowed) = (worst.worstError ?? 0, worst.tolerance ?? 0)
    let text =
      "\(component): \(check) at \(point(place)): \(got) \(number.short), \(wanted) \(right.short), "
      + "off by \(error.short)\(error.share(of: right)), \(allowed.short) allowed\(hint)"
    add(
      CheckResult(
        kind: kind, component: component, check: check, worstError: error, tolerance: allowed,
        explanation: worst.passed ? nil : withCause(text, of: check), points: numbers.count, violations: violations))
  }

  /// Compares single-precision values with expected values.
  mutating func compare(
    _ check: String, _ numbers: [Float], _ expected: [Float], within tolerance: Tolerance, got: String = "got",
    wanted: String = "expected", cause: String = "", at point: (Int) -> String = { "value \($0)" }
  ) {
    compare(
      check, numbers.map(Double.init), expected.map(Double.init), within: tolerance, got: got, wanted: wanted,
      cause: cause, at: point)
  }

  /// Adds results for the same component.
  mutating func add(_ others: [CheckResult]) { for result in others { add(result) } }

  private mutating func note(_ check: String, explanation: String? = nil) {
    add(CheckResult(kind: kind, component: component, check: check, explanation: explanation))
  }

  private mutating func add(_ result: CheckResult) {
    guard let known = results.firstIndex(where: { $0.check == result.check }) else { return results.append(result) }
    results[known] = results[known].joined(with: result)
  }
}
