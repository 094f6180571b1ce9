import Foundation
import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct DecisionBoundaryTests {
  /// P = σ(8 x₁), the boundary on x₁ = 0.
  private func figure(_ coordinates: [Float] = [-1, -1, 1, 1], _ labels: [Int] = [0, 1]) -> DecisionBoundary {
    var figure = DecisionBoundary(classes: ["left", "right"], points: [PointSet("train", coordinates, labels: labels)])
    {
      points in stride(from: 0, to: points.count, by: 2).map { 1 / (1 + Float.exponential(-8 * points[$0])) }
    }
    (figure.page.width, figure.page.height, figure.page.scale) = (480, 360, 0.6)
    return figure
  }

  /// The first column of the plot, that of the dark line, and the last one.
  private func columns(_ figure: DecisionBoundary) throws -> (left: Int, line: Int, right: Int) {
    var figure = figure
    figure.page.scale = 1
    let picture = try Picture(figure.png().encode())
    let colors = (0..<picture.width).map { picture.color($0, picture.height / 3) }
    let left = try #require(colors.firstIndex { $0[0] < 160 && $0[2] > 200 })
    let right = try #require(colors.indices.last { colors[$0][0] > 225 && colors[$0][2] < 200 && $0 < left + 310 })
    let line = try #require(colors.indices.first { $0 > left && colors[$0][0] < 110 })
    return (left, line, right)
  }

  @Test func regionsHaveTheColorsOfTheirClasses() throws {
    let columns = try columns(figure())
    #expect(columns.left < columns.line && columns.line < columns.right)
    let picture = try Picture(figure().png().encode())
    let row = (0..<picture.width).map { picture.color($0, picture.height / 2) }
    // The strongest colors are 55 % of the hue over F7F7F7.
    #expect(row.contains([111, 174, 209]) && row.contains([238, 199, 111]))
  }

  @Test func theLineLiesWhereTheClassifierIsUndecided() throws {
    var shifted = figure([], [])
    shifted.limits = (-1...1, -1...1)
    let centered = try columns(shifted)
    shifted.limits = (-1.5...0.5, -1...1)
    let right = try columns(shifted)
    let width = centered.right - centered.left
    #expect(abs(centered.line - centered.left - width / 2) <= 1)
    #expect(abs(right.line - right.left - 3 * width / 4) <= 2)
  }

  @Test func pointsThatAreNotFiniteAreCounted() throws {
    let figure = figure([-1, -1, 1, 1, .nan, 0, 0, .infinity], [0, 1, 1, 0])
    let field = try DecisionField(figure, plot(), pixels: 10)
    #expect(figure.note(field) == "2 points that are not finite left out")
    #expect(try Picture(figure.png().encode()).width == 480)
  }

  @Test func scoresThatAreNotFiniteAreCounted() throws {
    var figure = figure()
    figure.scores = { points in stride(from: 0, to: points.count, by: 2).map { points[$0] < 0 ? .nan : 1 } }
    let field = try DecisionField(figure, plot(), pixels: 599)
    #expect(field.nonFiniteCount == 45_000)
    #expect(figure.note(field) == "scores not finite at 45000 of 90000 nodes (gray)")
    _ = try figure.png()
  }

  private func plot() -> Plot {
    let axis = Axis(Scale(from: -1, to: 1))
    return Plot(area: Rect(x: 0, y: 0, width: 10, height: 10), x: axis, y: axis, theme: .light)
  }

  @Test func thePlotStaysWhereItIsWhenMistakesVanish() throws {
    let right = try figure().content(within: nil)
    let wrong = try figure([-1, -1, 1, 1], [1, 0]).content(within: nil)
    #expect(right.legend.width < wrong.legend.width)
    #expect(right.legendWidth == wrong.legendWidth && right.legendWidth >= wrong.legend.width)
  }

  @Test func mistakesAreMarked() throws {
    var figure = figure([-1, -1, 1, 1, -1, 1], [0, 1, 1])
    let marked = try figure.png()
    figure.marksMistakes = false
    #expect(try figure.png() != marked)
  }

  @Test func sameFigureSameBytes() throws {
    #expect(try figure().png().encode() == figure().png().encode())
  }

  @Test func wrongDataIsRefused() throws {
    #expect(throws: GliaError.self) { try figure([], []).png() }
    #expect(throws: GliaError.self) { try figure([.nan, 1], [0]).png() }
    #expect(throws: GliaError.self) { try figure([1, 2, 3], [0]).png() }
    #expect(throws: GliaError.self) { try figure([1, 2], [2]).png() }
    #expect(throws: GliaError.self) { try figure([1, 2], [-1]).png() }
    for counts in [0, 1, 7] {
      var wrong = figure()
      wrong.scores = { _ in Array(repeating: 0.5, count: counts) }
      #expect(throws: GliaError.self) { try wrong.png() }
    }
    var three = figure()
    three.scores = { points in Array(repeating: 0.5, count: points.count / 2 * 3) }
    #expect(throws: GliaError.self) { try three.png() }
    var none = figure()
    none.classes = []
    #expect(throws: GliaError.self) { try none.png() }
  }

  @Test func withLimitsNoPointsAreNeeded() throws {
    var figure = figure([], [])
    figure.limits = (-1...1, -1...1)
    #expect(try figure.png().width == 480)
  }

  @Test(arguments: [1, 3, 12]) func anyNumberOfClasses(count: Int) throws {
    var figure = DecisionBoundary(
      classes: (0..<count).map { "class \($0)" },
      points: [PointSet("train", [0, 0, 1, 2], labels: [0, count - 1])], scoreKind: .logit
    ) { points in
      stride(from: 0, to: points.count, by: 2).flatMap { i in (0..<count).map { Float($0) * points[i] } }
    }
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    #expect(try figure.png().width == 320)
  }

  @Test(arguments: [[0, 0], [1e12, -1e12], [1e-12, 1e-12, 2e-12, 2e-12], [3e38, -3e38, -3e38, 3e38]] as [[Float]])
  func extremePoints(coordinates: [Float]) throws {
    let labels = Array(repeating: 0, count: coordinates.count / 2)
    #expect(try figure(coordinates, labels).png().width == 480)
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30)]) func tinyPages(width: Int, height: Int) throws {
    var figure = figure()
    (figure.page.width, figure.page.height) = (width, height)
    #expect(try figure.png().width == width)
    var loss = LossCurve(training: [3, 2, 1], validation: [4, 3, 2])
    loss.metric = .init("accuracy", training: [0.5, 0.6, 0.7])
    (loss.page.width, loss.page.height) = (width, height)
    #expect(try loss.png().height == height)
  }

  @Test func aHugePageIsRefused() {
    var figure = figure()
    (figure.page.width, figure.page.height) = (20_000, 20_000)
    #expect(throws: GliaError.self) { try figure.png() }
  }

  @Test func decisionValues() {
    let scoreKind = ScoreKind.decision(threshold: 1, range: -1...2)
    let places = [-5, -1, 0, 1, 1.5, 2, 9].map { scoreKind.normalized([Float($0)]) }
    #expect(places == [0, 0, 0.25, 0.5, 0.75, 1, 1])
    #expect(scoreKind.ticks.map(\.label) == ["−1.0", "0.0", "1.0", "1.5", "2.0"])
    #expect(ScoreKind.probability.normalized([0.2, 0.6]) == 0.75)
    #expect(ScoreKind.logit.normalized([0]) == 0.5)
    #expect(abs(ScoreKind.logit.normalized([1, 3]) - 0.880797) < 1e-6)
  }
}

@Suite struct RegressionTests {
  @Test func aFitSkipsAndCounts() throws {
    var figure = RegressionFit(samples: [.init("train", x: [0, 1, .nan], y: [0, 1, 2])]) { $0.map { 1 / $0 } }
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    #expect(
      figure.note([Point(0, 1), Point(0, .infinity)], beyond: Scale(from: 0, to: 2))
        .hasPrefix("1 sample that is not finite left out"))
    #expect(try figure.png().width == 320)
  }

  @Test func aCurveThatIsNotSeenIsTold() {
    let figure = RegressionFit(samples: [.init("train", x: [0, 1], y: [0, 1])]) { $0 }
    func note(_ heights: [Double]) -> String {
      figure.note(heights.map { Point(0, $0) }, beyond: Scale(from: 0, to: 2))
    }
    #expect(note([0, 1, 2]).isEmpty)
    #expect(note([1e20, -1e20]) == "network wholly outside")
    #expect(note([3, 1, 1, 1]) == "network outside over 25 % of the width")
    #expect(note([.nan, .infinity]) == "network not finite at any input")
    #expect(note([.nan, 1]) == "network not finite at 1 of 2 inputs")
  }

  @Test(arguments: [(-2.0, 2.0), (0, 1), (0, 1e-9), (3, 97), (-1e12, 2e12), (0.1, 0.74)])
  func surfacesHaveLinesEnough(low: Double, high: Double) {
    let figure = RegressionSurface(samples: []) { $0 }
    #expect((6...11).contains(figure.levels(of: Scale(from: low, to: high)).values.count))
  }

  @Test func wrongFitsAreRefused() {
    #expect(throws: GliaError.self) { try RegressionFit(samples: []) { $0 }.png() }
    #expect(throws: GliaError.self) { try RegressionFit(samples: [.init("a", x: [1], y: [])]) { $0 }.png() }
    #expect(throws: GliaError.self) { try RegressionFit(samples: [.init("a", x: [1], y: [2])]) { _ in [1] }.png() }
  }

  @Test func aSurfaceIsDrawn() throws {
    var figure = RegressionSurface(samples: [.init("train", [0, 0, 1, 1, .nan, 1], targets: [0, 2, 1])]) { points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] + points[$0 + 1] }
    }
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    #expect(try figure.png().width == 320)
    figure.function = { points in Array(repeating: .nan, count: points.count / 2) }
    #expect(throws: GliaError.self) { try figure.png() }
    figure.function = { points in Array(repeating: 1, count: points.count) }
    #expect(throws: GliaError.self) { try figure.png() }
  }
}

extension Float {
  fileprivate static func exponential(_ x: Float) -> Float { Float(Foundation.exp(Double(x))) }
}
