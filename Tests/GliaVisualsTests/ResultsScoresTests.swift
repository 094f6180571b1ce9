import Foundation
import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ClassScoresTests {
  @Test func twoColumnsAreOne() throws {
    let pairs = try ClassScores([0.2, 0.6, 0.9, 0.1], labels: [1, 0], classes: ["no", "yes"])
    #expect(pairs.ranking(of: 1) == [0.75, 0.1] && pairs.decisions == [1, 0])
    let logits = try ClassScores([1, 3, 2, -2], labels: [1, 0], classes: ["no", "yes"], scoreKind: .logit)
    #expect(logits.ranking(of: 1) == [2, -4] && logits.threshold == 0 && logits.decisions == [1, 0])
  }

  @Test func theThresholdItselfIsTheFirstClass() throws {
    #expect(try ClassScores([0.5, 0.5001], labels: [0, 1], classes: ["no", "yes"]).decisions == [0, 1])
    let scoreKind = ScoreKind.decision(threshold: 1)
    #expect(
      try ClassScores([1, 1.5], labels: [0, 1], classes: ["no", "yes"], scoreKind: scoreKind).decisions == [0, 1])
  }

  @Test func manyLogitsRankAsTheirProbabilities() throws {
    let logits: [Float] = [1, 2, 4, 80, 0, -80, -1, -1, -1]
    let results = try ClassScores(logits, labels: [0, 1, 2], classes: ["a", "b", "c"], scoreKind: .logit)
    #expect(results.decisions == [2, 0, 0])
    for k in 0..<3 {
      for (row, odds) in results.ranking(of: k).enumerated() {
        let powers = logits[3 * row..<3 * row + 3].map { Foundation.exp(Double($0) - 80) }
        let rest = powers.reduce(0, +) - powers[k]
        if rest > powers[k] * 1e-9 { #expect(abs(Double(odds) - Foundation.log(powers[k] / rest)) < 1e-4) }
      }
    }
    // A probability of exactly 1 in single precision still has its rank.
    #expect(results.ranking(of: 0)[1] == 80)
  }

  @Test func samplesThatAreNotFiniteAreLeftOut() throws {
    let results = try ClassScores([0.1, 0.2, .nan, 0.9, 0, 0], labels: [0, 1, 1], classes: ["no", "yes"])
    #expect(results.count == 1 && results.skipped == 2 && results.labels == [0])
  }

  @Test(
    arguments: [
      ([], [], 2), ([0.1], [0, 1], 2), ([0.1, 0.2, 0.3], [0], 2), ([0.1, 0.2], [0, 2], 2), ([0.1, 0.2], [0, -1], 2),
      ([0.1, 0.2], [0, 1], 3), ([.nan], [0], 2), ([0.1], [0], 1), ([0.1], [0], 0), ([], [0], 2),
    ] as [([Float], [Int], Int)])
  func whatDoesNotFitIsRefused(scores: [Float], labels: [Int], classes: Int) {
    let names = (0..<classes).map { "\($0)" }
    #expect(throws: GliaError.self) { try ClassScores(scores, labels: labels, classes: names) }
    #expect(throws: GliaError.self) { try ROCCurve(scores: scores, labels: labels, classes: names) }
  }

  @Test func numbersInWords() {
    #expect(
      [0, 999, 1000, 12_345, 1_234_567, -1000].map(NumberText.grouped)
        == ["0", "999", "1,000", "12,345", "1,234,567", "−1,000"])
    #expect(NumberText.percent(0.9215) == "92.2 %" && NumberText.percent(.nan) == "—")
    #expect(NumberText.count(1, "sample") == "1 sample" && NumberText.count(2, "class", "classes") == "2 classes")
    #expect(NumberText.plain(Float(0)) == "0" && NumberText.plain(Float(-1.5)) == "−1.5")
  }
}

@Suite struct RankedFigureTests {
  @Test func twoClasses() throws {
    var figure = try ROCCurve(
      scores: ResultsSamples.scores, labels: ResultsSamples.labels, classes: ["no", "yes"],
      scoreKind: .decision(threshold: 0.25))
    #expect(figure.curves.map(\.name) == ["yes"] && figure.microAverage == nil)
    #expect(figure.curves[0].threshold == 0.25)
    let drawn = try figure.tiny().png().encode()
    #expect(try drawn == figure.tiny().png().encode())
    figure.curves[0].threshold = nil
    #expect(try drawn != figure.tiny().png().encode())
  }

  @Test func threeClasses() throws {
    let results = try ResultsSamples.three()
    let roc = try ROCCurve(results)
    #expect(abs(try #require(roc.microAverage).area - 0.7447875) < 1e-9)
    let precision = try PrecisionRecallCurve(results)
    #expect(abs(try #require(precision.microAverage).averagePrecision - 0.6936709097129663) < 1e-9)
    let expected = [0.7083131048116449, 0.6565310221377167, 0.7260113837985314]
    for (curve, value) in zip(precision.curves, expected) {
      #expect(abs(curve.curve.averagePrecision - value) < 1e-12)
    }
    #expect(try roc.tiny().png().width == 320)
    #expect(try precision.tiny().png().width == 320)
  }

  @Test func theCornerOfGoodCurvesIsMagnified() throws {
    func zoom(_ wrong: Int) throws -> Double {
      // One sample of the class scores below `wrong` of 100 others, which gives an area of 1 − wrong / 1000.
      let scores = (0..<100).map(Float.init) + [Float(100 - wrong) - 0.5] + (0..<9).map { 200 + Float($0) }
      let figure = try ROCCurve(
        scores: scores, labels: scores.indices.map { $0 < 100 ? 0 : 1 }, classes: ["a", "b"], scoreKind: .decision())
      #expect(abs(figure.curves[0].roc.area - 1 + Double(wrong) / 1000) < 1e-12)
      #expect(try figure.tiny(800, 600, scale: 1).png().width == 800)
      return figure.zoom
    }
    #expect(try [0, 5, 30, 80].map(zoom) == [0, 0.1, 0.2, 0])
  }

  @Test func oneClassIsRefused() {
    #expect {
      try ROCCurve(scores: [0.1, 0.9], labels: [1, 1], classes: ["no", "yes"])
    } throws: { ($0 as? GliaError)?.what == "all 2 samples are of the class 'yes'" }
    #expect(throws: GliaError.self) { try ROCCurve([]).png() }
    #expect(throws: GliaError.self) { try PrecisionRecallCurve([]).png() }
  }

  @Test func aClassWithoutSamplesHasNoCurve() throws {
    let scores: [Float] = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.5, 0.4, 0.1]
    let figure = try ROCCurve(scores: scores, labels: [0, 1, 0], classes: ["a", "b", "c"])
    #expect(figure.curves.map(\.name) == ["a", "b"])
    #expect(try figure.tiny().png().width == 320)
  }

  @Test(arguments: [2, 10, 11, 60]) func anyNumberOfClasses(count: Int) throws {
    var random = Random(seed: 3)
    let labels = (0..<200).map { $0 % count }
    let scores = (0..<200 * count).map { _ in Float(random.uniform()) }
    let names = (0..<count).map { "a class with a long name \($0)" }
    let results = try ClassScores(scores, labels: labels, classes: names)
    #expect(try ROCCurve(results).tiny().png().width == 320)
    #expect(try PrecisionRecallCurve(results).tiny(240, 240).png().width == 240)
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30)]) func tinyPages(width: Int, height: Int) throws {
    let results = try ResultsSamples.three()
    #expect(try ROCCurve(results).tiny(width, height, scale: 1.6).png().width == width)
    #expect(try PrecisionRecallCurve(results).tiny(width, height, scale: 1.6).png().height == height)
  }
}
