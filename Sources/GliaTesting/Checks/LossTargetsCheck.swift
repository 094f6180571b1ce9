import GliaCore

extension Loss {
  /// Random samples with targets that the loss accepts: probabilities if it rejects other values.
  func samples(_ range: LossSamples.Range, rows: Int = 3, width: Int, seed: UInt64 = 11) -> LossSamples {
    let samples = LossSamples(targetEncoding, range: range, rows: rows, width: width, seed: seed)
    return accepts(samples.target, rows: rows, classes: width) ? samples : samples.normalized
  }

  /// Whether the loss accepts these targets.
  func accepts(_ target: [Float], rows: Int, classes: Int) -> Bool {
    (try? checkTargets(Tensor(shape: [rows, target.count / max(rows, 1)], target), classes: classes)) != nil
  }

  /// Returns a width that the loss accepts, after checking that it rejects invalid widths.
  func checkWidths(_ found: inout Findings) -> Int? {
    func accepts(_ outputs: Int, _ width: Int) -> Bool {
      let classes = targetEncoding == .index || targetEncoding == .oneHot ? width : 0
      return (try? checkWidths(outputs: outputs, targets: targetEncoding == .index ? 1 : width, classes: classes))
        != nil
    }
    guard let width = [4, 1, 2].first(where: { accepts($0, $0) }) else {
      found.fail(
        "widths", "checkWidths(outputs:targets:classes:) rejects 4, 1 and 2 outputs for the same number of targets")
      return nil
    }
    let wrong = [width + 1, width + 3].first { accepts($0, width) }
    found.expect(
      "widths", wrong == nil,
      "checkWidths(outputs:targets:classes:) accepts \(wrong ?? 0) outputs for targets of width \(width)")
    return width
  }

  /// Checks that the loss accepts targets in its own encoding, and no others.
  func checkTargets(_ width: Int, _ laws: Set<LossLaw>, _ found: inout Findings) {
    let target = samples(.probabilities, width: width).target
    found.expect(
      "targets", accepts(target, rows: 3, classes: width),
      "checkTargets(_:classes:) rejects \(target), which match targetEncoding")
    var wrong: [[Float]] = []
    func replaceFirst(_ values: Float...) { wrong += values.map { [$0] + target.dropFirst() } }
    switch targetEncoding {
    case .values: break
    case .binary(let negative, let positive): replaceFirst(negative - 1, positive + 1, .nan)
    case .oneHot: replaceFirst(-1, .nan)
    case .index: replaceFirst(-1, 0.5, Float(width), .nan)
    }
    if laws.contains(.distributions) {
      replaceFirst(-1, .nan)
      wrong += [target.map { 2 * $0 }, target.map { 0.99 * $0 }]
    }
    let passed = wrong.first { accepts($0, rows: 3, classes: width) }
    found.expect(
      "targets", passed == nil, "checkTargets(_:classes:) accepts \(passed ?? []) for \(width) outputs")
  }
}
