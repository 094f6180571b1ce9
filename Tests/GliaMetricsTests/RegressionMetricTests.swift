import Glia
import Testing

/// The expected values are from scikit-learn 1.x for the same arrays.
@Suite("Regression metrics")
struct RegressionMetricTests {
  private func expect(
    _ metrics: [any Metric], _ predictions: [Float], _ targets: [Float], rows: Int, _ expected: [Double],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for (metric, right) in zip(metrics, expected) {
      let value = try metric.value(predictions, targets, rows: rows, .values)
      #expect(
        abs(value - right) < 1e-7 || (value.isNaN && right.isNaN), "\(type(of: metric).name)", sourceLocation: location)
    }
  }

  private let errors: [any Metric] = [MeanSquaredErrorMetric(), RootMeanSquaredError(), MeanAbsoluteErrorMetric()]
  private let explained: [any Metric] = [R2Score(), ExplainedVariance()]

  @Test("one output")
  func oneOutput() throws {
    try expect(
      errors + explained, [2.5, 0, 2, 8], [3, -0.5, 2, 7], rows: 4,
      [0.375, 0.6123724356957945, 0.5, 0.9486081370449679, 0.9571734475374732])
  }

  @Test("several outputs: fractions are averaged, the root is taken of the overall mean")
  func severalOutputs() throws {
    try expect(
      [MeanSquaredErrorMetric(), RootMeanSquaredError()] + explained, [0, 2, -1, 2, 8, -5], [0.5, 1, -1, 1, 7, -6],
      rows: 3, [0.7083333333333334, 0.8416254115301732, 0.9368005266622779, 0.9838709677419355])
  }

  @Test("constant targets: 1 if predictions are exact, otherwise 0")
  func constantTargets() throws {
    let targets: [Float] = [0.1, 1, 0.1, 2, 0.1, 4]
    try expect(
      explained, [0.1, 1, 0.1, 2.5, 0.1, 4], targets, rows: 3, [0.9732142857142857, 0.9821428571428572])
    try expect(
      explained, [0.2, 1, 0.1, 2.5, 0.1, 4], targets, rows: 3, [0.4732142857142857, 0.48214285714285715])
    try expect(
      explained, [0.35, 1, 0.35, 2.5, 0.35, 4], targets, rows: 3, [0.4732142857142857, 0.9821428571428572])
  }

  @Test("one sample has no coefficient of determination")
  func oneSample() throws { try expect(explained, [2], [1], rows: 1, [.nan, 1]) }

  @Test("infinite predictions do not trap")
  func infinite() throws {
    for metric in errors + explained {
      let value = try metric.value([.infinity, 1], [0, 1], rows: 2, .values)
      #expect(!value.isFinite, "\(type(of: metric).name)")
    }
  }
}
