import GliaCore

extension Loss {
  /// Random samples with targets that the loss accepts: probabilities if it rejects other values.
  func samples(_ range: LossSamples.Range, rows: Int = 3, width: Int, seed: UInt64 = 11) -> LossSamples {
    let samples = LossSamples(
      targetEncoding, range: range, rows: rows, width: width, targets: targetCount(outputs: width), seed: seed)
    return accepts(samples.target, rows: rows, classes: width) ? samples : samples.normalized
  }

  /// Whether the loss accepts these targets.
  func accepts(_ target: [Float], rows: Int, classes: Int) -> Bool {
    (try? checkTargets(Tensor(shape: [rows, target.count / max(rows, 1)], target), classes: classes)) != nil
  }

  /// The number of targets per sample that the loss accepts for `outputs` outputs; nil if it accepts none.
  ///
  /// It is the same number if possible; for numbers, it may be lower, as in a loss of a predicted mean and variance.
  func targetCount(outputs: Int) -> Int? {
    switch targetEncoding {
    case .values: (1...outputs).reversed().first { accepts(outputs, targets: $0, width: outputs) }
    case .binary, .oneHot: accepts(outputs, targets: outputs, width: outputs) ? outputs : nil
    case .index: accepts(outputs, targets: 1, width: outputs) ? 1 : nil
    }
  }

  /// Whether the loss accepts these widths for classes that require `width` outputs.
  private func accepts(_ outputs: Int, targets: Int, width: Int) -> Bool {
    let classes = targetEncoding == .index || targetEncoding == .oneHot ? width : 0
    return (try? checkWidths(outputs: outputs, targets: targets, classes: classes)) != nil
  }

  /// Returns a number of outputs that the loss accepts, after checking that it rejects invalid widths.
  func checkWidths(_ found: inout Findings) -> Int? {
    for width in [4, 1, 2] {
      guard let targets = targetCount(outputs: width) else { continue }
      let wrong = [width + 1, width + 3].first { accepts($0, targets: targets, width: width) }
      found.expect(
        "widths", wrong == nil,
        "checkWidths(outputs:targets:classes:) accepts both \(width) and \(wrong ?? 0) outputs for targets of width "
          + "\(targets)")
      return width
    }
    found.fail(
      "widths", "checkWidths(outputs:targets:classes:) rejects 4, 1 and 2 outputs for as many or fewer targets")
    return nil
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
