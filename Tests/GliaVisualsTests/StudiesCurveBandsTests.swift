import GliaCore
import Testing

@testable import GliaVisuals

extension Picture {
  /// Returns whether a pixel within `reach` of a point, in pixels, has about the given color.
  func has(_ color: Color, near point: Point, scale: Double, reach: Int = 2) -> Bool {
    let (x, y) = (Int((point.x * scale).rounded()), Int((point.y * scale).rounded()))
    let wanted = [color.red, color.green, color.blue].map(Int.init)
    return (-reach...reach).contains { dx in
      (-reach...reach).contains { dy in
        (0..<width).contains(x + dx) && (0..<height).contains(y + dy)
          && zip(self.color(x + dx, y + dy), wanted).allSatisfy { abs($0 - $1) < 24 }
      }
    }
  }
}

@Suite struct CurveBandsTests {
  typealias Series = CurveBands.Series

  private static let bounds = Rect(x: 0, y: 0, width: 800, height: 600)

  private func figure(_ series: [Series]) -> CurveBands { CurveBands(series).shrunk(800, 600, scale: 1) }

  @Test func curvesAndBandsAreWhereTheyBelong() throws {
    let x = (0..<40).map(Double.init)
    let figure = figure([
      Series("a", x: x, median: x.map { $0 / 10 }, low: x.map { $0 / 10 - 1 }, high: x.map { $0 / 10 + 1 })
    ])
    let (plot, picture) = (try figure.plot(Self.bounds), try figure.picture())
    let hue = Theme.light.hue(0)
    let band = Theme.light.page.mixed(with: hue, 0.15)
    for place in [5.0, 20.5, 33] {
      #expect(picture.has(hue, near: plot.place(place, place / 10), scale: 1))
      for shift in [-0.7, 0.7] {
        #expect(picture.has(band, near: plot.place(place, place / 10 + shift), scale: 1, reach: 0))
        #expect(!picture.has(hue, near: plot.place(place, place / 10 + shift), scale: 1))
      }
      #expect(picture.has(Theme.light.page, near: plot.place(place, place / 10 + 1.4), scale: 1))
    }
  }

  @Test func pointsAreDrawnInAscendingOrder() throws {
    let one = figure([Series("a", x: [1, 2, 3], median: [1, 5, 2], low: [0, 4, 1], high: [2, 6, 3])])
    let other = figure([Series("a", x: [3, 1, 2], median: [2, 1, 5], low: [1, 0, 4], high: [3, 2, 6])])
    #expect(try one.png().encode() == other.png().encode())
  }

  @Test func stepsHoldTheirValue() throws {
    let series = Series("a", x: [0, 1, 2], median: [3, 2, 2])
    let plot = try figure([series]).plot(Self.bounds)
    let curve = BandCurve(series, RunStyle(0, .light), plot, isStepped: true)
    let expected = [(0, 3), (1, 3), (1, 2), (2, 2), (2, 2)].map { plot.place($0.0, $0.1) }
    #expect(curve.outlines == [expected])
  }

  @Test func aCurveBreaksWhereItDiverged() throws {
    let series = [
      Series("a", x: [1, 2, 3, 4], median: [1, .nan, .infinity, 2]),
      Series("b", x: [1, 2, 3, 4], median: [2, .nan, 1, 1]),
    ]
    let figure = figure(series)
    let plot = try figure.plot(Self.bounds)
    let curves = series.indices.map { BandCurve(series[$0], RunStyle($0, .light), plot, isStepped: false) }
    #expect(curves[0].outlines.map(\.count) == [1, 1] && curves[1].outlines.map(\.count) == [1, 2])
    var marks = DivergenceMarks(plot: plot)
    let (first, second) = (marks.place(for: curves[0], all: true), marks.place(for: curves[1], all: true))
    #expect(first.map(\.place) == [2, 3].map { Point(plot.place($0, 1).x, plot.area.y) })
    #expect(first[0].rise?.first == plot.place(1, 1) && first[1].rise == nil)
    // The mark of the second curve at the same position is below that of the first.
    #expect(second.map(\.place) == [Point(plot.place(2, 1).x, plot.area.y + 13)])
    var few = DivergenceMarks(plot: plot)
    #expect(few.place(for: curves[0], all: false).count == 1)
    let picture = try figure.picture()
    #expect(picture.has(Theme.light.hue(0), near: first[0].place, scale: 1, reach: 1))
    #expect(picture.has(Theme.light.hue(1), near: second[0].place, scale: 1, reach: 1))
  }

  @Test func stylesAreThoseOfTheOptimizers() throws {
    let picture = try figure([Series("a", x: [1, 2, 3], median: [3, 2, 1], style: 2)]).picture()
    #expect(picture.count(near: RunStyle(2, .light).color) > 100 && picture.count(near: Theme.light.hue(0)) == 0)
    #expect(RunStyle(.max, .light).color == RunStyle(1_000_000, .light).color)
    #expect(RunStyle(.min, .light).color == RunStyle(0, .light).color)
  }

  private static let kinds: [(values: [Double], kind: Scale.Kind)] = [
    ([1e-4, 1e-3, 1e-2, 0.1, 1], .logarithmic), ([8, 16, 32, 64, 128, 256], .logarithmic),
    ([1, 1, 1000], .linear),
    ((1...1000).map(Double.init), .linear), ([-1, 1, 100], .linear), ([0, 1, 100], .linear), ([1, 2, 3], .linear),
    ([], .linear), ([.nan, .infinity], .linear),
  ]

  @Test(arguments: kinds) func theKindOfAnAxis(values: [Double], kind: Scale.Kind) {
    #expect(Scale.Kind.suiting(values) == kind)
  }

  @Test func axesByTheirData() throws {
    let epochs = try figure([Series("a", x: [1, 2, 3], median: [1, 0.5, 0.001])]).axes()
    #expect(epochs.x.ticks.labels == ["1", "2", "3"] && epochs.y.scale.kind == .logarithmic)
    var rates = figure([Series("a", x: [1e-4, 1e-3, 1e-2], median: [1, 2, 3])])
    #expect(try rates.axes().x.scale.kind == .logarithmic)
    #expect(try rates.axes().y.scale.kind == .linear)
    rates.horizontal = .linear
    rates.limits = 0...1
    #expect(try rates.axes().x.scale.kind == .linear)
    #expect(try rates.axes().y.scale == Scale(from: 0, to: 1))
    // One exploding value does not compress all others.
    let exploding = try figure([Series("a", x: [1, 2, 3], median: [1, 0.5, 1e30])]).axes()
    #expect(exploding.y.scale.high < 10)
    var marked = figure([Series("a", x: [1, 2], median: [1, 2])])
    marked.references = [ReferenceLine("far", at: 9, .horizontal), ReferenceLine("right", at: 30, .vertical)]
    let axes = try marked.axes()
    #expect(axes.y.scale.contains(9) && axes.x.scale.contains(30))
  }

  @Test func referenceLinesAndNames() throws {
    var figure = figure([Series("a", x: [1, 2, 3], median: [1, 1, 1])])
    let before = try figure.plot(Self.bounds)
    figure.references = [ReferenceLine("chosen", at: 2, .vertical), ReferenceLine("goal", at: 0.95, .horizontal)]
    let plot = try figure.plot(Self.bounds)
    #expect(plot.area.y > before.area.y + 10)
    let picture = try figure.picture()
    // Dashes and gaps alternate, so a stretch of the line is looked at.
    for point in [plot.place(2, 0.97), plot.place(1.5, 0.95)] {
      #expect(picture.has(Theme.light.secondary, near: point, scale: 1, reach: 5))
    }
    let long = self.figure([Series(String(repeating: "long ", count: 60), x: [1, 2], median: [1, 2])])
    #expect(try long.plot(Self.bounds).area.maxX >= 800 * 0.7 - Page.margin - 1)
  }

  private static let odd: [(x: [Double], values: [Double])] = [
    ([1], [1]), ([1, 2], [.nan, 1]), ([.nan, 1], [1, 1]), ([1, 1, 1], [1, 2, 3]), ([1e300, -1e300], [1e300, -1e300]),
    ([0, -1], [0, -1]), ([1e-300, 1e300], [1e-300, 1e300]), ([1, 2], [-.infinity, 5]), ([.infinity, 2], [1, 2]),
  ]

  @Test(arguments: odd) func oddNumbersAreDrawn(x: [Double], values: [Double]) throws {
    for isStepped in [false, true] {
      var figure = figure([
        Series("a", x: x, median: values, low: values.map { $0 - 1 }, high: values.map { _ in .infinity }),
        Series("none", x: [], median: []),
      ])
      (figure.isStepped, figure.bandOpacity) = (isStepped, .nan)
      figure.references = [ReferenceLine("x", at: .nan, .vertical), ReferenceLine("", at: .infinity, .horizontal)]
      for theme in [Theme.light, .dark, .print] {
        figure.page.theme = theme
        #expect(try figure.shrunk(300, 200).png().width == 300)
      }
      #expect(try figure.shrunk(1, 1).png().width == 1)
    }
  }

  @Test func manyPointsAndCurves() throws {
    let x = (0..<60_000).map(Double.init)
    let long = figure([Series("a", x: x, median: x.map { 1 / ($0 + 1) }, low: x.map { _ in 0 }, high: x.map { _ in 1 })]
    )
    #expect(try long.shrunk(200, 100).png().encode() == long.shrunk(200, 100).png().encode())
    let many = figure((0..<200).map { Series("curve \($0)", x: [1, 2], median: [Double($0), .nan]) })
    #expect(try many.shrunk().png().width == 480)
  }

  @Test func wrongInputIsRefused() {
    let wrong: [[Series]] = [
      [], [Series("a", x: [], median: [])], [Series("a", x: [1], median: [.nan])],
      [Series("a", x: [.nan], median: [1])],
      [Series("a", x: [1, 2], median: [1])], [Series("a", x: [1], median: [1], low: [1])],
      [Series("a", x: [1], median: [1], low: [1, 2], high: [1, 2])],
    ]
    for series in wrong { #expect(throws: GliaError.self) { try self.figure(series).png() } }
    var figure = figure([Series("a", x: [-1, 0], median: [-1, 0])])
    figure.horizontal = .logarithmic
    #expect(throws: GliaError.self) { try figure.png() }
    (figure.horizontal, figure.vertical) = (nil, .logarithmic)
    #expect(throws: GliaError.self) { try figure.png() }
    for limits in [1...1, 0...Double.infinity, 0...1] {
      figure.limits = limits
      #expect(throws: GliaError.self) { try figure.png() }
    }
  }
}

@Suite struct RateCurveTests {
  private func figure(_ rates: [Double], _ losses: [Double]) -> RateCurve {
    RateCurve(rates: rates, losses: losses).shrunk(800, 600, scale: 1)
  }

  @Test func theSuggestionIsOnTheCurve() throws {
    let rates = [1e-4, 1e-3, 1e-2, 1e-1]
    var figure = figure(rates, [4, 4, 2, 1])
    (figure.smoothing, figure.suggestion) = (0, 1e-2)
    let plot = figure.plot([0, 1, 2, 3], figure.losses, Rect(x: 0, y: 0, width: 800, height: 600))
    let picture = try figure.picture()
    #expect(picture.has(Theme.light.counterpart, near: plot.place(1e-2, 2), scale: 1))
    #expect(picture.has(Theme.light.secondary, near: plot.place(1e-2, 3), scale: 1, reach: 5))
    #expect(picture.has(Theme.light.hue(0), near: plot.place(1e-3, 4), scale: 1))
  }

  @Test func anExplosionIsLeftOut() {
    // The loss falls from 4 to 1 before it explodes.
    let scale = RateCurve.scale([4, 3, 1, 5, 1e6], [4, 3, 1, 5, 1e6])
    #expect(scale.high < 7 && scale.high > 5 && scale.low < 1)
    #expect(RateCurve.scale([1, 2, 3], [1, 2, 3]).high > 3)
  }

  private static let odd: [(rates: [Double], losses: [Double])] = [
    ([1], [1]), ([0, -1, .nan, 1], [1, 1, 1, 1]), ([1e-300, 1e300], [1e300, -1e300]),
    ([1, 2, 3], [.nan, 1, .infinity]),
    ([3, 2, 1], [1, 2, 3]),
  ]

  @Test(arguments: odd) func oddNumbersAreDrawn(rates: [Double], losses: [Double]) throws {
    for suggestion in [nil, 1, 0, .nan, .infinity, 1e-9] as [Double?] {
      var figure = figure(rates, losses)
      figure.suggestion = suggestion
      #expect(try figure.shrunk(300, 200).png().encode() == figure.shrunk(300, 200).png().encode())
    }
    #expect(try figure(rates, losses).shrunk(1, 1).png().width == 1)
  }

  @Test func wrongInputIsRefused() {
    for (rates, losses) in [([], []), ([1], []), ([1], [.nan]), ([-1, 0], [1, 1])] as [([Double], [Double])] {
      #expect(throws: GliaError.self) { try self.figure(rates, losses).png() }
    }
    for smoothing in [1, -0.1, .nan] {
      var figure = figure([1, 2], [1, 2])
      figure.smoothing = smoothing
      #expect(throws: GliaError.self) { try figure.png() }
    }
  }
}
