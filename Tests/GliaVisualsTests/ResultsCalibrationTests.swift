import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct CalibrationTests {
  @Test func byHand() throws {
    let calibration = try Calibration(
      probabilities: [0.125, 0.375, 0.75, 0.875], isPositive: [false, true, true, true], bins: .uniform(2))
    #expect(calibration.bins.map(\.meanProbability) == [0.25, 0.8125])
    #expect(calibration.bins.map(\.fraction) == [0.5, 1])
    #expect(calibration.bins.map(\.range) == [0...0.5, 0.5...1])
    // (2 · 0.25 + 2 · 0.1875) / 4
    #expect(calibration.expectedError == 0.21875 && calibration.maximumError == 0.25)
    #expect(calibration.brierScore == (0.015625 + 0.390625 + 0.0625 + 0.015625) / 4)
  }

  @Test func anEdgeBelongsToTheBinBelow() throws {
    let calibration = try Calibration(
      probabilities: [0, 0.25, 0.5, 0.75, 1], isPositive: [false, false, true, true, true], bins: .uniform(4))
    #expect(calibration.bins.map(\.count) == [2, 1, 1, 1] && calibration.histogram == [2, 1, 1, 1])
  }

  @Test func quantilesLieBetweenSamples() throws {
    let calibration = try Calibration(
      probabilities: [0.5, 0, 1, 0.25], isPositive: [false, false, true, true], bins: .quantile(2))
    #expect(calibration.bins.map(\.range) == [0...0.375, 0.375...1] && calibration.bins.map(\.count) == [2, 2])
  }

  private static let predictions = ResultsSamples.scores.map { $0 * 1.75 }

  @Test func asScikitLearnInUniformBins() throws {
    let calibration = try Calibration(probabilities: Self.predictions, isPositive: ResultsSamples.isPositive)
    let fractions = [
      0.347826087, 0.272727273, 0.285714286, 0.407407407, 0.545454545, 0.482758621, 0.53125, 1, 1, 1,
    ]
    let means = [
      0.050823709, 0.146351207, 0.248697917, 0.349898727, 0.455729167, 0.553946659, 0.644927979, 0.734483507,
      0.854492188, 0.90234375,
    ]
    compare(calibration, means, fractions)
    #expect(calibration.histogram == [23, 22, 21, 27, 33, 29, 32, 9, 3, 1])
    #expect(abs(calibration.expectedError - 0.1176416015625) < 1e-12)
    #expect(abs(calibration.maximumError - 0.2970023777173913) < 1e-12)
    #expect(abs(calibration.brierScore - 0.23748841762542724) < 1e-12)
  }

  @Test func asScikitLearnInQuantiles() throws {
    let calibration = try Calibration(
      probabilities: Self.predictions, isPositive: ResultsSamples.isPositive, bins: .quantile(10))
    let fractions = [
      0.35, 0.3, 0.285714286, 0.368421053, 0.35, 0.571428571, 0.578947368, 0.454545455, 0.578947368, 0.842105263,
    ]
    let means = [
      0.044775391, 0.128515625, 0.224609375, 0.314812911, 0.388623047, 0.4609375, 0.520970395, 0.586026278,
      0.647615132, 0.745476974,
    ]
    compare(calibration, means, fractions)
    #expect(calibration.bins.map(\.count) == [20, 20, 21, 19, 20, 21, 19, 22, 19, 19])
    #expect(abs(calibration.expectedError - 0.1103173828125) < 1e-12)
    #expect(calibration.histogram.count == 20 && calibration.histogram.reduce(0, +) == 200)
  }

  private func compare(_ calibration: Calibration, _ means: [Double], _ fractions: [Double]) {
    #expect(calibration.bins.count == means.count)
    for (bin, (mean, fraction)) in zip(calibration.bins, zip(means, fractions)) {
      #expect(abs(bin.meanProbability - mean) < 1e-8 && abs(bin.fraction - fraction) < 1e-8)
    }
  }

  /// Reference values from scipy 1.17's `binomtest(k, n).proportion_ci(method="wilson")`.
  @Test(arguments: [
    (0, 10, 0.0, 0.27753279986288926), (3, 10, 0.10779126740630102, 0.6032218525388546),
    (10, 10, 0.7224672001371109, 1.0), (81, 263, 0.2552885198782742, 0.36620957698280004),
  ])
  func wilsonsInterval(positives: Int, count: Int, low: Double, high: Double) {
    var bin = Calibration.Bin(0...1)
    (bin.positives, bin.count) = (Double(positives), count)
    #expect(abs(bin.interval.lowerBound - low) < 1e-12 && abs(bin.interval.upperBound - high) < 1e-12)
  }

  @Test func roundingIsForgivenAndGapsAreCounted() throws {
    let calibration = try Calibration(
      probabilities: [1.000001, -0.000001, .nan, .infinity], isPositive: [true, false, true, false])
    #expect(calibration.skipped == 2 && calibration.count == 2 && calibration.brierScore == 0)
  }

  @Test(
    arguments: [
      ([], [], "there are no probabilities"), ([.nan], [true], "none of the 1 probabilities is finite"),
      ([0.5], [], "1 probabilities do not fit 0 labels"), ([0.5, 1.5], [true, false], "a probability is 1.5"),
      ([-3], [true], "a probability is -3.0"),
    ] as [([Float], [Bool], String)])
  func whatIsNoProbabilityIsRefused(values: [Float], kinds: [Bool], what: String) {
    #expect { try Calibration(probabilities: values, isPositive: kinds) } throws: { ($0 as? GliaError)?.what == what }
  }

  @Test(arguments: [Calibration.Binning.uniform(0), .quantile(-1), .uniform(1001), .quantile(.max)])
  func hopelessBinsAreRefused(bins: Calibration.Binning) {
    #expect(throws: GliaError.self) { try Calibration(probabilities: [0.5], isPositive: [true], bins: bins) }
  }

  @Test(arguments: [Calibration.Binning.uniform(1), .quantile(1), .uniform(1000), .quantile(1000)])
  func extremeBins(bins: Calibration.Binning) throws {
    let calibration = try Calibration(
      probabilities: ResultsSamples.scores, isPositive: ResultsSamples.isPositive, bins: bins)
    #expect(calibration.bins.reduce(0) { $0 + $1.count } == 200)
    #expect(try CalibrationCurve([.init("a", calibration)]).tiny().png().width == 320)
  }
}

@Suite struct CalibrationCurveTests {
  @Test func logitsBecomeProbabilities() throws {
    let results = try ClassScores([0, 100, -100], labels: [0, 1, 0], classes: ["no", "yes"], scoreKind: .logit)
    #expect(try results.probabilities().values == [0.5, 1, 0])
    let figure = try CalibrationCurve(results)
    #expect(figure.curves[0].calibration.brierScore == 0.25 / 3)
  }

  @Test func ofManyClassesTheConfidenceCounts() throws {
    let scores: [Float] = [0.5, 0.25, 0.25, 0.25, 0.75, 0]
    let results = try ClassScores(scores, labels: [0, 2], classes: ["a", "b", "c"])
    let (values, labels) = try results.probabilities()
    #expect(values == [0.5, 0.75] && labels == [1, 0])
    let logits = try ClassScores([1, 1, 1, 90, 0, 0], labels: [0, 2], classes: ["a", "b", "c"], scoreKind: .logit)
    let chances = try logits.probabilities().values
    #expect(abs(chances[0] - 1.0 / 3) < 1e-6 && chances[1] == 1)
  }

  /// In the one bin, 0.5 and 0.75 are compared with 0.25 and 0.5 of the predicted classes, though all samples are mostly of a.
  @Test func softLabelsAreProbabilities() throws {
    let results = try ClassScores(
      [0.25, 0.5, 0.25, .nan, 0, 0, 0.75, 0.25, 0], labels: [0, 0, 0], classes: ["a", "b", "c"],
      softLabels: [0.5, 0.25, 0.25, 1, 0, 0, 0.5, 0.25, 0.25])
    let calibration = try CalibrationCurve(results, bins: .uniform(1)).curves[0].calibration
    #expect(calibration.bins.map(\.fraction) == [0.375] && calibration.bins.map(\.meanProbability) == [0.625])
    #expect(calibration.expectedError == 0.25 && calibration.brierScore == 0.0625 && results.skipped == 1)
    let two = try ClassScores([0.25, 0.75], labels: [0, 1], classes: ["a", "b"], softLabels: [0.75, 0.25, 0.5, 0.5])
    #expect(try two.probabilities().labels == [0.25, 0.5])
    #expect(throws: GliaError.self) {
      try ClassScores([0.25, 0.75], labels: [0, 1], classes: ["a", "b"], softLabels: [0.75, 0.25])
    }
    #expect(throws: GliaError.self) { try Calibration(probabilities: [0.5], labels: [.nan]) }
  }

  @Test func decisionValuesAndOneClassAreRefused() {
    #expect(throws: GliaError.self) {
      try CalibrationCurve(scores: [1, -1], labels: [0, 1], classes: ["no", "yes"], scoreKind: .decision())
    }
    #expect(throws: GliaError.self) { try CalibrationCurve(scores: [1, 0], labels: [1, 1], classes: ["no", "yes"]) }
    #expect(throws: GliaError.self) { try CalibrationCurve(scores: [4, 0], labels: [0, 1], classes: ["no", "yes"]) }
    #expect(throws: GliaError.self) { try CalibrationCurve([]).png() }
  }

  @Test func samplesAreCountedInWholeNumbers() {
    func layout(_ height: Double, largest: Int) -> CalibrationLayout {
      CalibrationLayout(
        page: Page(), bounds: Rect(x: 0, y: 0, width: 500, height: height), axes: ("x", "y"), largest: largest,
        legendWidth: 0)
    }
    #expect(layout(600, largest: 2).histogram.y.ticks.labels == ["0", "1", "2"])
    #expect(layout(600, largest: 1).histogram.y.ticks.labels == ["0", "1"])
    let (low, tall) = (layout(600, largest: 3000), layout(1200, largest: 3000))
    #expect(low.plot.left != nil && low.plot.left == low.histogram.left)
    #expect(tall.plot.area.y > low.plot.area.y + 100)
    let below = 1200 - tall.histogram.area.maxY
    #expect(abs(below - tall.plot.area.y) < 60)
  }

  @Test func numbersBelowNamesHaveTheirLines() {
    let entries: [LegendEntry] = [
      (.swatch(Theme.light.text), "a"), (.detail, "ECE 0.1"), (.space, ""), (.heading, "b"),
    ]
    let line = Theme.light.labelSize * 1.6
    #expect(abs(Legend(entries: entries, theme: .light).height - 3.5 * line) < 1e-9)
  }

  @Test func severalCurves() throws {
    let calibration = try Calibration(probabilities: ResultsSamples.scores, isPositive: ResultsSamples.isPositive)
    let one = try CalibrationCurve([.init("a", calibration)]).tiny().png()
    let two = try CalibrationCurve([.init("a", calibration), .init("b", calibration)]).tiny().png()
    #expect(one != two)
    #expect(try one == CalibrationCurve([.init("a", calibration)]).tiny().png())
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30), (300, 300)]) func tinyPages(width: Int, height: Int) throws {
    let figure = try CalibrationCurve(ResultsSamples.three())
    #expect(try figure.tiny(width, height, scale: 1.6).png().width == width)
  }
}
