import Glia
import Testing

/// The expected values are from scikit-learn 1.9.1 for the same arrays, those of the calibration error from its definition with
/// NumPy 2.4.6; without weights, they agree with torchmetrics 1.9.0.
@Suite("Metrics of probabilities")
struct ProbabilityMetricTests {
  private let sides = TargetEncoding.binary(negative: 0, positive: 1)

  private func expect(
    _ metrics: [any Metric], _ predictions: [Float], _ targets: [Float], rows: Int, _ encoding: TargetEncoding,
    weights: [Float]? = nil, _ expected: [Double], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try metrics.map { try $0.value(predictions, targets, rows: rows, encoding, weights: weights) }
    #expect(found.isClose(to: expected, within: 1e-7), "\(found), not \(expected)", sourceLocation: location)
  }

  private let metrics: [any Metric] = [BrierScore(), AveragePrecision(), ExpectedCalibrationError()]
  private let two: (targets: [Float], predictions: [Float], weights: [Float]) = (
    [0, 0, 1, 1, 0, 1, 1, 0], [0.1, 0.4, 0.4, 0.8, 0.6, 0.9, 0.4, 0.4], [1, 2, 3, 0, 1, 0.5, 2, 1]
  )

  @Test("two classes, as one column, one-hot and indices")
  func twoClasses() throws {
    let columns = two.predictions.flatMap { [1 - $0, $0] }
    let cases: [(predictions: [Float], targets: [Float], encoding: TargetEncoding)] = [
      (two.predictions, two.targets, sides), (columns, two.targets.flatMap { [1 - $0, $0] }, .oneHot),
      (columns, two.targets, .index),
    ]
    for (predictions, targets, encoding) in cases {
      try expect(
        metrics, predictions, targets, rows: 8, encoding,
        [0.18250000301748531, 0.7857142857142857, 0.17500000167638063])
      try expect(
        metrics, predictions, targets, rows: 8, encoding, weights: two.weights,
        [0.25285714379378738, 0.61722488038277512, 0.24285714186373211])
      // In a single bin, the mean probability is compared with the frequency: both are ½.
      try expect([ExpectedCalibrationError(bins: 1)], predictions, targets, rows: 8, encoding, [0])
    }
    // The scores of signed outputs have the same order.
    try expect(
      [AveragePrecision()], two.predictions.map { 2 * $0 - 1 }, two.targets.map { 2 * $0 - 1 }, rows: 8,
      .binary(negative: -1, positive: 1), [0.7857142857142857])
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
      try expect(metrics, predictions, targets, rows: 10, encoding, [0.5125, 0.6111111111111111, 0.075])
      try expect([ExpectedCalibrationError(bins: 5)], predictions, targets, rows: 10, encoding, [0.025])
      try expect(
        metrics, predictions, targets, rows: 10, encoding, weights: [1, 2, 0, 1, 3, 0.5, 1, 2, 1, 0.25],
        [0.5751329787234043, 0.5469078704372822, 0.18351063829787231])
    }
  }

  @Test("a class without samples is omitted from the average precision")
  func absentClass() throws {
    let targets: [Float] = [0, 1, 2, 2, 1, 0]
    let predictions: [Float] = [
      0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.2, 0.3, 0.4, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    try expect(
      metrics, predictions, targets, rows: 6, .index, [0.56666666294137658, 0.8333333333333334, 0.43333333233992255])
  }

  @Test("one class alone: all precisions are 1, or undefined without positive samples")
  func oneClass() throws {
    try expect([AveragePrecision()], [0.2, 0.7, 0.5], [1, 1, 1], rows: 3, sides, [1])
    // Scikit-learn gives 0 with a warning.
    try expect([AveragePrecision()], [0.2, 0.7, 0.5], [0, 0, 0], rows: 3, sides, [.nan])
    try expect(metrics, [0.2, 0.7], [0, 1], rows: 2, sides, weights: [0, 0], [.nan, .nan, .nan])
  }

  @Test("several labels per sample: the mean over the labels")
  func labels() throws {
    let targets: [Float] = [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    let predictions: [Float] = [0.9, 0.2, 0.4, 0.6, 0.7, 0.1, 0.8, 0.3, 0.2, 0.1, 0.6, 0.3, 0.7, 0.4, 0.2]
    try expect(
      metrics, predictions, targets, rows: 5, sides, [0.14600000425179815, 0.9166666666666666, 0.32666667302449548])
  }

  @Test("targets that are probabilities take the place of frequencies")
  func softLabels() throws {
    // The largest outputs 0.5 and 0.625 are compared with 0.625 and 0.25; of two classes, 0.25 and 0.625 with 0.5 and 0.125.
    let error = [ExpectedCalibrationError(bins: 1)]
    try expect(
      error, [0.5, 0.25, 0.25, 0.125, 0.25, 0.625], [0.625, 0.25, 0.125, 0.25, 0.5, 0.25], rows: 2, .oneHot, [0.125])
    try expect(error, [0.75, 0.25, 0.375, 0.625], [0.5, 0.5, 0.875, 0.125], rows: 2, .oneHot, [0.125])
  }

  @Test("outputs that are not probabilities have no Brier score and no calibration error")
  func withoutProbabilities() throws {
    let scores: [any Metric] = [BrierScore(), ExpectedCalibrationError()]
    for output: Float in [1.5, -0.5, .nan, .infinity] {
      try expect(scores, [output, 0.7], [0, 1], rows: 2, sides, [.nan, .nan])
      try expect(scores, [0.2, output, 0.7, 0.1, 0.2, 0.7], [0, 1], rows: 2, .index, [.nan, .nan])
    }
    try expect([AveragePrecision()], [.nan, 0.7], [0, 1], rows: 2, sides, [.nan])
    // Rounding may exceed 1 slightly.
    try expect(scores, [-0x1p-24, 1 + 0x1p-23], [0, 1], rows: 2, sides, [0, 0])
    for metric in scores {
      #expect(throws: GliaError.self) { try metric.checkEncoding(.values) }
      #expect(throws: GliaError.self) { try metric.checkEncoding(.binary(negative: -1, positive: 1)) }
    }
    for bins in [0, 10_001] {
      #expect(throws: GliaError.self) { try ExpectedCalibrationError(bins: bins).validate() }
    }
  }

  @Test("logits distinguish outputs that round to the same probability")
  func logits() throws {
    let ones = [Float](repeating: 1, count: 4)
    let value = try AveragePrecision().value(
      ones, [0, 1, 0, 1], rows: 4, sides, logits: [18, 24, 20, 22], link: .logistic)
    #expect(value == 1)
    #expect(try AveragePrecision().value(ones, [0, 1, 0, 1], rows: 4, sides) == 0.5)
  }
}
