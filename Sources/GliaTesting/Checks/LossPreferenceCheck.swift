import GliaCore

extension Loss {
  /// Checks that correct predictions have a lower loss than wrong ones.
  func checkPreference(_ width: Int, _ found: inout Findings) {
    guard prefersTargets else { return }
    // Predictions for a class of weight 0 all have the same loss.
    let weights = ((try? JSON(part: self))?["class_weights"]?.array ?? []).compactMap(\.double)
    guard !weights.contains(0) else { return }
    switch targetEncoding {
    case .values:
      let targets = targetCount(outputs: width)
      guard targets == width else {
        return found.fail(
          "correct predictions preferred",
          "\(width) outputs for \(targets ?? 0) targets cannot equal their targets; set prefersTargets to false")
      }
      checkNumbers(width, &found)
    case .binary(let negative, let positive):
      for (right, wrong) in [(negative, positive), (positive, negative)] {
        let target = [Float](repeating: right, count: width)
        let sure = target.map { _ in 0.9 * right + 0.1 * wrong }
        for column in 0..<width {
          var mistaken = sure
          mistaken[column] = 0.1 * right + 0.9 * wrong
          checkBetter(sure, mistaken, target, "output \(column) of \(width) for target \(right)", &found)
        }
      }
    case .oneHot, .index:
      for right in 0..<width where width > 1 {
        func sure(_ column: Int) -> [Float] {
          (0..<width).map { $0 == column ? 0.7 : 0.3 / Float(width - 1) }
        }
        let target = targetEncoding == .index ? [Float(right)] : (0..<width).map { $0 == right ? 1 : 0 }
        for wrong in 0..<width where wrong != right {
          checkBetter(sure(right), sure(wrong), target, "class \(wrong) instead of class \(right)", &found)
        }
      }
    }
  }

  private func checkBetter(
    _ right: [Float], _ wrong: [Float], _ target: [Float], _ mistake: String, _ found: inout Findings
  ) {
    let (low, high) = (value(right, target, rows: 1), value(wrong, target, rows: 1))
    found.expect(
      "correct predictions preferred", low < high,
      "\(mistake): the wrong predictions \(wrong) have the loss \(high), the correct ones \(right) \(low)\n"
        + "likely cause: classes are swapped or omitted, or the sign is wrong; "
        + "if this is intended, set prefersTargets to false")
  }

  /// Checks that no prediction, near or far, is better than the target, and that every output affects the loss.
  private func checkNumbers(_ width: Int, _ found: inout Findings) {
    for seed: UInt64 in 20..<24 {
      let samples = samples(.probabilities, rows: 1, width: width, seed: seed)
      let target = samples.target
      let (least, gradient) = valueAndGradient(target, target, rows: 1)
      found.expect(
        "finite at the target", least.isFinite && gradient.firstNotFinite == nil,
        "a prediction that equals its target \(target) has the value \(least) and the gradient \(gradient)\n"
          + "likely cause: ln 0, 0 / 0 or the slope of √ at 0")
      guard least.isFinite else { continue }
      // Probabilities can only be compared with others that sum to 1.
      let isFree = accepts(target.map { 2 * $0 }, rows: 1, classes: width)
      let tests = isFree ? moved(target) : [(samples.prediction.normalized(width: width), "")]
      let values = tests.map { value($0.prediction, target, rows: 1) }
      // A loss may be undefined outside of its domain.
      let known = tests.indices.filter { !values[$0].isNaN }
      found.compare(
        "minimum at the target", known.map { Double(values[$0]) }, known.map { Double(max(values[$0], least)) },
        within: Tolerance(absolute: 1e-6, relative: 1e-5), got: "the value is", wanted: "at the target itself it is",
        cause: "a wrong sign, a target that is ignored, or no lower bound; "
          + "if the minimum is elsewhere, set prefersTargets to false",
        at: { "prediction \(tests[known[$0]].prediction) for target \(target)" })
      for column in 0..<width where isFree {
        let rises = tests.indices.contains { tests[$0].column == "\(column)" && values[$0] > least + 1e-6 }
        found.expect(
          "every output matters", rises,
          "output \(column) of \(width) moves from its target by up to 100, and the value never rises from \(least)\n"
            + "likely cause: a loop over only part of the outputs, or predictions that are ignored")
      }
    }
  }

  /// The target with one value, or all values, shifted up and down by small and large amounts.
  private func moved(_ target: [Float]) -> [(prediction: [Float], column: String)] {
    let distances: [Float] = [0.001, 0.01, 0.1, 0.5, 1, 3, 10, 100].flatMap { [$0, -$0] }
    return distances.flatMap { distance in
      target.indices.map { (target.moving($0, by: Double(distance)), "\($0)") }
        + [(target.map { $0 + distance }, "all")]
    }
  }
}
