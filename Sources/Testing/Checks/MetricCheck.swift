import GliaCore

/// Checks a metric: finite values within their range, the best one for perfect predictions, and no regard for the order of
/// the samples.
///
/// - Parameters:
///   - metric: the metric.
///   - registry: where components among its settings are found.
public func checkMetric(_ metric: any Metric, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(metric)
  guard found.checkSettings(of: metric, registry) else { return found.results }
  let encodings: [TargetEncoding] = [
    .values, .binary(negative: 0, positive: 1), .binary(negative: -1, positive: 1), .oneHot, .index,
  ]
  let accepted = encodings.filter { (try? metric.check($0)) != nil }
  found.expect("targets", !accepted.isEmpty, "check(_:) refuses every encoding of targets")
  for encoding in accepted { metric.check(encoding, &found) }
  return found.results
}

extension Metric {
  fileprivate func check(_ encoding: TargetEncoding, _ found: inout Findings) {
    let width = encoding == .oneHot || encoding == .index ? 3 : 1
    let samples = LossSamples(encoding, range: .probabilities, rows: 24, width: width, seed: 31)
    let perfect = samples.perfect(encoding)
    let (best, random) = (value(perfect, samples, encoding), value(samples.prediction, samples, encoding))
    // Away from the targets, and for classes on the wrong side.
    let worst = value(perfect.map { encoding == .values ? $0 + 1 : 2 * encoding.threshold - $0 }, samples, encoding)
    for value in [best, random, worst] {
      found.expect(
        "range", value.isFinite && (unit != "%" || (0...1).contains(value)),
        "the value is \(value) for \(encoding), not \(unit == "%" ? "from 0 to 1" : "finite")")
    }
    found.expect(
      "better direction", higherIsBetter ? best > worst && best >= random : best < worst && best <= random,
      "perfect predictions have \(best.short), random ones \(random.short) and wrong ones \(worst.short) for \(encoding), "
        + "but \(higherIsBetter ? "higher" : "lower") is said to be better")
    let order = Array((0..<samples.rows).reversed())
    let reversed = value(
      order.flatMap { samples.row($0).prediction }, order.flatMap { samples.row($0).target }, samples.rows, encoding)
    found.compare(
      "order of samples", [reversed], [random], within: .rounding, got: "in reverse order the value is",
      wanted: "before",
      at: { _ in "\(samples.rows) samples" })
  }

  private func value(_ predictions: [Float], _ samples: LossSamples, _ encoding: TargetEncoding) -> Double {
    value(predictions, samples.target, samples.rows, encoding)
  }

  private func value(_ predictions: [Float], _ targets: [Float], _ rows: Int, _ encoding: TargetEncoding) -> Double {
    value(predictions.span, targets.span, rows: rows, encoding: encoding)
  }
}

extension LossSamples {
  /// Predictions that are the targets.
  fileprivate func perfect(_ encoding: TargetEncoding) -> [Float] {
    guard encoding == .index else { return target }
    return target.flatMap { right in (0..<width).map { Float($0) == right ? 1 : 0 } }
  }
}
