import GliaCore

/// Checks a loss: its gradient against central differences, the mean over samples, sample and class weights, agreement
/// with its from-logits form, extreme inputs, rejection of invalid widths and targets, and that correct predictions have
/// the lowest loss, unless `Loss.prefersTargets` is false.
///
/// Class weights are checked if the loss has the setting `class_weights`.
///
/// - Parameters:
///   - loss: the loss.
///   - laws: additional properties that the loss declares; nil for those of its type.
///   - registry: the registry for components among its settings.
public func checkLoss(
  _ loss: any Loss, laws: Set<LossLaw>? = nil, registry: Registry = Registry()
) -> [CheckResult] {
  let laws = laws ?? type(of: loss).laws
  var found = Findings(loss)
  guard found.checkSettings(of: loss, registry) else { return found.results }
  guard let width = loss.checkWidths(&found) else { return found.results }
  loss.checkTargets(width, laws, &found)
  loss.checkEvaluation(width, "", [.probabilities, .wide], &found)
  loss.checkExtremes(width, "", &found)
  for link in [Link.identity, .logistic, .softmax, .threshold] {
    guard let fused = loss.fromLogits(of: link) else { continue }
    fused.checkEvaluation(width, ", from \(link.name) logits", [.wide], &found)
    fused.checkExtremes(width, ", from \(link.name) logits", &found)
    loss.checkFused(fused, link, width, &found)
  }
  loss.checkClassWeights(width, registry, &found)
  loss.checkPreference(width, &found)
  found.checkEffects(of: loss, registry) { $0.fingerprint(width: width) }
  if laws.contains(.leastAtTarget) { loss.checkLeast(width, normalized: laws.contains(.distributions), &found) }
  return found.results
}

extension Loss {
  /// Checks the value, gradient, mean and weights.
  fileprivate func checkEvaluation(_ width: Int, _ form: String, _ ranges: [LossSamples.Range], _ found: inout Findings)
  {
    for range in ranges {
      let samples = samples(range, width: width)
      let (value, gradient) = valueAndGradient(samples.prediction, samples.target, rows: 3)
      // A loss may be undefined outside of its domain, such as for the logarithm of a negative number.
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
      (self as? any LeastSquaresLoss)?.checkSquares(samples, value, width, &found)
    }
  }

  private func checkGradient(_ samples: LossSamples, _ gradient: [Float], _ form: String, _ found: inout Findings) {
    let slopes = samples.prediction.indices.map { i in
      slope(floatWidths, within: .slopes) {
        Double(value(samples.prediction.moving(i, by: $0), samples.target, rows: samples.rows))
      }
    }
    // The rounding of a large value hides the small slopes of other outputs.
    let rounding = Double(value(samples.prediction, samples.target, rows: samples.rows).ulp)
    let visible = slopes.indices.filter { rounding <= 0x1p-5 * Tolerance.slopes.allowed(around: slopes[$0] ?? 0) }
    found.compareSlopes(
      "gradient\(form)", visible.map { Double(gradient[$0]) }, visible.map { slopes[$0] }, within: .slopes,
      got: "the gradient is", wanted: "central differences of the value give",
      cause: "a wrong factor, such as a missing 1 / n",
      at: {
        let i = visible[$0]
        return "row \(i / samples.width), output \(i % samples.width), prediction \(samples.prediction[i])"
      })
  }

  /// Checks that the loss is the mean over samples, and that weights multiply the terms.
  private func checkMeans(
    _ samples: LossSamples, _ gradient: [Float], _ value: Float, _ form: String, _ found: inout Findings
  ) {
    let each = (0..<samples.rows).map { row in
      let (prediction, target) = samples.row(row)
      return valueAndGradient(prediction, target, rows: 1)
    }
    let alone = each.map { Double($0.value) }
    let rows = Double(samples.rows)
    let tolerance = Tolerance(absolute: 1e-6, relative: 1e-5)
    found.compare(
      "independent rows\(form)", gradient.doubles, each.flatMap { $0.gradient.map { Double($0) / rows } },
      within: tolerance, got: "in a batch the gradient is", wanted: "for single samples, divided by n, it is",
      cause: "a missing 1 / n, or rows that are not independent",
      at: { "row \($0 / samples.width), output \($0 % samples.width)" })
    found.compare(
      "mean over samples\(form)", [Double(value)], [alone.reduce(0, +) / rows], within: tolerance,
      got: "the batch has the value", wanted: "the mean of its samples is",
      cause: "a sum instead of a mean, or 1 / n applied twice",
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

  /// Checks that the loss from logits equals the loss of the activation's outputs.
  fileprivate func checkFused(_ fused: any Loss, _ link: Link, _ width: Int, _ found: inout Findings) {
    let form = ", from \(link.name) logits"
    let samples = samples(.wide, width: width, seed: 12)
    guard let output = link.inverse(samples.prediction.doubles, width: width) else { return }
    let direct = valueAndGradient(output.floats, samples.target, rows: 3)
    let (value, gradient) = fused.valueAndGradient(samples.prediction, samples.target, rows: 3)
    let tolerance = Tolerance(absolute: 1e-5, relative: 1e-4)
    found.compare(
      "agrees\(form)", [Double(value)], [Double(direct.value)], within: tolerance, got: "from logits the value is",
      wanted: "from outputs", cause: "a setting that fromLogits(of:) does not pass on", at: { _ in "the whole batch" })
    found.compare(
      "agrees\(form)", gradient.doubles, link.pullback(direct.gradient.doubles, output: output, width: width),
      within: tolerance, got: "from logits the gradient is", wanted: "from outputs by the chain rule",
      cause: "a wrong gradient from logits", at: { "row \($0 / width), z = \(samples.prediction[$0])" })
  }
}

extension ElementwiseLoss {
  /// Checks the value and gradient against the formula in double precision.
  fileprivate func checkFormula(
    _ samples: LossSamples, _ gradient: [Float], _ value: Float, isPrecise: Bool, _ form: String,
    _ found: inout Findings
  ) {
    let (p, t) = (samples.prediction.doubles, samples.target.doubles)
    let scale = 1 / Double(averagesOutputs ? p.count : samples.rows)
    let slopes = p.indices.map { i in slope(formulaWidths, within: .formulas) { self(p[i] + $0, t[i]) } }
    // Bounds such as -1 + 1e-7 that keep a logarithm within its domain are rounded differently in a Float.
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
