import GliaCore

/// Formats results as a table for the terminal, followed by explanations of failures.
///
/// - Parameters:
///   - results: the results of the checks.
///   - isDetailed: whether every check has its own row; otherwise, each component has one row, for the check that came
///     closest to its tolerance.
public func checkTable(_ results: [CheckResult], isDetailed: Bool = true) -> String {
  let shown = isDetailed ? results.map { ($0, $0.check) } : worstOfEach(results)
  let rows = shown.map { result, check in
    [
      "\(result.kind)", result.component, check.count > 42 ? check.prefix(41) + "…" : check,
      result.worstError?.brief ?? "", result.tolerance?.brief ?? "", result.passed ? "✓" : "✗",
    ]
  }
  let table = TextTable(
    header: ["kind", "component", isDetailed ? "check" : "checks", "error", "tolerance", ""],
    alignment: [.left, .left, .left, .right, .right, .left], rows: rows)
  let failed = results.filter { !$0.passed }
  let components = Set(results.map { "\($0.kind) \($0.component)" }).count
  let summary =
    "\(results.count.counted("check")) of \(components.counted("component")): "
    + (failed.isEmpty ? "all passed" : "\(failed.count.grouped) failed")
  let explanations = failed.compactMap { result in
    result.report.map {
      "✗ \(result.kind) \(result.component), \(result.check)\n  " + $0.replacing("\n", with: "\n  ")
    }
  }
  return ([table.description, summary] + explanations).joined(separator: "\n\n")
}

/// One row per component: the number of checks, and the worst of them.
private func worstOfEach(_ results: [CheckResult]) -> [(CheckResult, String)] {
  var order: [String] = []
  var groups: [String: [CheckResult]] = [:]
  for result in results {
    let key = "\(result.kind) \(result.component)"
    if groups[key] == nil { order.append(key) }
    groups[key, default: []].append(result)
  }
  return order.compactMap { key in
    let group = groups[key] ?? []
    let worst = group.reduce(group.first) { worst, next in worst.map { next.isWorse(than: $0) ? next : $0 } }
    return worst.map { ($0, "\(group.count)" + ($0.ratio == 0 && $0.passed ? "" : ", worst: \($0.check)")) }
  }
}
