import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct LossCurveTests {
  private func small(_ figure: LossCurve) -> LossCurve {
    var figure = figure
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    return figure
  }

  @Test func emptyOrHopelessDataIsRefused() {
    #expect(throws: GliaError.self) { try LossCurve(training: []).png() }
    #expect(throws: GliaError.self) { try LossCurve(training: [.nan, .infinity]).png() }
  }

  @Test(arguments: [
    [0.5], [0, 0, 0], [0.7, 0.7, 0.7], [1e-12, 2e-12], [1e12, 3e12], [-5, -3, 2], [1, .nan, .nan], [.infinity, 3, 1],
    [1e-300, 1e300], [Double.leastNonzeroMagnitude, 1], [1.7e308, -1.7e308],
  ])
  func everyHistoryMakesAFigure(losses: [Double]) throws {
    var figure = small(LossCurve(training: losses, validation: losses.reversed()))
    figure.events = [.init("early stop", after: 1), .init("never", after: .nan)]
    figure.batchLosses = losses + losses
    figure.metric = .init("accuracy", training: losses, validation: [])
    #expect(try Picture(figure.png().encode()).height == 240)
  }

  @Test func lossesThatAreNotFiniteAreCountedAndMarked() throws {
    let figure = small(LossCurve(training: [3, 2, .nan, .nan], validation: [3, 2, 1]))
    #expect(figure.note(2) == "2 losses that are not finite left out")
    let picture = try Picture(figure.png().encode())
    let alarm = stride(from: 0, to: picture.pixels.count, by: 3).count {
      picture.pixels[$0] > 190 && picture.pixels[$0 + 1] < 90 && picture.pixels[$0 + 2] < 60
    }
    #expect(alarm > 10)
  }

  @Test func longHistoriesAreThinned() throws {
    let figure = small(LossCurve(training: (0..<200_000).map { 1 / Double($0 + 1) }))
    #expect(try figure.png().width == 320)
  }

  @Test func theTitleIsInTheFile() throws {
    var figure = small(LossCurve(training: [2, 1]))
    figure.title = "moons · loss"
    figure.page.text = [.init("Seed", "7")]
    let entries = try figure.png().text
    #expect(
      entries == [.init("Title", "moons · loss"), .init("Seed", "7"), .init("Software", "Glia \(Model.version)")])
  }

  @Test func smoothingIsFreedOfItsBias() {
    // m = 0.5, then 0.25 + 1 and so on, divided by 1 − 0.5ᵗ.
    let smooth = LossCurve.smoothed([1, 2, .nan, 4], 0.5)
    #expect(abs(smooth[0] - 1) < 1e-12)
    #expect(abs(smooth[1] - (0.25 + 1) / 0.75) < 1e-12)
    #expect(smooth[2].isNaN)
    #expect(abs(smooth[3] - (0.125 + 0.5 + 2) / 0.875) < 1e-12)
    #expect(LossCurve.smoothed([3, 7, 5], 0) == [3, 7, 5])
  }

  @Test func stripsShareTheEpochs() {
    var figure = LossCurve(training: [3, 2, 1, 0.5], validation: [3, 2])
    figure.metric = .init("accuracy", training: [0.1, 0.2])
    figure.learningRates = [0.1, 0.1, 0.001, 0.001]
    figure.gradientNorms = [.nan, .nan]
    figure.batchLosses = Array(repeating: 1, count: 8)
    figure.smoothing = 0.9
    let layout = LossLayout(figure, [0.5, 3], bounds: Rect(x: 0, y: 0, width: 800, height: 600))
    // Without a finite value, there is no strip.
    #expect(layout.strips.map(\.name) == ["loss", "accuracy", "learning rate"])
    #expect(layout.strips[0].lines.map(\.name) == ["", "train (β 0.9)", "validation"])
    #expect(layout.strips[2].kind == .logarithmic)
    #expect(layout.strips[2].lines[0].points.map(\.epoch) == [0, 1, 1, 2, 2, 3, 3, 4])
    #expect(Set(layout.plots.map(\.area.x)).count == 1 && Set(layout.plots.map(\.area.width)).count == 1)
    for (upper, lower) in zip(layout.plots, layout.plots.dropFirst()) { #expect(upper.area.maxY + 10 < lower.area.y) }
    #expect(layout.plots.map(\.labelsX) == [false, false, true])
  }

  @Test func notesOfLowerAxesHaveTheirOwnRoom() {
    var figure = LossCurve(training: [3, 2, 1])
    figure.metric = .init("error", training: [670_268_001, 670_268_003, 670_268_002])
    figure.learningRates = [2e-9, 2e-9, 2e-9]
    let bounds = Rect(x: 0, y: 0, width: 800, height: 600)
    let plots = LossLayout(figure, [1, 3], bounds: bounds).plots
    let line = figure.page.theme.tickSize * Typeface.capHeight
    for (upper, lower) in zip(plots, plots.dropFirst()) {
      #expect(lower.y.ticks.note != nil)
      // The note is one to two lines above the axis.
      #expect(lower.area.y - 2 * line - 2 > upper.area.maxY + Plot.tickLength + 4)
    }
    figure.metric = .init("error", training: [1, 2, 3])
    let plain = LossLayout(figure, [1, 3], bounds: bounds).plots
    #expect(plain[1].area.y - plain[0].area.maxY < plots[1].area.y - plots[0].area.maxY)
  }

  @Test func metricsWithoutBoundsMayBeLogarithmic() {
    func kind(_ name: String, _ values: [Double]) -> Scale.Kind { LossStrip(.init(name, training: values)).kind }
    #expect(kind("mean absolute error", [2, 1e3, 1e21, .nan]) == .logarithmic)
    #expect(kind("mean absolute error", [2, 30]) == .linear && kind("error", [0, 1e9]) == .linear)
    #expect(kind("accuracy", [0.001, 0.99]) == .linear && kind("accuracy (%)", [0.1, 99]) == .linear)
  }

  @Test func anAxisThatBeginsNearZeroBeginsThere() {
    func scale(_ values: [Double]) -> Scale { LossStrip(.init("loss", training: values)).scale }
    #expect(scale([0.3, 0.014]).low == 0 && scale([0.3, 0.014]).high > 0.3)
    #expect(Ticks(scale([0.3, 0.014])).values.first == 0)
    #expect(scale([0.3, 0.2]).low > 0 && scale([0.3, -0.01]).low < 0)
    #expect(scale([0.7]).low > 0 && scale([]).low == 0)
  }

  @Test func theEpochsOfATraining() {
    let history = (1...4).map { number in
      func part(_ loss: Double) -> Evaluation {
        Evaluation(loss: loss, metrics: [MetricValue("top_k", loss / 2)])
      }
      return Epoch(
        number: number, steps: number, learningRate: number < 3 ? 0.1 : 0.01, training: part(1 / Double(number)),
        validation: part(2 / Double(number)))
    }
    let figure = LossCurve(history, isFraction: true, stopReason: .earlyStopping)
    #expect(figure.loss.training == [1, 1 / 2, 1 / 3, 1 / 4] && figure.loss.validation.first == 2)
    #expect(figure.metric?.name == "top k (%)" && figure.metric?.training.first == 50)
    #expect(figure.learningRates == [0.1, 0.1, 0.01, 0.01] && figure.events.map(\.kind) == [.rateDrop, .earlyStop])
    let plain = LossCurve(Array(history[..<2]), stopReason: .completed)
    #expect(plain.learningRates.isEmpty && plain.events.isEmpty && plain.metric?.training.first == 0.5)
    #expect(LossCurve([Epoch]()).loss.training.isEmpty)
  }

  @Test func theBestEpochWhereTheCurveIsCutHasNoRing() throws {
    /// The pixels of the orange ring and line of the validation data.
    func orange(_ validation: [Double]) throws -> Int {
      var figure = LossCurve(training: [5, 4, 3, 2], validation: validation)
      (figure.page.width, figure.page.height, figure.page.scale) = (640, 480, 1)
      let picture = try Picture(figure.png().encode())
      return (0..<picture.width * picture.height).count {
        let color = picture.color($0 % picture.width, $0 / picture.width)
        return abs(color[0] - 0xD5) < 12 && abs(color[1] - 0x5E) < 12 && color[2] < 12
      }
    }
    #expect(try orange([1, .nan, .nan, .nan]) == 0)
    #expect(try orange([1, 2, .nan, .nan]) > 20)
  }

  @Test func theScaleFollowsTheLosses() {
    func kind(_ losses: [Double], _ scale: Scale.Kind? = nil) -> Scale.Kind? {
      var figure = LossCurve(training: losses)
      figure.scale = scale
      let bounds = Rect(x: 0, y: 0, width: 800, height: 600)
      return LossLayout(figure, losses.filter(\.isFinite), bounds: bounds).plots.first?.y.scale.kind
    }
    #expect(kind([1, 0.02]) == .linear && kind([1, 0.009]) == .logarithmic)
    #expect(kind([1, 0.02], .logarithmic) == .logarithmic && kind([1, 0.009], .linear) == .linear)
    #expect(kind([1, 0], .logarithmic) == .linear && kind([1, -3]) == .linear)
    #expect(kind([1, 1], .logarithmic) == .logarithmic)
  }

  @Test func fallingRatesAreEvents() {
    let drops = LossCurve.Event.rateDrops(in: [0.01, 0.01, 0.001, 0.0009, 0.00025, .nan, 0.1, 0])
    #expect(drops.map(\.name) == ["rate 0.01 → 0.001", "rate 0.0009 → 0.00025"])
    #expect(drops.map(\.epoch) == [2, 4] && drops.allSatisfy { $0.kind == .rateDrop })
    #expect(LossCurve.Event.rateDrops(in: (0..<20).map { 1 / Double(1 << $0) }).isEmpty)
    #expect(LossCurve.Event.rateDrops(in: []).isEmpty)
  }

  @Test func everyEventIsDrawn() throws {
    let plain = small(LossCurve(training: (1...50).map { 1 / Double($0) }))
    var pictures: Set<PNG> = [try plain.png()]
    for kind in [LossCurve.Event.Kind.other, .rateDrop, .resume, .checkpoint, .earlyStop] {
      var figure = plain
      figure.events = [.init("", after: 20, kind: kind)]
      pictures.insert(try figure.png())
    }
    #expect(pictures.count == 6)
    var crowded = plain
    crowded.events = (0..<500).map { .init("event \($0)", after: Double($0) / 10, kind: .checkpoint) }
    crowded.events += [.init("beyond", after: 51), .init("never", after: .infinity), .init("before", after: -1)]
    #expect(try crowded.png().width == 320)
  }
}

@Suite struct LineEndLabelsTests {
  private func apart(_ heights: [Double], _ distance: Double = 10) -> [Double] {
    LineEndLabels.apart(heights, by: distance, within: 0...100)
  }

  @Test func namesThatHaveRoomStay() {
    #expect(apart([5, 30, 40]) == [5, 30, 40])
    #expect(apart([]) == [] && apart([-7]) == [0] && apart([200]) == [100])
  }

  @Test func namesThatCollideShareTheWay() {
    #expect(apart([50, 50]) == [45, 55])
    #expect(apart([50, 52, 54]) == [42, 52, 62])
    // Pushed apart, the lower pair meets the third.
    #expect(apart([50, 50, 56]) == [42, 52, 62])
    #expect(apart([20, 22, 30]) == [14, 24, 34])
    #expect(apart([2, 3]) == [0, 10] && apart([99, 99]) == [90, 100])
  }

  @Test func tooManyNamesKeepLessDistance() {
    let heights = apart((0..<21).map { _ in 30 })
    #expect(heights.first == 0 && heights.last == 100)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { abs($1 - $0 - 5) < 1e-9 })
  }
}
