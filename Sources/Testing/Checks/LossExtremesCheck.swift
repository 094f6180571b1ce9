import GliaCore

extension Loss {
  /// Large and tiny predictions, NaN, and probabilities of exactly 0 and 1.
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

  /// NaN shows, so that a training that goes wrong is seen, and stays in its row.
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
          + "likely cause: comparisons with NaN are false; put the case that uses the prediction last")
      found.compare(
        "NaN stays in its row\(form)", gradient.row(0, width: width) + gradient.row(2, width: width),
        right.row(0, width: width) + right.row(2, width: width), within: .rounding,
        got: "beside a NaN the gradient of other rows is", wanted: "without it")
    }
  }

  /// Probabilities of exactly 0 and 1, the wrong ones too, are clipped.
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
  /// What the formula gives in double precision must come out wherever it fits in a Float.
  fileprivate func checkExtreme(
    _ prediction: [Float], _ target: [Float], _ value: Float, _ gradient: [Float], _ form: String,
    _ found: inout Findings
  ) {
    let scale = averagesOutputs ? 1 / Double(prediction.count) : 1
    let terms = zip(prediction, target).map { self(Dual<Double>(Double($0), 1), Dual<Double>(Double($1), 0)) }
    let right = scale * terms.reduce(0) { $0 + $1.value }
    // Outside of its domain, as the logarithm of a negative number is, a loss need not have a value.
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
