extension Loss {
  /// Returns the mean loss of predictions, and its gradient with respect to them.
  ///
  /// ```swift
  /// let (value, gradient) = try HuberLoss().evaluate(Tensor(rows: [[0.5], [3]]), Tensor(rows: [[0], [0]]))
  /// ```
  ///
  /// - Parameters:
  ///   - prediction: one sample a row.
  ///   - target: one sample a row, as ``targetEncoding`` says.
  ///   - weights: one weight a sample, which multiplies its term before the mean; nil for weights of 1.
  /// - Throws: ``GliaError`` for settings out of range, for counts that differ, and for targets without a meaning for the loss.
  public func evaluate(
    _ prediction: Tensor, _ target: Tensor, weights: [Float]? = nil
  ) throws -> (value: Float, gradient: Tensor) {
    let (rows, width) = (prediction.rows, prediction.width)
    guard rows > 0, width > 0, target.rows == rows, weights?.count ?? rows == rows else {
      throw GliaError(
        "\(Self.name) got \(rows) predictions, \(target.rows) targets and \(weights?.count ?? rows) weights",
        expected: "equally many, at least one", remedy: "give each prediction its target")
    }
    try validate()
    try checkWidths(outputs: width, targets: target.width, classes: targetEncoding == .index ? width : 0)
    try checkTargets(target, classes: targetEncoding.isClassification ? width : 0)
    let (value, gradient) = try run(prediction.values, target.values, weights: weights, rows: rows, needsGradient: true)
    return (value, Tensor(unchecked: prediction.shape, gradient))
  }

  /// The loss of `rows` samples whose numbers lie one after the other, and its gradient, which is empty unless it is needed.
  package func run(
    _ prediction: [Float], _ target: [Float], weights: [Float]?, rows: Int, needsGradient: Bool
  ) throws -> (value: Float, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: prediction.count)
    let (owned, width) = (OwnedReport(), prediction.count / max(rows, 1))
    let report = owned.value
    var value = Float.nan
    prediction.withUnsafeBufferPointer { prediction in
      target.withUnsafeBufferPointer { target in
        (weights ?? []).withUnsafeBufferPointer { weight in
          gradient.withUnsafeMutableBufferPointer { gradient in
            guard let z = prediction.baseAddress, let t = target.baseAddress, let slopes = gradient.baseAddress else {
              return
            }
            value = evaluate(
              TensorView(unsafe: z, rows: rows, columns: width, report),
              TensorView(unsafe: t, rows: rows, columns: target.count / max(rows, 1), report),
              weights: weights == nil
                ? nil : TensorView(unsafe: weight.baseAddress ?? z, columns: weight.count, report),
              gradient: needsGradient ? MutableTensorView(unsafe: slopes, rows: rows, columns: width, report) : nil)
          }
        }
      }
    }
    report.ascribe(to: self)
    try report.check()
    return (value, needsGradient ? gradient : [])
  }
}
