import GliaCore

/// Checks a metric with every target encoding that it accepts: values are finite and within range, perfect predictions
/// score best, the order and number of samples have no effect, sample weights, a single sample, extreme predictions, and
/// settings.
///
/// - Parameters:
///   - metric: the metric.
///   - registry: the registry for components among its settings.
public func checkMetric(_ metric: any Metric, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(metric)
  guard found.checkSettings(of: metric, registry) else { return found.results }
  let cases: [(encoding: TargetEncoding, outputs: Int)] = [
    (.values, 1), (.values, 3), (.binary(negative: 0, positive: 1), 1), (.binary(negative: 0, positive: 1), 3),
    (.binary(negative: -1, positive: 1), 1), (.oneHot, 2), (.oneHot, 8), (.index, 2), (.index, 8),
  ]
  let accepted = cases.filter { metric.accepts($0.encoding, outputs: $0.outputs) }
  found.expect("targets", !accepted.isEmpty, "checkEncoding(_:) rejects every target encoding")
  for (encoding, outputs) in accepted { metric.check(encoding, outputs, &found) }
  found.checkEffects(of: metric, registry) { metric in
    accepted.flatMap { encoding, outputs in metric.fingerprint(encoding, outputs) }
  }
  return found.results
}

extension Metric {
  fileprivate func accepts(_ encoding: TargetEncoding, outputs: Int) -> Bool {
    do {
      try checkEncoding(encoding)
      try checkWidths(outputs: outputs, targets: encoding == .index ? 1 : outputs, encoding: encoding)
      return true
    } catch { return false }
  }

  fileprivate func check(_ encoding: TargetEncoding, _ width: Int, _ found: inout Findings) {
    let samples = LossSamples(encoding, range: .probabilities, rows: 24, width: width, seed: 31)
    let perfect = samples.perfect(encoding)
    let (best, random) = (value(perfect, samples, encoding), value(samples.prediction, samples, encoding))
    // Predictions mirrored about the middle; for classes, on the wrong side.
    let worst = value(perfect.map { 2 * encoding.threshold - $0 }, samples, encoding)
    for value in [best, random, worst] {
      found.expect(
        "range", value.isFinite && (unit != "%" || (0...1).contains(value)),
        "the value is \(value) for \(encoding), not \(unit == "%" ? "from 0 to 1" : "finite")")
    }
    // In the top k of two classes, every prediction is correct.
    let isDecided = best != worst || width > 2 || ![.oneHot, .index].contains(encoding)
    found.expect(
      "better direction",
      !isDecided || (higherIsBetter ? best > worst && best >= random : best < worst && best <= random),
      "perfect predictions have \(best.short), random ones \(random.short) and wrong ones \(worst.short) for \(encoding), "
        + "but \(higherIsBetter ? "higher" : "lower") is declared to be better")
    let order = Array((0..<samples.rows).reversed())
    let reversed = value(
      order.flatMap { samples.row($0).prediction }, order.flatMap { samples.row($0).target }, samples.rows, encoding)
    found.compare(
      "sample order", [reversed], [random], within: .rounding, got: "in reverse order the value is",
      wanted: "in order",
      at: { _ in "\(samples.rows) samples" })
    let (predictions, targets) = (samples.prediction, samples.target)
    let twice = value(predictions + predictions, targets + targets, 2 * samples.rows, encoding)
    // The tolerance allows for corrections for the number of samples.
    found.compare(
      "number of samples", [twice], [random], within: Tolerance(absolute: 0.05, relative: 0.3),
      got: "with every sample twice the value is", wanted: "once", cause: "a sum instead of a mean",
      at: { _ in "\(samples.rows) samples, \(encoding)" })
    // Their sum must differ from the number of samples, or a metric that divides by that would pass by accident.
    let times = [0, 1, 3]
    let weights = (0..<samples.rows).map { Float(times[$0 % 3]) }
    let repeated = (0..<samples.rows).flatMap { row in [Int](repeating: row, count: times[row % 3]) }
    found.compare(
      "weights", [value(predictions, targets, samples.rows, encoding, weights: weights)],
      [
        value(
          repeated.flatMap { samples.row($0).prediction }, repeated.flatMap { samples.row($0).target }, repeated.count,
          encoding)
      ], within: .values, got: "with weights 0, 1 and 3 the value is",
      wanted: "with samples omitted, once and three times",
      cause: "weights are ignored, or not normalized", at: { _ in "\(samples.rows) samples, \(encoding)" })
    let alone = samples.row(0)
    let single = value(alone.prediction, alone.target, 1, encoding)
    found.expect("one sample", !single.isInfinite, "the value of one sample is \(single) for \(encoding)")
    if encoding == .values {
      let far = value(perfect.indices.map { $0.isMultiple(of: 2) ? 1e30 : -1e30 }, samples, encoding)
      found.expect("extremes", far.isFinite, "the value is \(far) for predictions of 1e30")
    }
  }

  fileprivate func fingerprint(_ encoding: TargetEncoding, _ width: Int) -> [Float] {
    let samples = LossSamples(encoding, range: .probabilities, rows: 24, width: width, seed: 58)
    let others = samples.prediction.map { 0.5 + 10 * ($0 - 0.5) }
    return [samples.prediction, others].map { Float(value($0, samples, encoding)) }
  }

  private func value(_ predictions: [Float], _ samples: LossSamples, _ encoding: TargetEncoding) -> Double {
    value(predictions, samples.target, samples.rows, encoding)
  }

  private func value(
    _ predictions: [Float], _ targets: [Float], _ rows: Int, _ encoding: TargetEncoding, weights: [Float]? = nil
  ) -> Double {
    let measured = try? Predictions(predictions, targets: targets, rows: rows, encoding: encoding, weights: weights)
    return measured.map { value(of: $0) } ?? .nan
  }
}

extension LossSamples {
  /// Predictions equal to the targets.
  fileprivate func perfect(_ encoding: TargetEncoding) -> [Float] {
    guard encoding == .index else { return target }
    return target.flatMap { right in (0..<width).map { Float($0) == right ? 1 : 0 } }
  }
}
