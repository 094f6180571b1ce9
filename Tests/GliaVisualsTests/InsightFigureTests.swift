import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct PermutationImportancePlotTests {
  private func figure(_ bars: [PermutationImportancePlot.Bar]) -> PermutationImportancePlot {
    var figure = PermutationImportancePlot(bars: bars)
    (figure.page.width, figure.page.height, figure.page.scale) = (640, 480, 1)
    return figure
  }

  /// The number of pixels of exactly this color.
  private func area(_ color: Color, _ figure: some Figure) throws -> Int {
    let picture = try Picture(figure.png().encode())
    let wanted = [color.red, color.green, color.blue].map(Int.init)
    return (0..<picture.width * picture.height).count {
      picture.color($0 % picture.width, $0 / picture.width) == wanted
    }
  }

  @Test func aBarIsAsLongAsItsChange() throws {
    let hue = Theme.light.hue(0)
    let (one, two) = (
      try area(hue, figure([.init("a", change: 4), .init("b", change: 0)])),
      try area(hue, figure([.init("a", change: 4), .init("b", change: 2)]))
    )
    #expect(one > 3000)
    #expect(abs(Double(two) / Double(one) - 1.5) < 0.03)
  }

  @Test func whatMayBeZeroIsGray() throws {
    let sure = figure([.init("a", change: 4, interval: 3...5)])
    let unsure = figure([.init("a", change: 4, interval: -1...9)])
    #expect(try area(Theme.light.hue(0), sure) > 3000)
    #expect(try area(Theme.light.hue(0), unsure) == 0)
    #expect(sure.note == "lines: 95 % intervals over the shuffles")
    #expect(unsure.note == "lines: 95 % intervals over the shuffles · gray: 0 is within the interval")
  }

  @Test func whatIsNotDrawnIsCounted() throws {
    let many = figure((0..<40).map { .init("input \($0)", change: Double(40 - $0)) } + [.init("odd", change: .nan)])
    #expect(many.shown.count == 25)
    #expect(many.note == "15 less important inputs not drawn · 1 change that is not finite left out")
    for theme in [Theme.light, .dark, .print] {
      var themed = many
      themed.page.theme = theme
      #expect(try themed.png().width == 640)
    }
  }

  @Test(arguments: [[0], [-1, 0], [1e300, -1e300], [1e-300], [5]] as [[Double]])
  func everyChangeMakesAFigure(changes: [Double]) throws {
    var figure = figure(changes.map { .init(String(repeating: "name", count: 50), change: $0, interval: $0...$0) })
    #expect(try figure.png().width == 640)
    (figure.page.width, figure.page.height) = (64, 64)
    #expect(try figure.png().width == 64)
  }

  @Test func nothingIsRefused() {
    #expect(throws: GliaError.self) { try figure([]).png() }
    #expect(throws: GliaError.self) { try figure([.init("a", change: .infinity)]).png() }
  }
}

@Suite struct PartialDependencePlotTests {
  typealias Panel = PartialDependencePlot.Panel

  private func figure(_ panels: [Panel]) -> PartialDependencePlot {
    var figure = PartialDependencePlot(panels: panels)
    (figure.page.width, figure.page.height, figure.page.scale) = (800, 480, 1)
    return figure
  }

  private let rising = Panel(
    "x", points: [0, 1, 2], mean: [0, 1, 2], curves: [[0, 2, 4], [0, 0, 0]], deciles: [0.5, 1])

  /// Whether a pixel near (x, y) has about the color of the mean.
  private func hasMean(_ picture: Picture, _ x: Int, _ y: Int) -> Bool {
    let color = Theme.light.counterpart
    let wanted = [color.red, color.green, color.blue].map(Int.init)
    return (-3...3).contains { dx in
      (-3...3).contains { dy in zip(picture.color(x + dx, y + dy), wanted).allSatisfy { abs($0 - $1) < 30 } }
    }
  }

  @Test func theMeanIsWhereItBelongs() throws {
    let figure = figure([rising])
    let bounds = Rect(x: 0, y: 0, width: 800, height: 480)
    let axis = Axis(Scale.spanning([0, 4]), name: "prediction")
    let plots = try PanelLayout(count: 1, columns: nil).plots(
      of: [rising.layout], axis, figure.page, bounds, footer: figure.page.theme.labelSize * 1.8)
    let plot = try #require(plots.first)
    let picture = try Picture(figure.png().encode())
    for (x, y) in [(0.25, 0.25), (1.5, 1.5)] {
      let (on, off) = (plot.place(x, y), plot.place(x, y + 1.2))
      #expect(hasMean(picture, Int(on.x), Int(on.y)))
      #expect(!hasMean(picture, Int(off.x), Int(off.y)))
    }
    #expect(figure.note == "ticks above the axes: deciles of the samples")
  }

  @Test func panelsShareTheirHeight() throws {
    let plots = try PanelLayout(count: 5, columns: nil).plots(
      of: Array(repeating: rising.layout, count: 5), Axis(Scale(from: 0, to: 4), name: "y"), Page(),
      Rect(x: 0, y: 0, width: 800, height: 600), footer: 20)
    #expect(plots.map(\.labelsY) == [true, false, false, true, false])
    #expect(plots[0].area.y == plots[2].area.y && plots[0].area.x == plots[3].area.x)
    #expect(plots.allSatisfy { $0.area.height == plots[0].area.height && $0.y.scale == plots[0].y.scale })
    #expect(plots[3].area.y > plots[0].area.maxY && plots[4].area.maxX < 800)
  }

  @Test func categoriesAndOddNumbersAreDrawn() throws {
    let city = Panel(
      "city", points: [0, 1], labels: ["Paris", "a very long name of a city"], mean: [1, .nan],
      curves: [[0, .infinity]])
    let single = Panel("constant", points: [7], mean: [1])
    let figure = figure([rising, city, single])
    #expect(try figure.png().width == 800)
    #expect(figure.note == "ticks above the axes: deciles of the samples · 2 of 14 outputs not finite")
    let many = Panel(
      "many", points: (0..<12).map(Double.init), labels: (0..<12).map { "\($0)" }, mean: .init(repeating: 0, count: 12))
    for theme in [Theme.light, .dark, .print] {
      var themed = self.figure([many, city])
      themed.page.theme = theme
      #expect(try themed.png().height == 480)
    }
  }

  @Test func wrongPanelsAreRefused() {
    let wrong: [[Panel]] = [
      [], [Panel("x", points: [], mean: [])], [Panel("x", points: [1], mean: [])],
      [Panel("x", points: [.nan], mean: [1])], [Panel("x", points: [1], labels: ["a", "b"], mean: [1])],
      [Panel("x", points: [1, 2], mean: [1, 2], curves: [[1]])], [Panel("x", points: [1], mean: [.nan])],
    ]
    for panels in wrong { #expect(throws: GliaError.self) { try figure(panels).png() } }
    var small = figure(Array(repeating: rising, count: 20))
    (small.page.width, small.page.height) = (100, 100)
    #expect(throws: GliaError.self) { try small.png() }
  }
}
