import Glia
import Testing

/// Expected numbers are those of scikit-learn 1.x for the same arrays.
@Suite("Metrics of classes")
struct MetricTests {
  private let sides = TargetEncoding.binary(negative: 0, positive: 1)

  private func values(
    _ metrics: [any Metric], _ predictions: [Float], _ targets: [Float], rows: Int, _ encoding: TargetEncoding
  ) -> [Double] {
    metrics.map { $0.value(predictions.span, targets.span, rows: rows, encoding: encoding) }
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

  // Three outputs of 0.4 stand for both classes: ties.
  private let two: (targets: [Float], predictions: [Float]) = (
    [0, 0, 1, 1, 0, 1, 1, 0], [0.1, 0.4, 0.4, 0.8, 0.6, 0.9, 0.4, 0.4]
  )

  @Test("two classes in one column")
  func twoClasses() {
    let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix()]
    expect(
      values(metrics + averaged, two.predictions, two.targets, rows: 8, sides),
      [0.625, 0.625, 0.75, 0.5255485110875406, 0.375, 2 / 3, 0.5, 0.5714285714285714])
    #expect(
      ConfusionMatrix().matrix(two.predictions.span, two.targets.span, rows: 8, encoding: sides) == [[3, 1], [2, 2]])
    expect(
      values(averages(.macro), two.predictions, two.targets, rows: 8, sides),
      [0.6333333333333333, 0.625, 0.6190476190476191])
    expect(values(averages(.micro), two.predictions, two.targets, rows: 8, sides), [0.625, 0.625, 0.625])
    expect(values(averages(.binary), two.predictions, two.targets, rows: 8, sides), [2 / 3, 0.5, 0.5714285714285714])
  }

  @Test("the same two classes as -1 and 1, one-hot and indices")
  func otherEncodings() {
    let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), ConfusionMatrix()] + averaged
    let expected = values(metrics, two.predictions, two.targets, rows: 8, sides)
    let signed = two.predictions.map { 2 * $0 - 1 }
    expect(
      values(metrics, signed, two.targets.map { 2 * $0 - 1 }, rows: 8, .binary(negative: -1, positive: 1)), expected)
    let columns = two.predictions.flatMap { [1 - $0, $0] }
    expect(values(metrics, columns, two.targets.flatMap { [1 - $0, $0] }, rows: 8, .oneHot), expected)
    expect(values(metrics, columns, two.targets, rows: 8, .index), expected)
    expect(values([LogLoss()], columns, two.targets, rows: 8, .index), [0.5255485110875406], within: 1e-7)
  }

  @Test("three classes")
  func threeClasses() {
    let targets: [Float] = [0, 1, 2, 2, 1, 0, 2, 2, 0, 1]
    let predictions: [Float] = [
      0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.75, 0.125, 0.125, 0.125,
      0.625, 0.25, 0.125, 0.125, 0.75, 0.25, 0.5, 0.25, 0.25, 0.625, 0.125,
    ]
    let oneHot = targets.flatMap { right in (0..<3).map { Float($0) == right ? Float(1) : 0 } }
    for (targets, encoding) in [(targets, TargetEncoding.index), (oneHot, .oneHot)] {
      let metrics: [any Metric] = [Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix()]
      expect(
        values(metrics, predictions, targets, rows: 10, encoding),
        [0.6, 0.6111111111111112, 0.7857142857142857, 0.8669986760308694, 0.4])
      expect(
        values(averaged, predictions, targets, rows: 10, encoding),
        [0.6666666666666666, 0.6111111111111112, 0.6031746031746031])
      expect(values(averages(.micro), predictions, targets, rows: 10, encoding), [0.6, 0.6, 0.6])
      expect(values(averages(.weighted), predictions, targets, rows: 10, encoding), [0.7, 0.6, 0.6095238095238095])
      #expect(
        ConfusionMatrix().matrix(predictions.span, targets.span, rows: 10, encoding: encoding)
          == [[2, 1, 0], [1, 2, 0], [1, 1, 2]])
    }
  }

  @Test("a class without samples is left out where it has no value, and counts where it was predicted")
  func absentClass() {
    // Class 3 is no sample's, but predicted twice; class 0 is never predicted.
    let targets: [Float] = [0, 1, 2, 2, 1, 0]
    let predictions: [Float] = [
      0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.2, 0.3, 0.4, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    expect(
      values([BalancedAccuracy(), ROCAUC(), LogLoss()], predictions, targets, rows: 6, .index),
      [0.5, 0.8541666666666666, 1.1012750920702252], within: 1e-7)
    expect(
      values(averaged, predictions, targets, rows: 6, .index),
      [0.41666666666666663, 0.375, 0.3666666666666667])
    expect(
      values(averages(.weighted), predictions, targets, rows: 6, .index),
      [0.5555555555555555, 0.5, 0.48888888888888893])
    expect(
      values((1...5).map { TopKAccuracy(k: $0) }, predictions, targets, rows: 6, .index),
      [0.5, 0.8333333333333334, 0.8333333333333334, 1, 1])
    #expect(
      ConfusionMatrix().matrix(predictions.span, targets.span, rows: 6, encoding: .index)
        == [[0, 1, 0, 1], [0, 2, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]])
    // Class 3 is neither true nor predicted: the means are over three classes.
    let others: [Float] = [
      0.4, 0.3, 0.2, 0.1, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.5, 0.3, 0.1, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    expect(
      values(averaged, others, targets, rows: 6, .index), [0.8333333333333334, 0.6666666666666666, 0.6666666666666666])
  }

  @Test("several labels a sample")
  func labels() throws {
    let targets: [Float] = [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    let predictions: [Float] = [0.9, 0.2, 0.4, 0.6, 0.7, 0.1, 0.8, 0.3, 0.2, 0.1, 0.6, 0.3, 0.7, 0.4, 0.2]
    expect(
      values([Accuracy(), ROCAUC(), LogLoss()], predictions, targets, rows: 5, sides),
      [0.7333333333333333, 0.888888888888889, 0.4494900906288964], within: 1e-7)
    expect(
      values(averaged, predictions, targets, rows: 5, sides), [0.4166666666666667, 0.5, 0.4523809523809524])
    expect(values(averages(.micro), predictions, targets, rows: 5, sides), [2 / 3, 2 / 3, 2 / 3])
    expect(
      values(averages(.weighted), predictions, targets, rows: 5, sides),
      [0.5416666666666666, 0.6666666666666666, 0.5952380952380952])
    #expect(
      ConfusionMatrix().matrix(predictions.span, targets.span, rows: 5, encoding: sides) == [[7, 2], [2, 4]])
    #expect(throws: GliaError.self) { try BalancedAccuracy().check(outputs: 3, targets: 3, encoding: sides) }
    #expect(throws: GliaError.self) {
      try F1Score(average: .binary).check(outputs: 3, targets: 3, encoding: sides)
    }
  }

  @Test("what has no value is NaN, and nothing traps")
  func withoutValue() {
    let nan = Float.nan
    #expect(ROCAUC().value([0.2, 0.7].span, [1, 1].span, rows: 2, encoding: sides).isNaN)
    #expect(ROCAUC().value([nan, 0.7].span, [0, 1].span, rows: 2, encoding: sides).isNaN)
    #expect(LogLoss().value([1.5, 0.7].span, [0, 1].span, rows: 2, encoding: sides).isNaN)
    #expect(LogLoss().value([nan, 0.7].span, [0, 1].span, rows: 2, encoding: sides).isNaN)
    #expect(TopKAccuracy(k: 1).value([nan, nan].span, [0].span, rows: 1, encoding: .index) == 0)
    #expect(ROCAUC().value([0.5, 0.5, 0.5].span, [0, 1, 1].span, rows: 3, encoding: sides) == 0.5)
    // Nothing is predicted to be positive, and nothing is: 0 / 0.
    expect(values(averaged, [0.1, 0.2], [0, 0], rows: 2, sides), [0, 0, 0])
  }

  @Test("probabilities of 0 and 1 are clipped")
  func clipping() {
    let value = LogLoss().value([1, 0, 0.5].span, [0, 1, 1].span, rows: 3, encoding: sides)
    #expect(abs(value - 10.97644616100098) < 1e-8)
  }

  @Test("the first of equal outputs counts as the larger, as for the accuracy")
  func equalOutputs() {
    let predictions: [Float] = [0.5, 0.5, 0, 0.5, 0.5, 0]
    expect(values([TopKAccuracy(k: 1), Accuracy()], predictions, [0, 1], rows: 2, .index), [0.5, 0.5])
    expect(values([TopKAccuracy(k: 2)], predictions, [0, 1], rows: 2, .index), [1])
  }

  @Test("targets for which a metric has no meaning are refused with a remedy")
  func refusals() {
    let ofClasses: [any Metric] = [
      Accuracy(), BalancedAccuracy(), ROCAUC(), LogLoss(), ConfusionMatrix(), Precision(), Recall(), F1Score(),
      TopKAccuracy(),
    ]
    let ofNumbers: [any Metric] = [
      MeanSquaredErrorMetric(), RootMeanSquaredError(), R2Score(), ExplainedVariance(), MeanAbsoluteErrorMetric(),
    ]
    let cases: [(any Metric, TargetEncoding)] =
      ofClasses.map { ($0, .values) } + ofNumbers.map { ($0, .index) }
      + [(LogLoss(), .binary(negative: -1, positive: 1)), (TopKAccuracy(), sides)]
    for (metric, encoding) in cases {
      let error = #expect(throws: GliaError.self) { try metric.check(encoding) }
      #expect(error?.remedy?.isEmpty == false, "\(type(of: metric).name)")
    }
  }
}
