import Glia
import Testing

/// The expected values are from scikit-learn 1.x for the same arrays.
@Suite("Classification metrics")
struct MetricTests {
  private let sides = TargetEncoding.binary(negative: 0, positive: 1)

  private func values(
    _ metrics: [any Metric], _ predictions: [Float], _ targets: [Float], rows: Int, _ encoding: TargetEncoding
  ) throws -> [Double] {
    try metrics.map { try $0.value(predictions, targets, rows: rows, encoding) }
  }

  private func expect(
    _ found: [Double], _ expected: [Double], within tolerance: Double = 1e-12,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance },
      "\(found), not \(expected)", sourceLocation: location)
  }

  private let averaged: [any Metric] = [Precision(), Recall(), F1Score()]
  private func averages(_ average: MetricAverage) -> [any Metric] {
    [Precision(average: average), Recall(average: average), F1Score(average: average)]
  }

  // Three outputs of 0.4 belong to both classes: ties.
  private let two: (targets: [Float], predictions: [Float]) = (
    [0, 0, 1, 1, 0, 1, 1, 0], [0.1, 0.4, 0.4, 0.8, 0.6, 0.9, 0.4, 0.4]
  )

  @Test("two classes in one column")
  func twoClasses() throws {
    let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix()]
    try expect(
      values(metrics + averaged, two.predictions, two.targets, rows: 8, sides),
      [0.625, 0.625, 0.75, 0.5255485110875406, 0.375, 2 / 3, 0.5, 0.5714285714285714])
    #expect(
      try ConfusionMatrix().matrix(of: Predictions(two.predictions, targets: two.targets, rows: 8, encoding: sides))
        == [[3, 1], [2, 2]])
    try expect(
      values(averages(.macro), two.predictions, two.targets, rows: 8, sides),
      [0.6333333333333333, 0.625, 0.6190476190476191])
    try expect(values(averages(.micro), two.predictions, two.targets, rows: 8, sides), [0.625, 0.625, 0.625])
    try expect(
      values(averages(.binary), two.predictions, two.targets, rows: 8, sides), [2 / 3, 0.5, 0.5714285714285714])
  }

  @Test("the same two classes as -1 and 1, one-hot and indices")
  func otherEncodings() throws {
    let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), ConfusionMatrix()] + averaged
    let expected = try values(metrics, two.predictions, two.targets, rows: 8, sides)
    let signed = two.predictions.map { 2 * $0 - 1 }
    try expect(
      values(metrics, signed, two.targets.map { 2 * $0 - 1 }, rows: 8, .binary(negative: -1, positive: 1)), expected)
    let columns = two.predictions.flatMap { [1 - $0, $0] }
    try expect(values(metrics, columns, two.targets.flatMap { [1 - $0, $0] }, rows: 8, .oneHot), expected)
    try expect(values(metrics, columns, two.targets, rows: 8, .index), expected)
    try expect(values([LogLoss()], columns, two.targets, rows: 8, .index), [0.5255485110875406], within: 1e-7)
  }

  @Test("three classes")
  func threeClasses() throws {
    let targets: [Float] = [0, 1, 2, 2, 1, 0, 2, 2, 0, 1]
    let predictions: [Float] = [
      0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.75, 0.125, 0.125, 0.125,
      0.625, 0.25, 0.125, 0.125, 0.75, 0.25, 0.5, 0.25, 0.25, 0.625, 0.125,
    ]
    let oneHot = targets.flatMap { right in (0..<3).map { Float($0) == right ? Float(1) : 0 } }
    for (targets, encoding) in [(targets, TargetEncoding.index), (oneHot, .oneHot)] {
      let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix()]
      try expect(
        values(metrics, predictions, targets, rows: 10, encoding),
        [0.6, 0.6111111111111112, 0.7857142857142857, 0.8669986760308694, 0.4])
      try expect(
        values(averaged, predictions, targets, rows: 10, encoding),
        [0.6666666666666666, 0.6111111111111112, 0.6031746031746031])
      try expect(values(averages(.micro), predictions, targets, rows: 10, encoding), [0.6, 0.6, 0.6])
      try expect(values(averages(.weighted), predictions, targets, rows: 10, encoding), [0.7, 0.6, 0.6095238095238095])
      #expect(
        try ConfusionMatrix().matrix(of: Predictions(predictions, targets: targets, rows: 10, encoding: encoding))
          == [[2, 1, 0], [1, 2, 0], [1, 1, 2]])
    }
  }

  @Test("a class without samples is excluded if undefined, but counts if it was predicted")
  func absentClass() throws {
    // Class 3 has no samples but is predicted twice; class 0 is never predicted.
    let targets: [Float] = [0, 1, 2, 2, 1, 0]
    let predictions: [Float] = [
      0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.2, 0.3, 0.4, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    try expect(
      values([BalancedAccuracy(), ROCAUC(), LogLoss()], predictions, targets, rows: 6, .index),
      [0.5, 0.8541666666666666, 1.1012750920702252], within: 1e-7)
    try expect(
      values(averaged, predictions, targets, rows: 6, .index),
      [0.41666666666666663, 0.375, 0.3666666666666667])
    try expect(
      values(averages(.weighted), predictions, targets, rows: 6, .index),
      [0.5555555555555555, 0.5, 0.48888888888888893])
    try expect(
      values((1...5).map { TopKAccuracy(k: $0) }, predictions, targets, rows: 6, .index),
      [0.5, 0.8333333333333334, 0.8333333333333334, 1, 1])
    #expect(
      try ConfusionMatrix().matrix(of: Predictions(predictions, targets: targets, rows: 6, encoding: .index))
        == [[0, 1, 0, 1], [0, 2, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]])
    // Class 3 is neither true nor predicted, so the means are over three classes.
    let others: [Float] = [
      0.4, 0.3, 0.2, 0.1, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.5, 0.3, 0.1, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    try expect(
      values(averaged, others, targets, rows: 6, .index), [0.8333333333333334, 0.6666666666666666, 0.6666666666666666])
  }

  @Test("several labels per sample")
  func labels() throws {
    let targets: [Float] = [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    let predictions: [Float] = [0.9, 0.2, 0.4, 0.6, 0.7, 0.1, 0.8, 0.3, 0.2, 0.1, 0.6, 0.3, 0.7, 0.4, 0.2]
    try expect(
      values([Accuracy(), ROCAUC(), LogLoss()], predictions, targets, rows: 5, sides),
      [0.7333333333333333, 0.888888888888889, 0.4494900906288964], within: 1e-7)
    try expect(
      values(averaged, predictions, targets, rows: 5, sides), [0.4166666666666667, 0.5, 0.4523809523809524])
    try expect(values(averages(.micro), predictions, targets, rows: 5, sides), [2 / 3, 2 / 3, 2 / 3])
    try expect(
      values(averages(.weighted), predictions, targets, rows: 5, sides),
      [0.5416666666666666, 0.6666666666666666, 0.5952380952380952])
    #expect(
      try ConfusionMatrix().matrix(of: Predictions(predictions, targets: targets, rows: 5, encoding: sides)) == [
        [7, 2], [2, 4],
      ])
    #expect(throws: GliaError.self) { try BalancedAccuracy().checkWidths(outputs: 3, targets: 3, encoding: sides) }
    #expect(throws: GliaError.self) {
      try F1Score(average: .binary).checkWidths(outputs: 3, targets: 3, encoding: sides)
    }
  }

  @Test("undefined values are NaN, and nothing traps")
  func withoutValue() throws {
    let nan = Float.nan
    #expect(try ROCAUC().value([0.2, 0.7], [1, 1], rows: 2, sides).isNaN)
    #expect(try ROCAUC().value([nan, 0.7], [0, 1], rows: 2, sides).isNaN)
    #expect(try LogLoss().value([1.5, 0.7], [0, 1], rows: 2, sides).isNaN)
    #expect(try LogLoss().value([nan, 0.7], [0, 1], rows: 2, sides).isNaN)
    #expect(try TopKAccuracy(k: 1).value([nan, nan], [0], rows: 1, .index) == 0)
    #expect(try ROCAUC().value([0.5, 0.5, 0.5], [0, 1, 1], rows: 3, sides) == 0.5)
    // There are neither positive predictions nor positive samples: 0 / 0.
    try expect(values(averaged, [0.1, 0.2], [0, 0], rows: 2, sides), [0, 0, 0])
  }

  @Test("probabilities of 0 and 1 are clipped")
  func clipping() throws {
    let value = try LogLoss().value([1, 0, 0.5], [0, 1, 1], rows: 3, sides)
    #expect(abs(value - 10.97644616100098) < 1e-8)
  }

  @Test("the first of equal outputs counts as the larger, as for the accuracy")
  func equalOutputs() throws {
    let predictions: [Float] = [0.5, 0.5, 0, 0.5, 0.5, 0]
    try expect(values([TopKAccuracy(k: 1), Accuracy()], predictions, [0, 1], rows: 2, .index), [0.5, 0.5])
    try expect(values([TopKAccuracy(k: 2)], predictions, [0, 1], rows: 2, .index), [1])
  }

  @Test("sample weights")
  func weights() throws {
    let weights: [Float] = [1, 2, 3, 0, 1, 0.5, 2, 1]
    let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix()]
    let found = try (metrics + averaged).map {
      try $0.value(two.predictions, two.targets, rows: 8, sides, weights: weights)
    }
    expect(
      found,
      [
        0.42857142857142855, 0.4454545454545455, 0.5454545454545454, 0.6845963843837753, 1 - 0.42857142857142855, 1 / 3,
        0.09090909090909091, 0.14285714285714285,
      ], within: 1e-7)
    let ofNumbers: [any Metric] = [
      MeanSquaredErrorMetric(), MeanAbsoluteErrorMetric(), R2Score(), ExplainedVariance(),
    ]
    expect(
      try ofNumbers.map { try $0.value([2.5, 0, 2, 8], [3, -0.5, 2, 7], rows: 4, .values, weights: [1, 2, 0, 3]) },
      [0.625, 0.75, 0.9451219512195121, 0.975])
  }

  @Test("logits distinguish outputs that round to the same probability")
  func logits() throws {
    let z: [Float] = [18, 20, 22, 24, 26, 28]
    let ones = [Float](repeating: 1, count: 6)
    func two(_ metric: any Metric) throws -> Double {
      try metric.value(ones, [0, 0, 0, 1, 1, 1], rows: 6, sides, logits: z, link: .logistic)
    }
    try expect([two(ROCAUC()), two(LogLoss())], [1, 10.000000002935606])
    let rows: [[Float]] = [[40, 0, -3], [41, 3, 1], [0, 50, 2], [1, 52, 2], [-2, 0, 44], [30, 0, 29]]
    // In single precision, the first five rows are one-hot.
    let outputs: [Float] = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0.7310586, 0, 0.26894143]
    func three(_ metric: any Metric) throws -> Double {
      try metric.value(
        outputs, [0, 0, 1, 1, 2, 2], rows: 6, .index, logits: rows.flatMap { $0 }, link: .softmax)
    }
    try expect([three(ROCAUC()), three(LogLoss())], [1, 0.21887694791971532])
    // The second-largest output is found even if all outputs are 0.
    try expect([TopKAccuracy(k: 2).value(outputs, [1, 1, 2, 2, 1, 2], rows: 6, .index)], [0.5])
    let second = try TopKAccuracy(k: 2).value(
      outputs, [1, 1, 2, 2, 1, 2], rows: 6, .index, logits: rows.flatMap { $0 }, link: .softmax)
    expect([second], [1])
  }

  @Test("inconsistent predictions are rejected")
  func misfits() throws {
    let wrong: [() throws -> Predictions] = [
      { try Predictions([1, 2], targets: [1], rows: 2, encoding: .values) },
      { try Predictions([1, 2, 3], targets: [1, 2, 3], rows: 2, encoding: .values) },
      { try Predictions([], targets: [], rows: 0, encoding: .values) },
      { try Predictions([1, 2], targets: [1, 1], rows: 2, encoding: .values, weights: [1]) },
      { try Predictions([1, 2], targets: [1, 1], rows: 2, encoding: .values, logits: [1]) },
      { try Predictions([1, 2], targets: [-1], rows: 1, encoding: .index) },
      { try Predictions([1, 2], targets: [.nan], rows: 1, encoding: .index) },
      { try Predictions([1, 2], targets: [0.5], rows: 1, encoding: .index) },
    ]
    for make in wrong { #expect(throws: GliaError.self) { try make() } }
    // An index beyond the outputs is a class unknown to the network.
    #expect(try Accuracy().value([1, 2], [7], rows: 1, .index) == 0)
  }

  @Test("targets that a metric does not support are rejected with a hint")
  func refusals() throws {
    let ofClasses: [any Metric] = [
      Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix(), Precision(), Recall(), F1Score(),
      TopKAccuracy(), MatthewsCorrelation(), CohenKappa(), BrierScore(), ExpectedCalibrationError(), AveragePrecision(),
      FBeta(), Jaccard(), Hamming(),
    ]
    let ofNumbers: [any Metric] = [
      MeanSquaredErrorMetric(), RootMeanSquaredError(), R2Score(), ExplainedVariance(), MeanAbsoluteErrorMetric(),
      MeanAbsolutePercentageErrorMetric(), MedianAbsoluteError(), MaxError(), Pinball(), D2(),
    ]
    let cases: [(any Metric, TargetEncoding)] =
      ofClasses.map { ($0, .values) } + ofNumbers.map { ($0, .index) }
      + [(LogLoss(), .binary(negative: -1, positive: 1)), (TopKAccuracy(), sides), (D2(power: 1.5), sides)]
    for (metric, encoding) in cases {
      let error = #expect(throws: GliaError.self) { try metric.checkEncoding(encoding) }
      #expect(error?.remedy?.isEmpty == false, "\(type(of: metric).name)")
    }
  }
}

extension Metric {
  /// The value for the given outputs and targets.
  func value(
    _ outputs: [Float], _ targets: [Float], rows: Int, _ encoding: TargetEncoding, weights: [Float]? = nil,
    logits: [Float]? = nil, link: Link? = nil
  ) throws -> Double {
    value(
      of: try Predictions(
        outputs, targets: targets, rows: rows, encoding: encoding, weights: weights, logits: logits, link: link))
  }
}
