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

  /// From scikit-learn 1.9.1, where the percentage error is a fraction.
  private func expectMore(
    _ predictions: [Float], _ targets: [Float], rows: Int, weights: [Float]? = nil, _ expected: [Double],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let metrics: [any Metric] = [
      MeanAbsolutePercentageErrorMetric(), MedianAbsoluteError(), Pinball(), Pinball(quantile: 0.9), D2(), MaxError(),
    ]
    for (metric, right) in zip(metrics, expected) {
      let value = try metric.value(predictions, targets, rows: rows, .values, weights: weights)
      #expect(abs(value - right) < 1e-12, "\(type(of: metric).name): \(value)", sourceLocation: location)
    }
  }

  @Test("percentages, medians, quantiles and maxima")
  func otherErrors() throws {
    try expectMore(
      [2.5, 0, 2, 8], [3, -0.5, 2, 7], rows: 4,
      [32.738095238095241, 0.5, 0.25, 0.15, 0.7647058823529411, 1])
    try expectMore(
      [2.5, 0, 2, 8], [3, -0.5, 2, 7], rows: 4, weights: [1, 2, 0, 3],
      [43.253968253968253, 0.75, 0.375, 0.14166666666666666, 0.7631578947368421, 1])
    try expectMore(
      [2.5, 0.25, 2, 8, 1], [3, -0.5, 2, 7, 4], rows: 5,
      [51.19047619047619, 0.75, 0.525, 0.665, 0.44736842105263153, 3])
    try expectMore(
      [2.5, 0.25, 2, 8, 1], [3, -0.5, 2, 7, 4], rows: 5, weights: [1, 2, 0.5, 0.25, 1],
      [83.208020050125313, 0.75, 0.55263157894736847, 0.7, 0.43243243243243235, 3])
    // Two outputs: the maximum is over both, all others are averaged.
    try expectMore(
      [0, 2, -1, 2, 8, -5], [0.5, 1, -1, 1, 7, -6], rows: 3,
      [55.158730158730165, 0.75, 0.375, 0.14166666666666666, 0.6919642857142857, 1])
    try expectMore(
      [0, 2, -1, 2, 8, -5], [0.5, 1, -1, 1, 7, -6], rows: 3, weights: [1, 2, 0.5],
      [59.353741496598644, 0.5, 0.3214285714285714, 0.12142857142857141, 0.40909090909090906, 1])
    // A sample with weight 0 has no largest error; the median ignores it, too.
    let last: [any Metric] = [MaxError(), MedianAbsoluteError()]
    for metric in last {
      #expect(try metric.value([1, 2, 9], [0, 0, 0], rows: 3, .values, weights: [0, 1, 0]) == 2)
      #expect(try metric.value([1, 2], [0, 0], rows: 2, .values, weights: [0, 0]).isNaN)
      #expect(try metric.value([1, .nan, 3], [0, 0, 0], rows: 3, .values).isNaN)
    }
  }

  @Test("d2 of the absolute error and of Tweedie deviances")
  func deviances() throws {
    let targets: [Float] = [0, 1, 2, 0.5, 4, 0]
    let predictions: [Float] = [0.25, 1.5, 1, 0.5, 3, 0.125]
    let positive = targets.map { $0 + 0.5 }
    let cases: [(power: Double, targets: [Float], plain: Double, weighted: Double)] = [
      (1, targets, 0.79505362735299079, 0.81174927539505626), (1.5, targets, 0.65094490540608385, 0.6042869682843004),
      (2, positive, -0.51481717963006113, -1.8590511528901112), (3, positive, -6.6759156492785783, -14.726323119777163),
    ]
    for (power, targets, plain, weighted) in cases {
      let found = try [nil, [1, 2, 0, 1, 0.5, 3]].map { (weights: [Float]?) in
        try D2(power: power).value(predictions, targets, rows: 6, .values, weights: weights)
      }
      #expect(found.isClose(to: [plain, weighted], within: 1e-11), "\(power): \(found)")
    }
    // Undefined for negative targets, and for 0 from power 2 on.
    #expect(try D2(power: 1.5).value([1, 2], [-1, 2], rows: 2, .values).isNaN)
    #expect(try D2(power: 2).value([1, 2], [0, 2], rows: 2, .values).isNaN)
    // Constant targets: 1 if predictions are exact, otherwise 0.
    for metric in [D2(), D2(power: 1.5)] {
      #expect(try metric.value([0.1, 0.1, 0.1], [0.1, 0.1, 0.1], rows: 3, .values) == 1)
      #expect(try metric.value([0.1, 0.2, 0.1], [0.1, 0.1, 0.1], rows: 3, .values) == 0)
      #expect(try metric.value([2], [1], rows: 1, .values).isNaN)
    }
    let constant: [Float] = [0.1, 1, 0.1, 2, 0.1, 4]
    try expect([D2()], [0.1, 1, 0.1, 2.5, 0.1, 4], constant, rows: 3, [0.9166666666666667])
    try expect([D2()], [0.2, 1, 0.1, 2.5, 0.1, 4], constant, rows: 3, [0.4166666666666667])
  }

  @Test("settings out of range, and classes for a Tweedie deviance, are rejected")
  func rejections() throws {
    let wrong: [any Metric] = [
      Pinball(quantile: 0), Pinball(quantile: 1), D2(power: 0.5), D2(power: 4), FBeta(beta: -1), FBeta(beta: .infinity),
    ]
    for metric in wrong { #expect(throws: GliaError.self, "\(metric)") { try metric.validate() } }
    #expect(throws: GliaError.self) { try D2(power: 1).checkEncoding(.binary(negative: 0, positive: 1)) }
    try D2().checkEncoding(.binary(negative: 0, positive: 1))
  }

  @Test("infinite predictions do not trap")
  func infinite() throws {
    let others: [any Metric] = [MeanAbsolutePercentageErrorMetric(), MaxError(), Pinball(), D2(), D2(power: 1)]
    for metric in errors + explained + others {
      let value = try metric.value([.infinity, 1], [0, 1], rows: 2, .values)
      #expect(!value.isFinite, "\(type(of: metric).name)")
    }
  }
}
