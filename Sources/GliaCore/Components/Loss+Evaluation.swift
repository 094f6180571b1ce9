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
    let runner = LossRunner(self, prediction.values, target.values, weights: weights, rows: rows)
    return (try runner.evaluate(), Tensor(unchecked: prediction.shape, runner.gradient))
  }
}
