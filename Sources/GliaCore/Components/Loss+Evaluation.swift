extension Loss {
  /// Returns the mean loss of predictions, and its gradient with respect to them.
  ///
  /// Balanced class weights are those of the given targets.
  ///
  /// ```swift
  /// let (value, gradient) = try HuberLoss().evaluate(Tensor(rows: [[0.5], [3]]), Tensor(rows: [[0], [0]]))
  /// ```
  ///
  /// - Parameters:
  ///   - prediction: one sample per row.
  ///   - target: one sample per row, encoded according to ``targetEncoding``.
  ///   - weights: one weight per sample, which multiplies its term before averaging; nil for weights of 1.
  /// - Throws: ``GliaError`` for settings out of range, for different counts, and for targets for which the loss is undefined.
  public func evaluate(
    _ prediction: Tensor, _ target: Tensor, weights: [Float]? = nil
  ) throws -> (value: Float, gradient: Tensor) {
    let (rows, width) = (prediction.rows, prediction.width)
    guard rows > 0, width > 0, target.rows == rows, weights?.count ?? rows == rows else {
      throw GliaError(
        "\(Self.name) got \(rows) predictions, \(target.rows) targets and \(weights?.count ?? rows) weights",
        expected: "the same number of each, at least one", remedy: "give each prediction a target")
    }
    try checkSettings()
    try checkWidths(outputs: width, targets: target.width, classes: targetEncoding == .index ? width : 0)
    try checkTargets(target, classes: targetEncoding.isClassification ? width : 0)
    let loss = try balanced(for: target, classes: width)
    let runner = LossRunner(loss, prediction.values, target.values, weights: weights, rows: rows)
    return (try runner.evaluate(), Tensor(unchecked: prediction.shape, runner.gradient))
  }
}
