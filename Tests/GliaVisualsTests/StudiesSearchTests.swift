import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ObjectiveScaleTests {
  @Test func theBestTrial() {
    #expect(ObjectiveScale.best([3, .nan, 1, 1], isMaximized: false) == 2)
    #expect(ObjectiveScale.best([3, .infinity, 1, 3], isMaximized: true) == 0)
    #expect(ObjectiveScale.best([.nan], isMaximized: true) == nil)
  }

  @Test func farOutliersAreLeftOut() throws {
    let losses = (1...20).map { Double($0) / 20 }
    let scale = try #require(ObjectiveScale(losses + [1e9, .nan], isMaximized: false))
    #expect(scale.beyond == 1 && scale.isBeyond(1e9) && !scale.isBeyond(1) && scale.scale.high < 2)
    #expect(scale.merit(1e9) == 0 && scale.merit(0) == 1 && scale.note == "1 far above the axis (arrows)")
    // Large values are good here, so only the low one is left out.
    let scores = try #require(ObjectiveScale(losses + [-1e9, 100], isMaximized: true))
    #expect(scores.beyond == 1 && scores.scale.contains(100) && !scores.scale.contains(-1e9))
    #expect(scores.merit(100) > 0.9 && scores.note == "1 far below the axis (arrows)")
    #expect(ObjectiveScale(losses, isMaximized: false)?.beyond == 0)
    #expect(ObjectiveScale([.nan, .infinity], isMaximized: false) == nil)
    #expect(ObjectiveScale([0.001, 0.01, 1], isMaximized: false)?.scale.kind == .logarithmic)
    #expect(ObjectiveScale([0.001, 0.01, 1], isMaximized: true)?.scale.kind == .linear)
  }

  @Test func veryManyTrialsAreThinned() {
    #expect([0, 1, 20_000, 20_001, 100_000].map(ObjectiveScale.stride) == [1, 1, 1, 2, 5])
    #expect(ObjectiveScale.strideNote(20_000).isEmpty && ObjectiveScale.strideNote(90_000) == "every 5th trial drawn")
  }
}

@Suite struct BestSoFarTests {
  private static let trials: [BestSoFar.Trial] = [
    .init(.nan), .init(4), .init(1, .pruned), .init(5), .init(3), .init(2, .failed), .init(3.5),
  ]

  @Test func theBestByHand() {
    var figure = BestSoFar(Self.trials)
    #expect(figure.best == 4 && figure.trials[0].state == .failed)
    #expect(figure.bestValues.map { "\($0)" } == ["nan", "4.0", "4.0", "4.0", "3.0", "3.0", "3.0"])
    figure.isMaximized = true
    #expect(figure.best == 3 && figure.bestValues.last == 5)
    #expect(BestSoFar([.init(1, .pruned)]).best == nil)
  }

  @Test func trialsAreWhereTheyBelong() throws {
    let figure = BestSoFar(Self.trials).shrunk(800, 600, scale: 1)
    let objective = try #require(ObjectiveScale([4, 1, 5, 3, 3.5], isMaximized: false))
    let plot = figure.plot(objective, figure.page(summarizing: "?"), Rect(x: 0, y: 0, width: 800, height: 600))
    let (picture, theme) = (try figure.picture(), Theme.light)
    #expect(picture.has(theme.hue(0), near: plot.place(4, 5), scale: 1))
    // A pruned trial is hollow.
    #expect(picture.has(theme.page, near: plot.place(3, 1), scale: 1, reach: 0))
    #expect(picture.has(theme.hue(0), near: plot.place(3, 1), scale: 1, reach: 5))
    for trial in [1.0, 6] {
      #expect(picture.has(theme.alarm, near: Point(plot.place(trial, 1).x, plot.area.y), scale: 1, reach: 1))
    }
    #expect(picture.has(theme.highlight, near: plot.place(5, 3), scale: 1, reach: 1))
    // The line steps down at the trial that is better.
    for (x, y) in [(3.5, 4), (5, 3.6), (6.3, 3)] {
      #expect(picture.has(theme.counterpart, near: plot.place(x, y), scale: 1))
    }
  }

  @Test(arguments: [[1], [1, 1], [0, -1], [1e300, -1e300], [1e-300, 1e300, .nan]] as [[Double]])
  func oddNumbersAreDrawn(values: [Double]) throws {
    for isMaximized in [false, true] {
      var figure = BestSoFar(values.map { .init($0) } + [.init(.infinity), .init(2, .pruned)]).shrunk(300, 200)
      figure.isMaximized = isMaximized
      #expect(try figure.png().encode() == figure.png().encode())
      #expect(try figure.shrunk(1, 1).png().width == 1)
    }
  }

  @Test func nothingIsRefused() {
    #expect(throws: GliaError.self) { try BestSoFar([]).png() }
    #expect(throws: GliaError.self) { try BestSoFar([.init(.nan), .init(1, .failed)]).png() }
  }
}

@Suite struct SettingFiguresTests {
  static let settings = [
    StudySetting("rate", [0.001, 0.01, 0.1, 1]), StudySetting("momentum", [nil, 0.5, 0.9, .nan]),
    StudySetting("optimizer", categories: ["sgd", "adam", nil, "sgd"]),
  ]
  static let objective = [3, 1, 2, .nan]

  @Test func axesOfSettings() {
    let axes = Self.settings.map(SettingAxis.init)
    #expect(axes[0].axis.scale.kind == .logarithmic && axes[0].places == [0.001, 0.01, 0.1, 1])
    #expect(axes[1].axis.scale.kind == .linear && axes[1].places == [nil, 0.5, 0.9, nil])
    #expect(axes[2].categories == ["sgd", "adam"] && axes[2].places == [0, 1, nil, 0] && axes[2].isCategory)
    let whole = SettingAxis(StudySetting("units", [1, 2, 3]))
    #expect(whole.axis.ticks.labels == ["1", "2", "3"])
    let forced = SettingAxis(StudySetting("rate", [-1, 0, 10], scale: .logarithmic))
    #expect(forced.places == [nil, nil, 10])
    #expect(SettingAxis(StudySetting("none", categories: [nil])).places == [nil])
  }

  @Test func linesPassTheirValues() throws {
    var figure = ParallelCoordinates(Self.settings, objective: Self.objective).shrunk(1000, 600, scale: 1)
    #expect(figure.order == [3, 0, 2, 1])
    let columns = Self.settings.map(SettingAxis.init)
    let scale = try #require(ObjectiveScale(Self.objective, isMaximized: false))
    let layout = try ParallelLayout(
      page: figure.page(summarizing: "?"), bounds: Rect(x: 0, y: 0, width: 1000, height: 600), columns,
      Axis(scale.scale, name: figure.quantity), hasGaps: true)
    #expect(layout.places.count == 4 && layout.axes[0].scale == columns[0].axis.scale)
    #expect(layout.height(0, nil) == layout.gapY && layout.gapY > layout.area.maxY)
    let (picture, theme) = (try figure.picture(), Theme.light)
    // The best trial, between the first two axes.
    let ends = [Point(layout.places[0], layout.height(0, 0.01)), Point(layout.places[1], layout.height(1, 0.5))]
    #expect(picture.has(theme.counterpart, near: (ends[0] + ends[1]) * 0.5, scale: 1, reach: 1))
    let last = Point(layout.places[3], layout.height(3, 1))
    #expect(picture.has(theme.highlight, near: last, scale: 1, reach: 1))
    figure.isMaximized = true
    #expect(figure.order == [3, 1, 2, 0])
    figure.mostTrials = 2
    #expect(figure.order == [2, 0])
    #expect(try figure.png().width == 1000)
  }

  @Test func twelveAxesFitAndTooManyAreRefused() throws {
    func figure(_ count: Int) -> ParallelCoordinates {
      let settings = (0..<count).map { StudySetting("a_setting_with_a_long_name \($0)", [1, 2, nil]) }
      return ParallelCoordinates(settings, objective: [1, 2, 3]).shrunk(800, 450, scale: 0.8)
    }
    for theme in [Theme.light, .dark, .print] {
      var twelve = figure(12)
      twelve.page.theme = theme
      #expect(try twelve.png().width == 800)
    }
    #expect(throws: GliaError.self) { try figure(200).png() }
    #expect(throws: GliaError.self) { try figure(3).shrunk(20, 20).png() }
  }

  @Test func slicesShareTheirAxis() throws {
    let figure = SettingSlices(Self.settings, objective: Self.objective).shrunk(1200, 600, scale: 1)
    let axes = Self.settings.map(SettingAxis.init)
    let scale = try #require(ObjectiveScale(Self.objective, isMaximized: false))
    let plots = try PanelLayout(count: 3, columns: nil).plots(
      of: axes.map { PanelLayout.Panel(axis: $0.axis, isCategory: $0.isCategory) },
      Axis(scale.scale, name: figure.quantity), figure.page(summarizing: "?"),
      Rect(x: 0, y: 0, width: 1200, height: 600))
    let (picture, theme) = (try figure.picture(), Theme.light)
    #expect(picture.has(theme.hue(0), near: plots[0].place(0.001, 3), scale: 1))
    #expect(picture.has(theme.hue(0), near: plots[1].place(0.9, 2), scale: 1))
    #expect(picture.has(theme.highlight, near: plots[0].place(0.01, 1), scale: 1, reach: 1))
    #expect(picture.has(theme.spine, near: Point(plots[0].place(1, 1).x, plots[0].area.y), scale: 1, reach: 1))
  }

  @Test func categoriesAreSpreadWithinTheirLane() {
    let places = (0..<50).map { SettingSlices.place($0, 3, isCategory: true) }
    #expect(places.allSatisfy { (2.75...3.25).contains($0) } && Set(places).count == 50)
    #expect(SettingSlices.place(7, 3, isCategory: false) == 3)
  }

  @Test func oddNumbersAreDrawn() throws {
    let settings = [
      StudySetting("huge", [1e300, -1e300, .greatestFiniteMagnitude, nil]),
      StudySetting("nothing", [nil, nil, nil, nil]),
      StudySetting("equal", [2, 2, 2, 2]), StudySetting("", categories: [nil, nil, nil, nil]),
      StudySetting("text", categories: [String(repeating: "long", count: 99), "", "a", "b"]),
    ]
    for objective in [[1, 1, 1, 1], [1e300, -1e300, .nan, 0], [5, .nan, .infinity, .nan]] as [[Double]] {
      for isMaximized in [false, true] {
        var parallel = ParallelCoordinates(settings, objective: objective).shrunk()
        parallel.isMaximized = isMaximized
        #expect(try parallel.png().encode() == parallel.png().encode())
        var slices = SettingSlices(settings, objective: objective).shrunk()
        slices.isMaximized = isMaximized
        #expect(try slices.png().encode() == slices.png().encode())
      }
    }
  }

  @Test func wrongInputIsRefused() {
    for (settings, objective) in [
      ([], [1]), (Self.settings, [1, 2]), (Self.settings, [.nan, .nan, .nan, .nan]), ([StudySetting("a", [])], []),
    ] as [([StudySetting], [Double])] {
      #expect(throws: GliaError.self) { try ParallelCoordinates(settings, objective: objective).png() }
      #expect(throws: GliaError.self) { try SettingSlices(settings, objective: objective).png() }
    }
  }
}

@Suite struct SettingImportanceTests {
  @Test func barsAreAsLongAsTheirShares() throws {
    func area(_ shares: [Double]) throws -> Int {
      let figure = SettingImportance(shares.map { .init("s", $0) }, method: "fANOVA").shrunk(640, 480, scale: 1)
      return try figure.picture().count(near: Theme.light.hue(0))
    }
    let (one, two) = (try area([0.5, 0]), try area([0.25, 0.5]))
    #expect(one > 3000 && abs(Double(two) / Double(one) - 1.5) < 0.05)
  }

  @Test(arguments: [[0], [1], [0.5, .nan], [0.001, 0.2, 0.9]] as [[Double]]) func sharesAreDrawn(shares: [Double])
    throws
  {
    let figure = SettingImportance(
      shares.map { .init(String(repeating: "name", count: 40), $0, interval: 0...Double.infinity) }, method: ""
    ).shrunk()
    #expect(try figure.png().encode() == figure.png().encode())
    #expect(try figure.shrunk(1, 1).png().width == 1)
  }

  @Test func wrongInputIsRefused() {
    for shares in [[], [.nan], [-0.1], [1.1]] as [[Double]] {
      #expect(throws: GliaError.self) { try SettingImportance(shares.map { .init("a", $0) }, method: "m").png() }
    }
  }
}
