import Glia
import Testing

/// The expected values are from scikit-learn 1.9.1 for the same arrays.
@Suite("Metrics of predicted and true classes")
struct AgreementMetricTests {
  private let sides = TargetEncoding.binary(negative: 0, positive: 1)
  private let agreement: [any Metric] = [
    MatthewsCorrelation(), CohenKappa(), CohenKappa(weights: .linear), CohenKappa(weights: .quadratic), Hamming(),
  ]

  private func averages(_ average: MetricAverage?) -> [any Metric] {
    [FBeta(beta: 2, average: average), FBeta(beta: 0.5, average: average), Jaccard(average: average)]
  }

  private func expect(
    _ metrics: [any Metric], _ predictions: [Float], _ targets: [Float], rows: Int, _ encoding: TargetEncoding,
    weights: [Float]? = nil, _ expected: [Double], _ location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try metrics.map { try $0.value(predictions, targets, rows: rows, encoding, weights: weights) }
    #expect(found.isClose(to: expected, within: 1e-12), "\(found), not \(expected)", sourceLocation: location)
  }

  private let two: (targets: [Float], predictions: [Float], weights: [Float]) = (
    [0, 0, 1, 1, 0, 1, 1, 0], [0.1, 0.4, 0.4, 0.8, 0.6, 0.9, 0.4, 0.4], [1, 2, 3, 0, 1, 0.5, 2, 1]
  )

  @Test("two classes, as one column, one-hot and indices")
  func twoClasses() throws {
    let columns = two.predictions.flatMap { [1 - $0, $0] }
    let cases: [(predictions: [Float], targets: [Float], encoding: TargetEncoding)] = [
      (two.predictions, two.targets, sides),
      (two.predictions.map { 2 * $0 - 1 }, two.targets.map { 2 * $0 - 1 }, .binary(negative: -1, positive: 1)),
      (columns, two.targets.flatMap { [1 - $0, $0] }, .oneHot), (columns, two.targets, .index),
    ]
    for (predictions, targets, encoding) in cases {
      func expect(_ metrics: [any Metric], _ plain: [Double], weighted: [Double]) throws {
        try self.expect(metrics, predictions, targets, rows: 8, encoding, plain)
        try self.expect(metrics, predictions, targets, rows: 8, encoding, weights: two.weights, weighted)
      }
      try expect(
        agreement, [0.2581988897471611, 0.25, 0.25, 0.25, 0.375],
        weighted: [
          -0.15569978883230459, -0.10526315789473673, -0.10526315789473673, -0.10526315789473673, 0.5714285714285714,
        ])
      for average in [nil, MetricAverage.binary] {
        try expect(
          averages(average), [0.5263157894736842, 0.625, 0.4],
          weighted: [0.10638297872340426, 0.21739130434782608, 0.07692307692307693])
      }
      try expect(
        averages(.macro), [0.6203007518796992, 0.625, 0.45],
        weighted: [0.3980190755685987, 0.35259809119830327, 0.23846153846153847])
      try expect(
        averages(.micro), [0.625, 0.625, 0.45454545454545453],
        weighted: [0.42857142857142855, 0.42857142857142855, 0.2727272727272727])
      try expect(
        averages(.weighted), [0.6203007518796992, 0.625, 0.45],
        weighted: [0.38413164238549424, 0.346159672776852, 0.23076923076923078])
    }
  }

  @Test("three classes")
  func threeClasses() throws {
    let targets: [Float] = [0, 1, 2, 2, 1, 0, 2, 2, 0, 1]
    let predictions: [Float] = [
      0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.75, 0.125, 0.125, 0.125,
      0.625, 0.25, 0.125, 0.125, 0.75, 0.25, 0.5, 0.25, 0.25, 0.625, 0.125,
    ]
    let weights: [Float] = [1, 2, 0, 1, 3, 0.5, 1, 2, 1, 0.25]
    let oneHot = targets.flatMap { right in (0..<3).map { Float($0) == right ? Float(1) : 0 } }
    for (targets, encoding) in [(targets, TargetEncoding.index), (oneHot, .oneHot)] {
      func expect(_ metrics: [any Metric], _ plain: [Double], weighted: [Double]) throws {
        try self.expect(metrics, predictions, targets, rows: 10, encoding, plain)
        try self.expect(metrics, predictions, targets, rows: 10, encoding, weights: weights, weighted)
      }
      try expect(
        agreement, [0.43082021842766455, 0.4117647058823529, 0.4444444444444444, 0.47761194029850751, 0.4],
        weighted: [0.27014282731891948, 0.25, 0.3202479338842975, 0.3957142857142858, 0.5106382978723404])
      for average in [nil, MetricAverage.macro] {
        try expect(
          averages(average), [0.6018518518518519, 0.6286549707602339, 0.43333333333333335],
          weighted: [0.49499035925097884, 0.548357919947005, 0.34703801945181256])
      }
      try expect(
        averages(.micro), [0.6, 0.6, 0.42857142857142855],
        weighted: [0.48936170212765956, 0.48936170212765956, 0.323943661971831])
      try expect(
        averages(.weighted), [0.5972222222222222, 0.6491228070175438, 0.44],
        weighted: [0.4911496640398426, 0.5747347947067902, 0.35797731248941822])
    }
  }

  @Test("a class that never occurs still counts for the distances of others")
  func absentClasses() throws {
    // Class 3 has no samples but is predicted twice; class 0 is never predicted.
    let targets: [Float] = [0, 1, 2, 2, 1, 0]
    let predictions: [Float] = [
      0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.2, 0.1, 0.2, 0.1, 0.5, 0.2, 0.1, 0.2, 0.3, 0.4, 0.2, 0.5, 0.2, 0.1, 0.3, 0.4, 0.2,
      0.1,
    ]
    try expect(
      agreement, predictions, targets, rows: 6, .index,
      [0.4351941398892446, 0.3571428571428571, 0.2857142857142857, 0.15384615384615374, 0.5])
    try expect(
      averages(.macro), predictions, targets, rows: 6, .index,
      [0.36616161616161613, 0.3869047619047619, 0.29166666666666663])
    try expect(
      averages(.weighted), predictions, targets, rows: 6, .index,
      [0.48821548821548816, 0.5158730158730159, 0.38888888888888884])
    // The predicted classes are 0, 3, 0, 2, 2 and 0 of four, and the true class 1 is never predicted.
    let ordinal = [0, 3, 0, 2, 2, 0].flatMap { guess in (0..<4).map { $0 == guess ? Float(1) : 0 } }
    try expect(
      Array(agreement[1...3]), ordinal, [0, 2, 2, 0, 2, 1], rows: 6, .index,
      [0, 0.14285714285714279, 0.26829268292682928])
  }

  @Test("one class alone: no correlation, and no agreement beyond chance")
  func oneClass() throws {
    try expect(agreement, [0.9, 0.8, 0.7], [1, 1, 1], rows: 3, sides, [0, .nan, .nan, .nan, 0])
    try expect(agreement, [0.1, 0.8, 0.7], [1, 1, 1], rows: 3, sides, [0, 0, 0, 0, 1 / 3])
    // There are neither positive predictions nor positive samples: 0 / 0.
    try expect(averages(nil), [0.1, 0.2], [0, 0], rows: 2, sides, [0, 0, 0])
    try expect(agreement, [0.1, 0.8], [0, 1], rows: 2, sides, weights: [0, 0], [.nan, .nan, .nan, .nan, .nan])
  }

  @Test("several labels per sample")
  func labels() throws {
    let targets: [Float] = [1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]
    let predictions: [Float] = [0.9, 0.2, 0.4, 0.6, 0.7, 0.1, 0.8, 0.3, 0.2, 0.1, 0.6, 0.3, 0.7, 0.4, 0.2]
    try expect(
      [Hamming()] + averages(nil), predictions, targets, rows: 5, sides,
      [0.26666666666666666, 0.4791666666666667, 0.4298245614035088, 0.3611111111111111])
    try expect(
      [Hamming()] + averages(.macro), predictions, targets, rows: 5, sides, weights: [1, 2, 0.5, 0, 1],
      [0.25925925925925924, 0.5651340996168582, 0.52071234998064264, 0.4518518518518519])
    try expect(averages(.micro), predictions, targets, rows: 5, sides, [2 / 3, 2 / 3, 0.5])
    try expect(
      averages(.weighted), predictions, targets, rows: 5, sides,
      [0.6354166666666666, 0.5614035087719298, 0.4861111111111111])
    for metric in [MatthewsCorrelation(), CohenKappa()] as [any Metric] {
      #expect(throws: GliaError.self) { try metric.checkWidths(outputs: 3, targets: 3, encoding: sides) }
    }
    for metric in [FBeta(beta: 2, average: .binary), Jaccard(average: .binary)] as [any Metric] {
      #expect(throws: GliaError.self) { try metric.checkWidths(outputs: 3, targets: 3, encoding: sides) }
    }
  }

  @Test("NaN outputs and unknown classes are wrong predictions")
  func withoutClass() throws {
    // Like a third class that is predicted once but has no samples: scikit-learn gives the same for [0, 1, 2, 0].
    try expect([MatthewsCorrelation()], [0.1, 0.9, .nan, 0.2], [0, 1, 1, 0], rows: 4, sides, [0.6708203932499369])
    try expect([CohenKappa(), Hamming()], [0.1, 0.9, .nan, 0.2], [0, 1, 1, 0], rows: 4, sides, [.nan, 0.25])
    try expect([CohenKappa(), Hamming()], [1, 0, 0, 1], [0, 7], rows: 2, .index, [.nan, 0.5])
  }

  @Test("f_beta with beta 1 is the F1 score, with beta 0 the precision")
  func specialBetas() throws {
    try expect([FBeta(), F1Score()], two.predictions, two.targets, rows: 8, sides, [4.0 / 7, 4.0 / 7])
    try expect([FBeta(beta: 0), Precision()], two.predictions, two.targets, rows: 8, sides, [2.0 / 3, 2.0 / 3])
  }
}

extension [Double] {
  /// Whether the numbers differ by at most `tolerance`; NaN is close to NaN.
  func isClose(to others: [Double], within tolerance: Double) -> Bool {
    count == others.count && zip(self, others).allSatisfy { abs($0 - $1) <= tolerance || ($0.isNaN && $1.isNaN) }
  }
}
