import GliaCore

extension Loss {
  /// Checks large and tiny predictions, NaN, and probabilities of exactly 0 and 1.
  func checkExtremes(_ width: Int, _ form: String, _ found: inout Findings) {
    let target = samples(.wide, rows: 1, width: width).target
    for size: Float in [0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-6, 20, 100, 1000, 1e4] {
      for sign: Float in [1, -1] {
        let prediction = (0..<width).map { $0 % 2 == 0 ? sign * size : -sign * size }
        let (value, gradient) = valueAndGradient(prediction, target, rows: 1)
        if let formula = self as? any ElementwiseLoss {
          formula.checkExtreme(prediction, target, value, gradient, form, &found)
        } else if form != "" || !value.isNaN {
          found.expect(
            "extremes\(form)", value.isFinite && gradient.firstNotFinite == nil,
            "predictions of ±\(size) have the value \(value) and the gradient \(gradient)\nlikely cause: \(extremeCause)"
          )
        }
      }
    }
    checkNaN(width, form, &found)
    if form == "", targetEncoding.isClassification, targetEncoding.threshold == 0.5 { checkCertainty(width, &found) }
  }

  /// Checks that NaN appears in the loss, so that failed training is noticed, and stays in its row of the gradient.
  private func checkNaN(_ width: Int, _ form: String, _ found: inout Findings) {
    var samples = samples(.probabilities, width: width)
    let right = valueAndGradient(samples.prediction, samples.target, rows: 3).gradient
    for column in 0..<width {
      let kept = samples.prediction[width + column]
      samples.prediction[width + column] = .nan
      let (value, gradient) = valueAndGradient(samples.prediction, samples.target, rows: 3)
      samples.prediction[width + column] = kept
      found.expect(
        "NaN stays NaN\(form)", value.isNaN,
        "with NaN as prediction \(column) of \(width) the value is \(value)\n"
          + "likely cause: comparisons with NaN are false; handle the case that uses the prediction last")
      found.compare(
        "NaN stays in its row\(form)", gradient.row(0, width: width) + gradient.row(2, width: width),
        right.row(0, width: width) + right.row(2, width: width), within: .rounding,
        got: "with a NaN, the gradient of other rows is", wanted: "without it")
    }
  }

  /// Checks that probabilities of exactly 0 and 1 are clipped, also if they are wrong.
  private func checkCertainty(_ width: Int, _ found: inout Findings) {
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

private let extremeCause = "an exponential overflows; write it with T.softplus or T.sigmoid"

extension ElementwiseLoss {
  /// Checks that the result equals the formula in double precision if that can be represented as a Float.
  fileprivate func checkExtreme(
    _ prediction: [Float], _ target: [Float], _ value: Float, _ gradient: [Float], _ form: String,
    _ found: inout Findings
  ) {
    let scale = averagesOutputs ? 1 / Double(prediction.count) : 1
    let terms = zip(prediction, target).map { self(Dual<Double>(Double($0), 1), Dual<Double>(Double($1), 0)) }
    let right = scale * terms.reduce(0) { $0 + $1.value }
    // A loss may be undefined outside of its domain, such as for the logarithm of a negative number.
    guard Float(right).isFinite else { return }
    found.compare(
      "extremes\(form)", [Double(value)], [right], within: .values, got: "the value is", wanted: "the formula gives",
      cause: extremeCause, at: { _ in "predictions \(prediction)" })
    let slopes = terms.map { scale * $0.derivative }
    let fitting = slopes.indices.filter { Float(slopes[$0]).isFinite }
    found.compare(
      "extremes\(form)", fitting.map { Double(gradient[$0]) }, fitting.map { slopes[$0] }, within: .values,
      got: "the gradient is", wanted: "the formula's derivative", cause: extremeCause,
      at: { "prediction \(prediction[fitting[$0]])" })
  }
}
