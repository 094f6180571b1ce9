import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct InsideHistogramTests {
  private typealias Values = LayerHistograms.Values

  private func figure(_ rows: [Values], range: ClosedRange<Double>? = nil) -> LayerHistograms {
    LayerHistograms(
      layers: [LayerSummary("hidden 1", units: 2, range: range)],
      snapshots: rows.enumerated().map { .init(step: $0, layers: [$1]) }
    ).shrunk()
  }

  private func plot(_ kind: RidgePlot.Kind, _ rows: [Values], _ scale: Scale) -> RidgePlot {
    RidgePlot(kind: kind, rows: rows, area: Rect(x: 0, y: 0, width: 100, height: 100), scale: scale, theme: .light)
  }

  @Test func zerosAndDeadUnitsAreCounted() {
    // Three samples of four units: the second is dead, the fourth is 0 once.
    let values = Values(activations: [1, 0, 2, 3, 1, 0, 2, 0, 1, 0, 2, 5], units: 4)
    #expect(values.deadUnits == 1 && abs(values.zeros - 4.0 / 12) < 1e-12)
    #expect(Values(activations: [], units: 4).deadUnits == 0)
    #expect(Values(activations: [.nan, 0], units: 2).deadUnits == 1)
    #expect(Values(activations: [1], units: -3).units == 1)
    #expect(Values(activations: [0, 1], units: .max).deadUnits == 1)
  }

  @Test func ofManyActivationsSomeOfEveryUnitAreKept() {
    let values = Values(activations: (0..<636_000).map { Float($0 % 6) }, units: 6)
    #expect((10_000...20_000).contains(values.activations.count))
    #expect(Set(values.activations) == [0, 1, 2, 3, 4, 5])
    #expect(values.deadUnits == 1 && abs(values.zeros - 1.0 / 6) < 1e-12)
  }

  @Test func countsAreSpreadOverTheirNeighbors() {
    func close(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 } }
    #expect(close(RidgePlot.averaged([0, 0, 9, 0, 0], 3), [1, 2, 3, 2, 1]))
    // Counts beyond the left end, 2 and 1, are reflected.
    #expect(close(RidgePlot.averaged([9, 0, 0, 0, 0], 3), [5, 3, 1, 0, 0]))
    #expect(RidgePlot.averaged([0, 4], 1) == [0, 4])
  }

  @Test func theMeanDensityIsThePartThatIsDrawn() {
    func mean(_ row: [Double]) -> Double { row.reduce(0, +) / Double(row.count) }
    let axis = Scale(from: 0, to: 4)
    let weights = plot(.weights, [Values(weights: [0, 1, 2, 9]), Values(weights: [3, .nan])], axis).densities
    #expect(abs(mean(weights[0]) - 0.75) < 1e-9 && abs(mean(weights[1]) - 1) < 1e-9)
    let half = plot(.activations, [Values(activations: [0, 1, 0, 2], units: 2)], axis).densities
    #expect(abs(mean(half[0]) - 0.5) < 1e-9)
  }

  @Test func captionsTellHowItBeganAndEnded() {
    let rows = [
      Values(weights: [1, -1], activations: [1, 1], units: 2),
      Values(weights: [2, -2], activations: [0, 1], units: 2),
    ]
    #expect(RidgePlot.captions(.weights, rows).map(\.text) == ["deviation 1.0 → 2.0"])
    #expect(RidgePlot.captions(.activations, rows).map(\.text) == ["zeros 0 → 50 %", "dead units 0 → 1 of 2"])
    #expect(RidgePlot.captions(.activations, rows).map(\.isAlarm) == [false, true])
    #expect(RidgePlot.captions(.activations, [rows[0]]).isEmpty)
    #expect(RidgePlot.deviation([1, 2, 3, 4, .infinity]) == 1.25.squareRoot())
  }

  @Test func aFewFarAwayDoNotSetTheScale() {
    let values = (0..<5000).map { Float($0) / 5000 }
    let scale = RidgePlot.scale(around: [[values + [1000, .nan]]])
    #expect(scale.low > -0.1 && scale.high < 1.1)
    #expect(RidgePlot.scale(around: [[values + [2]]]).high > 2)
    #expect(RidgePlot.scale(around: []).high == 1)
  }

  @Test func noRidgeIsCut() {
    // The first ends at the left, the second at the right; fewer values have wider bins.
    let plots: [[[Float]]] = [[[-9, -9, 1, 2], [-8]], [(0..<100).map { Float($0) / 20 }], [[]]]
    let scale = RidgePlot.scale(around: plots)
    let least = [0.05, 0.02]
    for (rows, air) in zip(plots, least) {
      for row in plot(.weights, rows.map { Values(weights: $0) }, scale).densities {
        #expect(row.first == 0 && row.last == 0)
      }
      let ends = rows.joined().map { scale.fraction(Double($0)) }
      #expect((ends.min() ?? 0) > air && (ends.max() ?? 1) < 1 - air)
    }
    let rectified = RidgePlot.scale(around: [[[1, 2, 3]]], from: 0)
    let row = plot(.activations, [Values(activations: [1, 2, 3])], rectified).densities[0]
    #expect(rectified.low == 0 && row.last == 0)
    #expect(RidgePlot.scale(around: [[[5, 5]]]).contains(5))
  }

  @Test func aNetworkIsRecorded() throws {
    var network = try exclusiveOr()
    var histograms = LayerHistograms()
    try histograms.record(network, on: corners())
    try network.set("layers.0.bias", to: Tensor(shape: [2], [0, -5]))
    try histograms.record(network, on: corners(), step: 10)
    #expect(histograms.snapshots.map(\.step) == [1, 10])
    let (first, last) = (histograms.snapshots[0].layers, histograms.snapshots[1].layers)
    #expect(first[0].weights == [1, 1, 1, 1] && first[1].weights == [1, -2])
    #expect(first[0].activations == [0, 0, 1, 0, 1, 0, 2, 1] && first[1].activations == [0, 1, 1, 0])
    #expect(first[0].deadUnits == 0 && last[0].deadUnits == 1)
    #expect(histograms.title == "Weights and activations · 2–2–1 rectified")
    #expect(try histograms.shrunk(960, 720, scale: 1.2).picture().alarmed > 20)
    let other = try Network(input: [2], layers: [PlainLayer(1)])
    #expect(throws: GliaError.self) { try histograms.record(other, on: corners()) }
  }

  @Test(arguments: [1, 2, 5, 33, 1000]) func ofLongTrainingsTheFirstAndTheLastAreKept(count: Int) throws {
    var histograms = LayerHistograms(layers: [LayerSummary("hidden 1", units: 1)])
    for step in 0..<count { histograms.append(.init(step: step, layers: [Values(weights: [1])])) }
    let steps = histograms.snapshots.map(\.step)
    #expect(steps.first == 0 && steps.last == count - 1 && steps.count <= 32 && steps.count >= min(count, 16))
    let gaps = Set(zip(steps, steps.dropFirst()).dropLast().map { $1 - $0 })
    #expect(gaps.count <= 1)
  }

  @Test(arguments: [[0], [1, 1, 1], [1e-30, -1e-30], [3e38, -3e38], [.nan, 1], [.infinity, 1, 2]] as [[Float]])
  func everyHistoryMakesAFigure(values: [Float]) throws {
    let rows = Array(repeating: Values(weights: values, activations: values, units: 1), count: 3)
    #expect(try figure(rows).png().width == 480)
    #expect(try figure(rows, range: 0...(.infinity)).png() == figure(rows, range: 0...(.infinity)).png())
    #expect(try figure([rows[0]], range: 0...1).png().width == 480)
    #expect(try figure([Values(weights: values), Values(weights: [])]).png().width == 480)
  }

  @Test func wrongDataIsRefused() throws {
    func error(_ change: (inout LayerHistograms) -> Void) -> GliaError? {
      var figure = figure([Values(weights: [1, 2])])
      change(&figure)
      return #expect(throws: GliaError.self) { try figure.png() }
    }
    #expect(error { $0.snapshots = [] }?.what == "there are no histograms to draw")
    #expect(error { $0.layers = [] }?.what == "there are no layers to draw")
    #expect(error { $0.snapshots[0].layers = [] }?.place == "snapshots.0")
    #expect(error { $0.snapshots[0].layers[0].weights = [.nan] }?.what == "no weight and no activation is finite")
    #expect(error { $0.weightLimits = 0...(.infinity) }?.place == "weightLimits")
    #expect(error { $0 = $0.shrunk(40, 40, scale: 1) }?.what == "the histograms do not fit on a page of 40 × 40 pixels")
    var broken = figure([Values(weights: [1, .nan, 2])])
    #expect(broken.note(broken.snapshots) == "1 value that is not finite left out")
    for most in [Int.min, 0, .max] {
      broken.mostSnapshots = most
      #expect(try broken.png().width == 480)
      broken.append(broken.snapshots[0])
    }
  }
}
