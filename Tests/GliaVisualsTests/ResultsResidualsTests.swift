import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ResidualsTests {
  @Test func byHand() throws {
    let residuals = try Residuals(actual: [1, 2, 3, 4], predicted: [1, 2, 2, 5])
    #expect(residuals.values == [0, 0, 1, -1])
    // Σ (y − ȳ)² = 5, Σ e² = 2.
    #expect(residuals.r2 == 0.6 && residuals.rootMeanSquaredError == 0.5.squareRoot())
    #expect(residuals.meanAbsoluteError == 0.5 && residuals.bias == 0 && residuals.deviation == 0.5.squareRoot())
  }

  @Test func asScikitLearn() throws {
    let actual = (0..<200).map { Float(($0 * 7919 + 13) % 101) / 4 }
    let predicted = actual.enumerated().map { i, number in
      let miss = (i * i * 31 + 7 * i) % 13 - 5
      return number + Float(miss) / 2
    }
    let residuals = try Residuals(actual: actual, predicted: predicted)
    #expect(abs(residuals.r2 - 0.9017833952186717) < 1e-12)
    #expect(abs(residuals.rootMeanSquaredError - 2.2899235795108974) < 1e-12)
    #expect(residuals.meanAbsoluteError == 2.0375 && residuals.bias == -0.4875)
    #expect(abs(residuals.deviation - 2.237430166507996) < 1e-12)
  }

  @Test func theBestFitByHand() throws {
    // Σ (y − ȳ)² = 5, Σ (y − ȳ)(ŷ − ȳ̂) = 6.
    let line = try #require(try Residuals(actual: [1, 2, 3, 4], predicted: [1, 2, 2, 5]).bestFit)
    #expect(abs(line.slope - 1.2) < 1e-12 && abs(line.intercept + 0.5) < 1e-12)
    let far = try #require(try Residuals(actual: [1e6, 1e6 + 1, 1e6 + 2], predicted: [5, 7, 9]).bestFit)
    #expect(abs(far.slope - 2) < 1e-9 && abs(far.intercept - (5 - 2e6)) < 1e-3)
    #expect(try Residuals(actual: [3, 3], predicted: [3, 4]).bestFit == nil)
    #expect(try Residuals(actual: [3e38, -3e38], predicted: [-3e38, 3e38]).bestFit?.slope == -1)
  }

  @Test func barsKeepTheirColorInTheBand() throws {
    // All residuals are ±1 and σ is 1: all bars lie within the band.
    let actual = (0..<100).map { Float($0 % 2 * 2) - 1 }
    let picture = try ResidualPlot(actual: actual, predicted: actual.map { _ in 0 }).tiny(800, 400, scale: 0.8)
      .picture()
    #expect(picture.count(near: Theme.light.page.mixed(with: Theme.light.hue(0), 0.55)) > 100)
  }

  @Test func targetsThatDoNotVary() throws {
    #expect(try Residuals(actual: [3, 3], predicted: [3, 3]).r2 == 1)
    #expect(try Residuals(actual: [3, 3], predicted: [3, 4]).r2 == 0)
    #expect(try Residuals(actual: [0.1, 0.1, 0.1], predicted: [0.2, 0.2, 0.2]).deviation == 0)
  }

  @Test func samplesThatAreNotFiniteAreCounted() throws {
    let residuals = try Residuals(actual: [1, .nan, 3], predicted: [2, 1, .infinity])
    #expect(residuals.count == 1 && residuals.skipped == 2 && residuals.values == [-1])
  }

  @Test(
    arguments: [
      ([], [], "there are no samples"), ([1], [.nan], "none of the 1 samples is finite"),
      ([1, 2], [1], "1 predictions do not fit 2 targets"),
    ] as [([Float], [Float], String)])
  func whatDoesNotFitIsRefused(actual: [Float], predicted: [Float], what: String) {
    #expect { try ResidualPlot(actual: actual, predicted: predicted) } throws: { ($0 as? GliaError)?.what == what }
  }

  @Test(
    arguments: [
      ([1], [1]), ([0, 0], [0, 0]), ([1, 2, 3], [5, 5, 5]), ([3e38, -3e38], [-3e38, 3e38]),
      ([.leastNonzeroMagnitude, 1e-37], [0, 1e-37]),
      ([1e9, 1e9 + 64], [1e9, 1e9]),
    ] as [([Float], [Float])])
  func everyRegressionMakesAFigure(actual: [Float], predicted: [Float]) throws {
    let figure = try ResidualPlot(actual: actual, predicted: predicted)
    #expect(figure.page.width == 1600 && figure.page.height == 800)
    #expect(try Picture(figure.tiny(400, 200).png().encode()).height == 200)
  }

  @Test func manySamplesBecomeADensity() throws {
    var random = Random(seed: 1)
    let actual = (0..<20_000).map { _ in Float(random.normal()) }
    let figure = try ResidualPlot(actual: actual, predicted: actual.map { $0 * 0.9 }).tiny(800, 400, scale: 0.8)
    #expect(try figure.png() == figure.png())
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30)]) func tinyPages(width: Int, height: Int) throws {
    let figure = try ResidualPlot(actual: [1, 2, 3], predicted: [2, 2, 2])
    #expect(try figure.tiny(width, height, scale: 1.6).png().width == width)
  }

  @Test func histograms() {
    let scale = Scale(from: -10, to: 10)
    let even = Histogram((0..<1000).map(Double.init), on: scale)
    // 2 · 500 / ∛1000 = 100 wide.
    #expect(even.counts == Array(repeating: 100, count: 10) && even.edge(0) == 0 && even.edge(10) == 999)
    let equal = Histogram([2, 2, 2], on: scale)
    #expect(equal.counts == [3] && equal.edge(0) == 1.5 && equal.edge(1) == 2.5)
    let outlier = Histogram(Array(repeating: 1, count: 99) + [1e6], on: scale)
    #expect(outlier.counts.count == 60 && outlier.counts.first == 99 && outlier.counts.last == 1)
    #expect(Histogram([], on: scale).counts == [0])
  }
}
