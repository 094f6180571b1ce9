import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ComparisonsRunsTests {
  private let runs = ComparedRuns("a", losses: [[4, 1, 0.5], [3, 2, 1], [8, .nan, 2]])

  @Test func mediansByHand() {
    #expect(runs.losses[2] == [8, .infinity] && runs.divergedCount == 1 && runs.epochs == 3)
    #expect(runs.median(after: 1) == 4 && runs.median(after: 2) == 2 && runs.median(after: 3) == 1)
    #expect(runs.finalMedian == 1 && runs.range(after: 1) == 3...8 && runs.range(after: 3) == 0.5...1)
    #expect(ComparedRuns("b", losses: [[1], [2]]).finalMedian == 1.5)
    // Half of the runs have diverged.
    #expect(ComparedRuns("c", losses: [[1, 1], [1, .infinity]]).finalMedian == nil)
    #expect(ComparedRuns("d", losses: []).finalMedian == nil && ComparedRuns("e", losses: [[]]).median(after: 1) == nil)
  }

  @Test func aRunThatEndedEarlyKeepsItsLoss() {
    let runs = ComparedRuns("a", losses: [[5, 1], [5, 4, 3]])
    #expect(runs.median(after: 3) == 2 && runs.range(after: 3) == 1...3 && runs.divergedCount == 0)
  }

  @Test func epochsToAThreshold() {
    #expect(runs.epochs(toReach: 1) == 3 && runs.epochs(toReach: 2) == 2 && runs.epochs(toReach: 0.5) == nil)
    #expect(ComparedRuns("b", losses: [[2, 1], [1, 1]]).epochs(toReach: 1) == 1.5)
    #expect(runs.epochs(toReach: .nan) == nil)
  }

  @Test func ranksAndThresholds() {
    let series = [
      ComparedRuns("diverged", losses: [[1, .nan]]), ComparedRuns("b", losses: [[1, 0.1]]),
      ComparedRuns("c", losses: [[0.9, 0.01]]),
    ]
    #expect(series.ranking == [2, 1, 0])
    // √(1 · 0.01) = 0.1
    #expect(series.usualThreshold == 0.1)
    #expect([ComparedRuns("z", losses: [[0, 0]])].usualThreshold == nil && [ComparedRuns]().usualThreshold == nil)
  }
}

@Suite struct ComparisonsFigureTests {
  /// Returns the number of pixels with the color of the second of two optimizers.
  private func ink(_ losses: [Double]) throws -> Int {
    let series = [ComparedRuns("a", losses: [[0.6, 0.1, 0.01]]), ComparedRuns("b", losses: [losses])]
    var figure = OptimizerComparison(series).shrunk(1280, 960, scale: 1.6)
    // Neither a bar nor a legend entry has that color.
    figure.threshold = 1e-9
    let picture = try figure.picture()
    return (0..<picture.height).reduce(0) { sum, y in
      sum
        + (0..<picture.width * 2 / 3).count { x in
          zip(picture.color(x, y), [0xE6, 0x9F, 0x00]).allSatisfy { abs($0 - $1) < 12 }
        }
    }
  }

  @Test func whatIsFarAboveStaysSeen() throws {
    #expect(try ink([158, 160, 158]) > 500)
    #expect(try ink([1e9, 1e9, 1e9]) > 50)
    #expect(try ink([1e9, 0.5, 0.2]) > 300)
    #expect(try ink([]) == 0)
  }

  @Test func anOptimizerLooksTheSameEverywhere() {
    for index in 0..<40 {
      let (one, other) = (OptimizerComparison([]).style(index), Trajectories(on: .ravine, []).style(index))
      #expect(one.color == other.color && one.marker == other.marker && one.marker != .star)
    }
    let styles = (0..<40).map { RunStyle($0, .print) }
    let signs = Set(styles.map { "\($0.color) \($0.marker) \($0.stroke.dashes)" })
    #expect(signs.count == 40)
  }

  @Test func whatIsToldIsDrawn() throws {
    let series = [
      ComparedRuns("a", losses: [[1, 0.5, 0.2], [1, 0.6, 0.1]]),
      ComparedRuns("b", losses: [[1, 9e9, .nan], [1, 2, .nan]]),
    ]
    let picture = try OptimizerComparison(series).shrunk(1280, 960, scale: 1.6).picture()
    #expect(picture.count(near: Theme.light.alarm) > 5)
    #expect(picture.count(near: Theme.light.hue(0)) > 50)
    let calm = try OptimizerComparison([series[0]]).shrunk().picture()
    #expect(calm.count(near: Theme.light.alarm) == 0)
  }

  @Test(arguments: [
    [[0.5]], [[0, 0], [0, 0]], [[-1, 2]], [[1e300, 1e-300]], [[1e300, -1e300]], [[5], [], [1, 2, .infinity]],
  ]) func hostileLosses(losses: [[Double]]) throws {
    var figure = OptimizerComparison([ComparedRuns("a", losses: losses), ComparedRuns("none", losses: [])])
    #expect(try figure.shrunk().png().width == 480)
    figure.threshold = .nan
    #expect(try figure.shrunk(1, 1).png().width == 1)
    figure.threshold = -.infinity
    #expect(try figure.shrunk(60, 2000).png().width == 60)
  }

  @Test func nothingFiniteIsRefused() {
    #expect(throws: GliaError.self) { try OptimizerComparison([]).png() }
    #expect(throws: GliaError.self) { try OptimizerComparison([ComparedRuns("a", losses: [[.nan]])]).png() }
  }
}
