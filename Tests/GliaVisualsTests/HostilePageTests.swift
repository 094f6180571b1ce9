import GliaCore
import Testing

@testable import GliaVisuals

/// Extreme pages, themes, and positions, with which every figure must be drawn without a crash.
@Suite struct HostilePageTests {
  private static let numbers = [Double.nan, .infinity, -.infinity, 0, -7, 1e-300, 1e9, 1e300]

  /// Returns `count` values per point; large figures have more than a million points.
  private func scores(of points: [Float], count: Int, _ score: (_ x: Float, _ y: Float, _ index: Int) -> Float)
    -> [Float]
  {
    [Float](unsafeUninitializedCapacity: points.count / 2 * count) { scores, made in
      points.withUnsafeBufferPointer { points in
        while made < scores.count {
          let point = made / count
          scores[made] = score(points[2 * point], points[2 * point + 1], made % count)
          made += 1
        }
      }
    }
  }

  private var figures: [any Figure] {
    let two = DecisionBoundary(classes: ["a", "b"], points: [PointSet("train", [0, 0, 1, 1], labels: [0, 1])]) {
      scores(of: $0, count: 1) { x, _, _ in x }
    }
    let many = DecisionBoundary(classes: ["a", "b", "c"], points: two.points) {
      scores(of: $0, count: 3) { x, y, score in score == 0 ? x : score == 1 ? y : 0.2 }
    }
    let surface = RegressionSurface(samples: [.init("train", [0, 0, 1, 1], targets: [0, 2])]) {
      scores(of: $0, count: 1) { x, y, _ in x + y }
    }
    let fit = RegressionFit(samples: [.init("train", x: [0, 1, 2], y: [0, 1, 4])]) { $0.map { $0 * $0 } }
    var loss = LossCurve(training: [3, 2, .nan, 0.001], validation: [3, 2.5, 2, 2.2])
    loss.metric = .init("accuracy", training: [0.1, 0.2, 0.3, 0.4])
    loss.learningRates = [0.1, 0.1, 0.01, 0.001]
    loss.batchLosses = [3, 3, 2, 2, 1, 1, 1, 1]
    loss.events = LossCurve.Event.rateDrops(in: loss.learningRates)
    let figures: [any Figure] = [two, many, surface, fit, loss]
    return figures + [FigureGrid(columns: 2, figures)]
  }

  @Test(arguments: numbers) func anyScale(number: Double) throws {
    for var figure in figures {
      (figure.page.width, figure.page.height, figure.page.scale) = (60, 40, number)
      #expect(try figure.png().width == 60)
    }
  }

  @Test(arguments: numbers) func anySizesOfText(number: Double) throws {
    for var figure in figures {
      (figure.page.width, figure.page.height, figure.page.scale, figure.title) = (90, 70, 0.3, "title")
      (figure.page.theme.titleSize, figure.page.theme.labelSize, figure.page.theme.tickSize) = (number, number, number)
      figure.page.theme.strongestTint = number
      #expect(try figure.png().width == 90)
    }
  }

  @Test(arguments: numbers) func anyPlaceOnACanvas(number: Double) throws {
    var canvas = try Canvas(pixelWidth: 50, pixelHeight: 40, scale: 0.2)
    // The largest factors are limited to one with which figures have more than a million nodes.
    let factor = number.isFinite && number > 1 ? 1 : number
    for figure in figures {
      try figure.draw(on: &canvas, in: Rect(x: number, y: 3, width: 90, height: number), scale: 0.5)
      try figure.draw(on: &canvas, in: Rect(x: 5, y: number, width: number, height: 60), scale: factor)
    }
    #expect(try canvas.decoded().width == 50)
  }

  @Test(arguments: numbers.dropFirst()) func anyLimits(number: Double) throws {
    let two = DecisionBoundary(classes: ["a", "b"], points: [PointSet("train", [0, 0, 1, 1], labels: [0, 1])]) {
      points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] }
    }
    for limits in [min(number, 1)...max(number, 1), -3...(-3)] {
      var figure = two
      (figure.page.width, figure.page.height, figure.page.scale) = (60, 40, 0.2)
      figure.limits = (limits, -1...1)
      #expect(try figure.png().width == 60)
      figure.limits = (limits, limits)
      #expect(try figure.png().width == 60)
    }
  }
}
