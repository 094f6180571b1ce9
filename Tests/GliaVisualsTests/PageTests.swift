import Testing

@testable import GliaVisuals

@Suite struct PlaneLayoutTests {
  private func layout(_ width: Double, _ height: Double, wished: Double = 0) -> PlaneLayout {
    let axis = Axis(Scale(from: -1, to: 1), name: "x")
    return PlaneLayout(
      page: Page(), bounds: Rect(x: 0, y: 0, width: width, height: height), x: axis, y: axis, barWidth: 60,
      legendWidth: min(wished, 100), wishedLegendWidth: wished)
  }

  @Test func aSquareStandsInTheMiddleOfATallPage() {
    let (tall, usual) = (layout(500, 1200).plot.area, layout(500, 480).plot.area)
    #expect(abs(tall.center.y - 600) < 40 && tall.width == usual.width)
    #expect(usual.y < 60)
  }

  @Test func aLegendTakesTheRoomBesideTheSquare() {
    let (flat, narrow) = (layout(800, 400, wished: 250), layout(500, 400, wished: 250))
    #expect(flat.legend.width >= 250 && flat.plot.area == layout(800, 400, wished: 100).plot.area.moved(to: flat))
    #expect(narrow.legend.width < 250 && narrow.plot.area.width > 150)
  }

  @Test func equalSpansHaveEqualSteps() {
    let area = Rect(x: 0, y: 0, width: 300, height: 300)
    for shift in stride(from: 0.0, to: 1, by: 0.05) {
      let (x, y) = (Axis(Scale(from: -1.5, to: 2.2)), Axis(Scale(from: -1.5 + shift, to: 2.2 + shift)))
      let fitted = Axis.fitted(x, y, to: area, theme: .light)
      #expect(fitted.x.ticks.step == fitted.y.ticks.step && fitted.x.ticks.values.count >= 3)
    }
    // Axes of different spans keep their own.
    let own = Axis.fitted(Axis(Scale(from: 0, to: 1)), Axis(Scale(from: 0, to: 50)), to: area, theme: .light)
    #expect(own.x.ticks == Ticks(Scale(from: 0, to: 1)) && own.y.ticks == Ticks(Scale(from: 0, to: 50)))
  }
}

extension Rect {
  /// The plot has the same size.
  fileprivate func moved(to layout: PlaneLayout) -> Rect {
    Rect(x: layout.plot.area.x, y: layout.plot.area.y, width: width, height: height)
  }
}

@Suite struct PageTests {
  @Test func aLongTitleTakesTwoLines() {
    var page = Page()
    page.title = "moons · 2–8–1 tanh"
    let one = page.headerHeight
    page.title = "A title that says what a whole paragraph would say about the moons and about all other data"
    #expect(abs(page.headerHeight - one - 1.3 * page.theme.titleSize) < 1e-9)
    for title in [String(repeating: "x", count: 200), String(repeating: "word ", count: 200)] {
      page.title = title
      #expect(page.headerHeight == one)
    }
  }
}

@Suite struct PlaneScaleTests {
  @Test func rangesOfLikeSizeShareOneScale() throws {
    let scales = try #require(PlaneLayout.scales(around: [Point(0, 0), Point(3, 1)]))
    #expect(abs((scales.x.high - scales.x.low) - (scales.y.high - scales.y.low)) < 1e-12)
  }

  @Test func rangesOfDifferentOrdersHaveTheirOwn() throws {
    let scales = try #require(PlaneLayout.scales(around: [Point(100, 1e4), Point(110, 3e4)]))
    #expect(abs((scales.x.high - scales.x.low) - 11.6) < 1e-9)
    #expect(abs((scales.y.high - scales.y.low) - 23_200) < 1e-6)
  }
}

@Suite struct PageSizeTests {
  @Test func allGrowsWithThePage() {
    func resized(_ width: Int?, _ height: Int?) -> Page {
      var page = Page()
      page.resize(width: width, height: height)
      return page
    }
    func expect(_ page: Page, _ width: Int, _ height: Int, _ scale: Double) {
      #expect(page.width == width && page.height == height && abs(page.scale - scale) < 1e-12)
    }
    expect(resized(640, nil), 640, 480, 0.8)
    expect(resized(nil, 1920), 2560, 1920, 3.2)
    // The side with less room determines the scale.
    expect(resized(640, 960), 640, 960, 0.8)
    expect(resized(nil, nil), 1280, 960, 1.6)
    for size in [Int.max, 0, -5, .min] { #expect(resized(size, nil).width == size || size == .max) }
  }

  @Test(arguments: 0...6) func trainingAndValidationDiffer(hues: Int) {
    var theme = Theme.light
    theme.palette = Array(theme.palette.prefix(hues))
    #expect(theme.counterpart != theme.hue(0))
  }
}
