import GliaCore

/// Checks a loss: its gradient against central differences of its value, means over samples, weights, agreement with its
/// form for logits, extremes, and that it refuses widths that do not fit.
///
/// - Parameters:
///   - loss: the loss.
///   - registry: where components among its settings are found.
public func checkLoss(_ loss: any Loss, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(loss)
  guard found.checkSettings(of: loss, registry) else { return found.results }
  guard let width = loss.checkWidths(&found) else { return found.results }
  loss.checkEvaluation(width, "", [.probabilities, .wide], &found)
  for link in [Link.identity, .logistic, .softmax] {
    guard let fused = loss.fromLogits(of: link) else { continue }
    fused.checkEvaluation(width, ", from \(link.name) logits", [.wide], &found)
    loss.checkFused(fused, link, width, &found)
  }
  if loss.targetEncoding.isClassification, loss.targetEncoding.threshold == 0.5 { loss.checkCertainty(width, &found) }
  return found.results
}

extension Loss {
  private func samples(_ range: LossSamples.Range, rows: Int = 3, width: Int, seed: UInt64 = 11) -> LossSamples {
    LossSamples(targetEncoding, range: range, rows: rows, width: width, seed: seed)
  }

  /// Returns a width that the loss accepts, after trying some that it must not.
  fileprivate func checkWidths(_ found: inout Findings) -> Int? {
    func accepts(_ outputs: Int, _ width: Int) -> Bool {
      let classes = targetEncoding == .index || targetEncoding == .oneHot ? width : 0
      return (try? check(outputs: outputs, targets: targetEncoding == .index ? 1 : width, classes: classes)) != nil
    }
    guard let width = [4, 1, 2].first(where: { accepts($0, $0) }) else {
      found.fail("widths", "check(outputs:targets:classes:) refuses 4, 1 and 2 outputs for as many targets")
      return nil
    }
    let wrong = [width + 1, width + 3].first { accepts($0, width) }
    found.expect(
      "widths", wrong == nil,
      "check(outputs:targets:classes:) lets \(wrong ?? 0) outputs pass for targets of width \(width)")
    return width
  }

  /// Value, gradient, means and weights.
  fileprivate func checkEvaluation(_ width: Int, _ form: String, _ ranges: [LossSamples.Range], _ found: inout Findings)
  {
    for range in ranges {
      let samples = samples(range, width: width)
      let (value, gradient) = valueAndGradient(samples.prediction, samples.target, rows: 3)
      // Outside of its domain, as the logarithm of a negative number is, a loss need not have a value.
      if range == .wide, ranges.count > 1, !value.isFinite { continue }
      found.expect(
        "finite\(form)", value.isFinite && gradient.firstNotFinite == nil,
        "the value is \(value), the gradient \(gradient)")
      found.compare(
        "value without gradient\(form)", [self.value(samples.prediction, samples.target, rows: 3)], [value],
        within: .rounding, got: "without a gradient the value is", wanted: "with one", at: { _ in "the whole batch" })
      if let formula = self as? any ElementwiseLoss {
        let isPrecise = range == .probabilities || targetEncoding.isClassification
        formula.checkFormula(samples, gradient, value, isPrecise: isPrecise, form, &found)
      } else {
        checkGradient(samples, gradient, form, &found)
      }
      checkMeans(samples, gradient, value, form, &found)
    }
  }

  private func checkGradient(_ samples: LossSamples, _ gradient: [Float], _ form: String, _ found: inout Findings) {
    let slopes = samples.prediction.indices.map { i in
      slope(floatWidths, within: .slopes) {
        Double(value(samples.prediction.moving(i, by: $0), samples.target, rows: samples.rows))
      }
    }
    found.compareSlopes(
      "gradient\(form)", gradient.doubles, slopes, within: .slopes, got: "the gradient is",
      wanted: "central differences of the value give", cause: "a wrong factor, such as a missing 1 / n",
      at: { "row \($0 / samples.width), output \($0 % samples.width), prediction \(samples.prediction[$0])" })
  }

  /// The value is the mean over samples; weights multiply their terms.
  private func checkMeans(
    _ samples: LossSamples, _ gradient: [Float], _ value: Float, _ form: String, _ found: inout Findings
  ) {
    let alone = (0..<samples.rows).map { row in
      let (prediction, target) = samples.row(row)
      return Double(self.value(prediction, target, rows: 1))
    }
    let rows = Double(samples.rows)
    let tolerance = Tolerance(absolute: 1e-6, relative: 1e-5)
    found.compare(
      "mean over samples\(form)", [Double(value)], [alone.reduce(0, +) / rows], within: tolerance,
      got: "the batch has the value", wanted: "the mean of its samples is",
      cause: "a sum in place of a mean, or 1 / n twice",
      at: { _ in "\(samples.rows) samples" })
    let weights: [Float] = [0.5, 2, 0]
    let weighted = valueAndGradient(samples.prediction, samples.target, weights: weights, rows: samples.rows)
    found.compare(
      "weights\(form)", [Double(weighted.value)], [zip(alone, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / rows],
      within: tolerance, got: "the weighted value is", wanted: "the weighted mean is",
      cause: "weights are ignored, or divided by their sum", at: { _ in "weights \(weights)" })
    found.compare(
      "weights\(form)", weighted.gradient.doubles,
      gradient.indices.map { Double(gradient[$0]) * Double(weights[$0 / samples.width]) }, within: tolerance,
      got: "the weighted gradient is", wanted: "weight times gradient is", cause: "weights are missing in the gradient",
      at: { "row \($0 / samples.width), weight \(weights[$0 / samples.width])" })
  }

  /// From logits the loss is what it is of the activation's outputs, and stays finite for any logits.
  fileprivate func checkFused(_ fused: any Loss, _ link: Link, _ width: Int, _ found: inout Findings) {
    let form = ", from \(link.name) logits"
    let samples = samples(.wide, width: width, seed: 12)
    guard let output = link.inverse(samples.prediction.doubles, width: width) else { return }
    let direct = valueAndGradient(output.floats, samples.target, rows: 3)
    let (value, gradient) = fused.valueAndGradient(samples.prediction, samples.target, rows: 3)
    let tolerance = Tolerance(absolute: 1e-5, relative: 1e-4)
    found.compare(
      "agrees\(form)", [Double(value)], [Double(direct.value)], within: tolerance, got: "from logits the value is",
      wanted: "from outputs", cause: "a setting that fromLogits(of:) does not hand on", at: { _ in "the whole batch" })
    found.compare(
      "agrees\(form)", gradient.doubles, link.pullback(direct.gradient.doubles, output: output, width: width),
      within: tolerance, got: "from logits the gradient is", wanted: "from outputs by the chain rule",
      cause: "a wrong gradient from logits", at: { "row \($0 / width), z = \(samples.prediction[$0])" })
    for size: Float in [100, 1000] {
      for sign: Float in [1, -1] {
        let logits = samples.prediction.indices.map { $0 % 2 == 0 ? sign * size : -sign * size }
        let extreme = fused.valueAndGradient(logits, samples.target, rows: 3)
        found.expect(
          "extremes\(form)", extreme.value.isFinite && extreme.gradient.firstNotFinite == nil,
          "logits of ±\(size) have the value \(extreme.value) and the gradient \(extreme.gradient)\n"
            + "likely cause: an exponential overflows")
      }
    }
  }

  /// Probabilities of exactly 0 and 1, the wrong ones too, are clipped.
  fileprivate func checkCertainty(_ width: Int, _ found: inout Findings) {
    let samples = samples(.probabilities, width: width)
    for first: Float in [0, 1] {
      let certain = samples.prediction.indices.map { $0 % 2 == 0 ? first : 1 - first }
      let (value, gradient) = valueAndGradient(certain, samples.target, rows: 3)
      found.expect(
        "certainty", value.isFinite && gradient.firstNotFinite == nil,
        "probabilities of 0 and 1 have the value \(value) and the gradient \(gradient)\n"
          + "likely cause: ln 0; clip probabilities to [1e-7, 1 - 1e-7]")
    }
  }
}

extension ElementwiseLoss {
  /// Value and gradient against the formula in double precision.
  fileprivate func checkFormula(
    _ samples: LossSamples, _ gradient: [Float], _ value: Float, isPrecise: Bool, _ form: String,
    _ found: inout Findings
  ) {
    let (p, t) = (samples.prediction.doubles, samples.target.doubles)
    let scale = 1 / Double(averagesOutputs ? p.count : samples.rows)
    let slopes = p.indices.map { i in slope(formulaWidths, within: .formulas) { self(p[i] + $0, t[i]) } }
    // Where a bound such as -1 + 1e-7 keeps a logarithm alive outside of its domain, a Float has another bound.
    let terms = p.indices.map { isPrecise ? self(p[$0], t[$0]) : Double(self(Float(p[$0]), Float(t[$0]))) }
    func point(_ i: Int) -> String { "prediction \(p[i]), target \(t[i])" }
    found.compare(
      "value\(form)", [Double(value)], [scale * terms.reduce(0, +)], within: .values,
      got: "the value is", wanted: "the mean of the formula is", at: { _ in "the whole batch" })
    found.compareSlopes(
      "formula's derivative\(form)", p.indices.map { self(Dual<Double>(p[$0], 1), Dual<Double>(t[$0], 0)).derivative },
      slopes, within: .formulas, got: "dual numbers give", cause: "a function without a derivative in the formula",
      at: point)
    found.compareSlopes(
      "gradient\(form)", gradient.doubles, slopes.map { $0.map { $0 * scale } }, within: .values,
      got: "the gradient is",
      wanted: "central differences of the formula give", cause: "a wrong factor, such as a missing 1 / n", at: point)
  }
}
