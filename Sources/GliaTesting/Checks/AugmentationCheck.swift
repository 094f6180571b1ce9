import GliaCore

/// Checks an augmentation: it draws new random numbers each time, only from the given generator, and gives finite inputs
/// and valid targets.
///
/// - Parameters:
///   - augmentation: the augmentation.
///   - registry: the registry for components among its settings.
public func checkAugmentation(_ augmentation: any Augmentation, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(augmentation)
  guard found.checkSettings(of: augmentation, registry) else { return found.results }
  let encodings: [TargetEncoding] = [
    .values, .oneHot, .index, .binary(negative: 0, positive: 1), .binary(negative: -1, positive: 1),
  ]
  let accepted = encodings.filter { (try? augmentation.checkEncoding($0)) != nil }
  found.expect("targets", !accepted.isEmpty, "no encoding of targets is accepted")
  for encoding in accepted {
    for rows in [1, 2, 9] {
      let samples = LossSamples(encoding, range: .wide, rows: rows, width: 4, seed: 17)
      let batch = AugmentedBatch(inputs: samples.prediction, targets: samples.target, rows: rows)
      let outcomes = (0..<20).map { batch.applied(augmentation, seed: $0) }
      let again = batch.applied(augmentation, seed: 0)
      found.expect(
        "same generator, same bits",
        outcomes[0].inputs.hasSameBits(as: again.inputs) && outcomes[0].targets.hasSameBits(as: again.targets),
        "the same generator gives a different batch\nlikely cause: numbers are not drawn from it")
      for outcome in outcomes { outcome.checkTargets(encoding, of: batch, &found) }
      if rows > 2 {
        found.expect(
          "new random numbers", outcomes.contains { !$0.inputs.hasSameBits(as: outcomes[0].inputs) },
          "20 generators all give the same batch\nlikely cause: it does not draw from the generator")
        let many = outcomes + (20..<200).map { batch.applied(augmentation, seed: $0) }
        let idle = (0..<rows).first { row in
          many.allSatisfy { $0.inputs.row(row, width: 4).hasSameBits(as: batch.inputs.row(row, width: 4)) }
        }
        found.expect(
          "every sample", idle == nil,
          "sample \(idle ?? 0) of \(rows) did not change 200 times\nlikely cause: a loop over only part of the batch")
      }
    }
  }
  found.checkEffects(of: augmentation, registry) { augmentation in
    let samples = LossSamples(accepted.first ?? .values, range: .wide, rows: 9, width: 4, seed: 17)
    let batch = AugmentedBatch(inputs: samples.prediction, targets: samples.target, rows: 9)
    return (0..<8).flatMap { batch.applied(augmentation, seed: $0).inputs }
  }
  return found.results
}

/// A batch with four values per sample.
private struct AugmentedBatch {
  var inputs: [Float]
  var targets: [Float]
  let rows: Int

  func applied(_ augmentation: any Augmentation, seed: UInt64) -> AugmentedBatch {
    var (inputs, targets) = (inputs, targets)
    var inputSpan = inputs.mutableSpan
    var targetSpan = targets.mutableSpan
    var random = Random(seed: seed)
    augmentation.apply(inputs: &inputSpan, targets: &targetSpan, rows: rows, using: &random)
    return AugmentedBatch(inputs: inputs, targets: targets, rows: rows)
  }

  /// Checks that values are finite, classes remain classes, and probabilities still sum to 1.
  func checkTargets(_ encoding: TargetEncoding, of batch: AugmentedBatch, _ found: inout Findings) {
    found.expect(
      "finite", inputs.firstNotFinite == nil && targets.firstNotFinite == nil,
      "finite inputs or targets become nonfinite")
    let largest = batch.inputs.map(\.magnitude).max() ?? 0
    let grown = inputs.map(\.magnitude).max() ?? 0
    found.expect(
      "size of inputs", !(grown > 1000 * largest),
      "inputs of at most \(largest) become as large as \(grown)\nlikely cause: a factor instead of a shift")
    let (low, high) = (batch.targets.min() ?? 0, batch.targets.max() ?? 0)
    found.expect(
      "targets", targets.allSatisfy { $0 >= low - 1e-6 && $0 <= high + 1e-6 },
      "targets from \(low) to \(high) leave that range\nlikely cause: noise on targets")
    if encoding == .index {
      found.expect(
        "targets", targets.allSatisfy { $0 == $0.rounded() },
        "a class index is not an integer\nlikely cause: checkEncoding(_:) should reject class indices")
    }
    if encoding == .oneHot {
      let sums = (0..<rows).map { targets.row($0, width: 4).reduce(0, +) }
      found.compare(
        "probabilities sum to 1", sums, [Float](repeating: 1, count: rows), within: .rounding, got: "their sum is",
        wanted: "expected", at: { "sample \($0)" })
    }
  }
}
