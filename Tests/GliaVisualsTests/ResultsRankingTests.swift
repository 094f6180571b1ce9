import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ROCTests {
  /// The example of scikit-learn's `roc_curve`.
  @Test func fourSamples() throws {
    let roc = try ROC(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
    #expect(roc.thresholds == [.infinity, 0.8, 0.4, 0.35, 0.1])
    #expect(roc.falsePositiveRates == [0, 0, 0.5, 0.5, 1])
    #expect(roc.truePositiveRates == [0, 0.5, 0.5, 1, 1])
    #expect(roc.area == 0.75)
  }

  @Test func equalScoresPassTogether() throws {
    // Of 2 × 3 pairs, 3 are ordered correctly and 2 are ties: (3 + 1) / 6.
    let roc = try ROC(scores: [3, 2, 2, 2, 1], isPositive: [true, true, false, false, false])
    #expect(roc.points == [Point(0, 0), Point(0, 0.5), Point(2.0 / 3, 1), Point(1, 1)])
    #expect(abs(roc.area - (1 + 1 / 3.0) / 2 - 1 / 6.0) < 1e-12)
    let order = try ROC(scores: [2, 1, 3, 2, 2], isPositive: [false, false, true, false, true])
    #expect(order == roc)
  }

  @Test func constantPerfectAndReversedScores() throws {
    let kinds = [true, false, true, false]
    #expect(try ROC(scores: [7, 7, 7, 7], isPositive: kinds).points == [Point(0, 0), Point(1, 1)])
    #expect(try ROC(scores: [7, 7, 7, 7], isPositive: kinds).area == 0.5)
    #expect(try ROC(scores: [2, 1, 2, -1], isPositive: kinds).area == 1)
    #expect(try ROC(scores: [-2, 1, -2, -1], isPositive: kinds).area == 0)
    #expect(try ROC(scores: [0, -0.0], isPositive: [true, false]).area == 0.5)
  }

  @Test func asScikitLearn() throws {
    let roc = try ROC(scores: ResultsSamples.scores, isPositive: ResultsSamples.isPositive)
    #expect(roc.thresholds.count == 106 && roc.positives == 93 && roc.negatives == 107)
    #expect(abs(roc.area - 0.6645060797909758) < 1e-12)
    let expected = [
      (10, 0.41015625, 0.0, 0.10752688172043011), (30, 0.32421875, 0.18691588785046728, 0.3763440860215054),
      (50, 0.23828125, 0.3925233644859813, 0.6559139784946236),
    ]
    for (index, threshold, alarms, found) in expected {
      #expect(Double(roc.thresholds[index]) == threshold)
      #expect(abs(roc.falsePositiveRates[index] - alarms) < 1e-12)
      #expect(abs(roc.truePositiveRates[index] - found) < 1e-12)
    }
  }

  @Test func ratesAboveAThreshold() throws {
    let roc = try ROC(scores: [0.1, 0.5, 0.5, 0.9], isPositive: [false, true, false, true])
    // A score that equals the threshold is not above it.
    #expect(roc.rates(above: 0.5) == (0, 0.5))
    #expect(roc.rates(above: 0.49) == (0.5, 1))
    #expect(roc.rates(above: -1) == (1, 1))
    #expect(roc.rates(above: 2) == (0, 0) && roc.rates(above: .infinity) == (0, 0) && roc.rates(above: .nan) == (0, 0))
  }

  @Test func scoresThatAreNotFiniteAreCounted() throws {
    let roc = try ROC(scores: [.nan, 1, .infinity, 0, -.infinity], isPositive: [true, true, false, false, true])
    #expect(roc.skipped == 3 && roc.positives == 1 && roc.negatives == 1 && roc.area == 1)
  }

  @Test(
    arguments: [
      ([], [], "there are no scores"), ([.nan, .infinity], [true, false], "none of the 2 scores is finite"),
      ([1, 2], [true, true], "all 2 samples are of one class"),
      ([1, 2, .nan], [false, false, true], "all 2 samples are of the rest, none of the class"),
      ([1], [true, false], "1 scores do not fit 2 labels"),
    ] as [([Float], [Bool], String)])
  func whatHasNoCurveIsRefused(scores: [Float], kinds: [Bool], what: String) {
    #expect { try ROC(scores: scores, isPositive: kinds) } throws: { ($0 as? GliaError)?.what == what }
    #expect { try PrecisionRecall(scores: scores, isPositive: kinds) } throws: { ($0 as? GliaError)?.what == what }
  }

  @Test func theMeanCurveHasTheMeanArea() throws {
    let results = try ResultsSamples.three()
    let curves = try (0..<3).map { try ROC(scores: results.ranking(of: $0), isPositive: results.membership(of: $0)) }
    let areas = [0.7422658642170837, 0.7369682094436651, 0.7539804222196014]
    for (curve, area) in zip(curves, areas) { #expect(abs(curve.area - area) < 1e-12) }
    let mean = ROC.mean(of: curves.map(\.points))
    var area = 0.0
    for (a, b) in zip(mean, mean.dropFirst()) { area += (b.x - a.x) * (a.y + b.y) / 2 }
    #expect(abs(area - areas.reduce(0, +) / 3) < 1e-12)
    #expect(
      ROC.mean(of: [[Point(0, 0), Point(0, 1), Point(1, 1)], [Point(0, 0), Point(1, 1)]])
        == [Point(0, 0), Point(0, 0.5), Point(1, 1)])
  }

  @Test func manyPointsAreThinned() throws {
    var random = Random(seed: 1)
    let scores = (0..<100_000).map { _ in Float(random.uniform()) }
    let roc = try ROC(scores: scores, isPositive: scores.map { Double($0) + random.normal() > 0.5 })
    let thinned = roc.points.thinned(1e-3)
    #expect(thinned.count < 2100)
    #expect(thinned.first == Point(0, 0) && thinned.last == Point(1, 1))
  }
}

@Suite struct CurveStyleTests {
  @Test func aClassKeepsItsHueAndSignWhateverItsRank() {
    let theme = Theme.light
    // Twelve classes, the third of which has no curve; that of class 8 is the worst.
    let places = (0..<12).filter { $0 != 2 }
    let style = CurveStyle(theme: theme, values: places.map { $0 == 8 ? 0.1 : 0.9 }, places: places)
    let curves = places.indices.map { style.curve($0, [], "class \(places[$0])", decision: Point(0, 0)) }
    #expect(curves[7].color == theme.hue(8) && curves[7].marker == .of(8, hues: theme.palette.count))
    #expect(style.entries(curves).map(\.name).first == "0.100  class 8")
    #expect(curves[0].color == theme.hue(0) && curves[2].color == theme.hue(3) && curves[10].marker == nil)
  }

  @Test func classesWithoutSamplesLeaveTheOthersTheirPlaces() throws {
    let scores: [Float] = [0.5, 0.2, 0.3, 0.1, 0.2, 0.7, 0.6, 0.2, 0.2, 0.3, 0.3, 0.4]
    let results = try ClassScores(scores, labels: [0, 2, 0, 2], classes: ["a", "b", "c"])
    #expect(try ROCCurve(results).curves.map(\.place) == [0, 2])
    #expect(try PrecisionRecallCurve(results).curves.map(\.place) == [0, 2])
  }
}

@Suite struct PrecisionRecallTests {
  /// The example of scikit-learn's `average_precision_score`.
  @Test func fourSamples() throws {
    let curve = try PrecisionRecall(scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
    #expect(curve.thresholds == [0.8, 0.4, 0.35, 0.1])
    #expect(curve.recalls == [0.5, 0.5, 1, 1])
    #expect(curve.precisions == [1, 0.5, 2.0 / 3, 0.5])
    #expect(abs(curve.averagePrecision - 5.0 / 6) < 1e-12)
    #expect(curve.prevalence == 0.5)
    #expect(
      curve.points == [
        Point(0, 1), Point(0.5, 1), Point(0.5, 0.5), Point(0.5, 2.0 / 3), Point(1, 2.0 / 3), Point(1, 0.5),
      ])
  }

  @Test func theMarkedPointIsOnTheCurve() throws {
    // Recall is 1 before the threshold, below which samples of other classes are predicted positive.
    let curve = try PrecisionRecall(scores: [0.9, 0.8, 0.7, 0.6, 0.1], isPositive: [true, true, false, false, false])
    let place = try #require(curve.values(above: 0.5))
    #expect(place == (1, 0.5))
    #expect(curve.points.contains(Point(place.recall, place.precision)))
    #expect(curve.points.last == Point(1, curve.prevalence) && curve.averagePrecision == 1)
  }

  @Test func equalScoresPassTogether() throws {
    let curve = try PrecisionRecall(scores: [1, 1, 1, 1], isPositive: [true, false, false, false])
    #expect(curve.points == [Point(0, 0.25), Point(1, 0.25)] && curve.averagePrecision == 0.25)
  }

  @Test func asScikitLearn() throws {
    let curve = try PrecisionRecall(scores: ResultsSamples.scores, isPositive: ResultsSamples.isPositive)
    #expect(curve.thresholds.count == 105)
    #expect(abs(curve.averagePrecision - 0.6684035688122749) < 1e-12)
    let expected = [
      (10, 0.40625, 1.0, 0.11827956989247312), (30, 0.3203125, 0.6271186440677966, 0.3978494623655914),
      (50, 0.234375, 0.580952380952381, 0.6559139784946236),
    ]
    for (index, threshold, precision, recall) in expected {
      #expect(Double(curve.thresholds[index]) == threshold)
      #expect(abs(curve.precisions[index] - precision) < 1e-12)
      #expect(abs(curve.recalls[index] - recall) < 1e-12)
    }
  }

  @Test func valuesAboveAThreshold() throws {
    let curve = try PrecisionRecall(scores: [0.1, 0.5, 0.9], isPositive: [false, false, true])
    let place = try #require(curve.values(above: 0.4))
    #expect(place == (1, 0.5))
    #expect(try #require(curve.values(above: 0.5)) == (1, 1))
    #expect(curve.values(above: 0.9) == nil && curve.values(above: .nan) == nil)
  }
}
