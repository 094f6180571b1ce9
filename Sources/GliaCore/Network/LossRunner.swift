/// A loss of one batch, in memory of its own.
package struct LossRunner {
  private let loss: any Loss
  private let (rows, width, targetWidth): (Int, Int, Int)
  private let hasWeights: Bool
  private let prediction, target, weights, slopes: Numbers
  private let report = OwnedReport()

  /// A loss of `rows` samples, whose numbers follow one another.
  package init(_ loss: any Loss, _ prediction: [Float], _ target: [Float], weights: [Float]? = nil, rows: Int) {
    (self.loss, self.rows, hasWeights) = (loss, rows, weights != nil)
    (width, targetWidth) = (prediction.count / max(rows, 1), target.count / max(rows, 1))
    (self.prediction, self.target) = (Numbers(prediction.count), Numbers(target.count))
    (self.weights, slopes) = (Numbers(rows), Numbers(prediction.count))
    self.prediction.fill(prediction)
    self.target.fill(target)
    self.weights.fill(weights ?? [])
  }

  /// Returns the loss, and computes its gradient if needed.
  package func evaluate(needsGradient: Bool = true) throws -> Float {
    let value = loss.evaluate(
      TensorView(unsafe: prediction.start, rows: rows, columns: width, report.value),
      TensorView(unsafe: target.start, rows: rows, columns: targetWidth, report.value),
      weights: hasWeights ? TensorView(unsafe: weights.start, columns: rows, report.value) : nil,
      gradient: needsGradient
        ? MutableTensorView(unsafe: slopes.start, rows: rows, columns: width, report.value) : nil)
    report.value.ascribe(to: loss)
    try report.value.check()
    return value
  }

  /// The gradient of the last evaluation with respect to the predictions.
  package var gradient: [Float] { slopes.values }
}
