import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct FigureGridTests {
  /// The second class is to the right of `border`.
  private func boundary(_ border: Float, points: [Float] = [-1, -1, 1, 1], labels: [Int] = [0, 1]) -> DecisionBoundary {
    DecisionBoundary(classes: ["left", "right"], points: [PointSet("train", points, labels: labels)]) { points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] < border ? 0 : 1 }
    }
  }

  private func small(_ grid: FigureGrid) -> FigureGrid {
    var grid = grid
    (grid.page.width, grid.page.height, grid.page.scale) = (480, 360, 0.6)
    return grid
  }

  private func panels(_ grid: FigureGrid, _ figures: [any Figure]) throws -> [GridPanel] {
    try figures.map { try GridPanel($0, grid.page, within: nil) }
  }

  @Test func plotsAreAlignedAndOfOneSize() throws {
    let wide = boundary(0, points: [-1e4, 0, 1e4, 1e4])
    let grid = FigureGrid(columns: 3, [boundary(0), wide, boundary(0), boundary(0), boundary(0)])
    let layout = GridLayout(grid, try panels(grid, grid.figures), bounds: Rect(x: 0, y: 40, width: 700, height: 500))
    let areas = layout.areas
    #expect(areas.allSatisfy { $0.width == $0.height && $0.width == areas[0].width && $0.width > 120 })
    #expect(areas[0].y == areas[2].y && areas[0].x == areas[3].x && areas[1].x == areas[4].x)
    // Frames neither overlap nor extend beyond the page.
    for (index, frame) in layout.frames.enumerated() {
      #expect(frame.x >= 0 && frame.maxX <= 700 && frame.y >= 40 && frame.maxY <= 540)
      for other in layout.frames.prefix(index) {
        #expect(frame.x >= other.maxX || other.x >= frame.maxX || frame.y >= other.maxY || other.y >= frame.maxY)
      }
    }
  }

  @Test func whatAllPanelsSayIsSaidOnce() throws {
    let other = boundary(0, points: [3, 9, 4, 11])
    let grid = FigureGrid(columns: 2, [boundary(0), boundary(0), other, other, boundary(0)])
    let labels = AxisLabels.all(try panels(grid, grid.figures), perRow: 2)
    // Rows share their data, columns do not.
    #expect(labels.map(\.numbersY) == [true, false, true, false, true])
    #expect(labels.map(\.numbersX) == [true, true, true, true, true])
    #expect(labels.map(\.nameY) == [true, false, true, false, true])
    #expect(labels.map(\.nameX) == [false, false, false, true, true])
    var renamed = boundary(0)
    renamed.axes.1 = "height"
    let names = AxisLabels.all(try panels(grid, [other, renamed]), perRow: 2)
    #expect(names.map(\.nameY) == [true, true] && names.map(\.nameX) == [true, true])
  }

  @Test func aGridIsAsHighAsItsSquares() throws {
    var grid = FigureGrid(columns: 3, Array(repeating: boundary(0), count: 6))
    let plain = grid.page.height
    grid.title = "title"
    #expect(grid.page.height > plain)
    grid.columns = 2
    #expect(2 * grid.page.height > 3 * plain)
    grid.page.height = 700
    (grid.title, grid.columns) = ("", 6)
    #expect(grid.page.height == 700)
    for number in [Double.nan, 0, -1, 1e300] {
      var odd = FigureGrid(columns: 3, [boundary(0)])
      odd.page.scale = number
      #expect((320...4000).contains(odd.page.height))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func squaresFillAPageOfItsOwnHeight(columns: Int) throws {
    let grid = FigureGrid(columns: columns, Array(repeating: boundary(0), count: 2 * columns))
    let factor = min(max(768.0 / Double(columns) / 300, 0.62), 1)
    let height = (Double(grid.page.height) / 1.6 - 40 - 29 * factor) / factor
    let layout = GridLayout(
      grid, try panels(grid, grid.figures), bounds: Rect(x: 0, y: 0, width: 768 / factor - 91, height: height))
    #expect(layout.start.x < 25 && layout.start.y < 25)
  }

  @Test func whatSquaresLeaveIsLeftEvenly() throws {
    let grid = FigureGrid(columns: 2, Array(repeating: boundary(0), count: 4))
    let layout = GridLayout(
      grid, try panels(grid, grid.figures), bounds: Rect(x: 0, y: 0, width: 1400, height: 500))
    let frames = layout.hull([0, 1, 2, 3])
    #expect(layout.start.x > 300 && abs(layout.start.x + 30 - (1400 - frames.maxX)) < 60)
  }

  @Test func sharedLimitsHoldAllData() throws {
    let figures = [boundary(0), boundary(0, points: [3, 9, 4, 11])]
    let contents = try figures.map { try $0.content(within: nil) }
    let shared = try #require(PlotLimits(around: contents))
    let both = try figures.map { try $0.content(within: shared) }
    #expect(both[0].x.scale == both[1].x.scale && both[0].y.scale == both[1].y.scale)
    for content in contents {
      #expect(both[0].y.scale.low <= content.y.scale.low && both[0].y.scale.high >= content.y.scale.high)
    }
    var grid = small(FigureGrid(columns: 2, figures))
    let apart = try grid.png()
    grid.sharesLimits = true
    #expect(try grid.png() != apart)
  }

  @Test func theAccuracyIsThatOfTheLastSet() throws {
    var figure = boundary(0, points: [-1, 0, 1, 0, 2, 0], labels: [0, 1, 0])
    #expect(try DecisionPoints(figure).accuracy == "66.7 %")
    figure.points.append(PointSet("test", [1, 1, .nan, 0], labels: [1, 0], style: .hollow))
    #expect(try DecisionPoints(figure).accuracy == "test 100.0 %")
    figure.points = []
    #expect(try DecisionPoints(figure).accuracy.isEmpty)
    let grid = small(FigureGrid(columns: 1, [boundary(0)]))
    var plain = grid
    plain.showsAccuracy = false
    #expect(try grid.png() != plain.png())
  }

  @Test func oneLegendForAll() throws {
    // Counts differ but names don't: there are two classes and one bar.
    let grid = FigureGrid(columns: 2, [boundary(0), boundary(0, points: [-1, -1, -2, -1, 1, 1], labels: [0, 0, 1])])
    let contents = try panels(grid, grid.figures).compactMap(\.content)
    #expect(contents[0].legend.entries.map(\.name) == ["left (1)", "right (1)"])
    #expect(contents[0].sharedLegend.entries.map(\.name) == ["left", "right"])
    let wrong = [
      boundary(5), boundary(0, points: (0..<40).map { $0 < 2 ? -1 : 1 }, labels: Array(repeating: 1, count: 20)),
    ]
    let keys = try panels(grid, wrong).compactMap(\.content).flatMap(\.sharedLegend.entries).map(\.key)
    #expect(keys.filter { $0 == .mistake(.crossed) }.count == 2 && !keys.contains(.mistake(.ringed)))
    #expect(contents[0].bar.flatMap { bar in contents[1].bar?.says(bar) } == true)
  }

  @Test func anyFiguresTogether() throws {
    let surface = RegressionSurface(samples: [.init("train", [0, 0, 1, 1], targets: [0, 2])]) { points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] + points[$0 + 1] }
    }
    var loss = LossCurve(training: [3, 2, 1])
    loss.title = "loss"
    let inner = FigureGrid(columns: 1, [loss, boundary(1)])
    var grid = small(FigureGrid(columns: 2, [boundary(0), surface, loss, inner]))
    grid.columnNames = ["a", "b", "c"]
    grid.rowNames = ["row", "row", "row", "row"]
    #expect(try Picture(grid.png().encode()).width == 480)
    grid.page.legend = .hidden
    #expect(try grid.png().width == 480)
  }

  @Test func mistakesNameTheFigure() {
    let wrong = boundary(0, points: [1, 2, 3], labels: [0])
    let error = #expect(throws: GliaError.self) { try FigureGrid(columns: 2, [boundary(0), wrong]).png() }
    #expect(error?.place == "figures.1.train")
    #expect(throws: GliaError.self) { try FigureGrid(columns: 2, []).png() }
    #expect(throws: GliaError.self) { try FigureGrid(columns: 0, [boundary(0)]).png() }
    #expect(throws: GliaError.self) { try FigureGrid(columns: -3, [boundary(0)]).png() }
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30)]) func tinyPages(width: Int, height: Int) throws {
    var grid = FigureGrid(columns: 2, [boundary(0), boundary(1), LossCurve(training: [2, 1])])
    (grid.page.width, grid.page.height) = (width, height)
    #expect(try grid.png().width == width)
    grid.columns = .max
    #expect(try grid.png().width == width)
  }

  @Test func sameFiguresSameBytes() throws {
    let grid = small(FigureGrid(columns: 2, [boundary(0), boundary(1)]))
    #expect(try grid.png().encode() == grid.png().encode())
  }

  @Test func aFigureInAPartOfACanvas() throws {
    var figure = boundary(0)
    (figure.page.width, figure.page.height, figure.page.scale) = (240, 180, 0.5)
    var canvas = try Canvas(pixelWidth: 480, pixelHeight: 180, scale: 0.5)
    try figure.draw(on: &canvas, in: Rect(x: 480, y: 0, width: 480, height: 360))
    let (own, half) = (try Picture(figure.png().encode()), try canvas.decoded())
    for y in stride(from: 0, to: 180, by: 7) {
      for x in 0..<240 { #expect(half.color(x + 240, y) == own.color(x, y) && half.color(x, y) == [255, 255, 255]) }
    }
  }
}

@Suite struct LegendPositionTests {
  @Test func allPlaces() throws {
    var figure = DecisionBoundary(
      classes: ["a", "b", "c"], points: [PointSet("train", [0, 0, 1, 1], labels: [0, 2])]
    ) {
      points in stride(from: 0, to: points.count, by: 2).flatMap { [points[$0], points[$0 + 1], 0.3] }
    }
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    var pictures: Set<PNG> = []
    for place in [Page.LegendPosition.outside, .inside, .hidden] {
      figure.page.legend = place
      pictures.insert(try figure.png())
    }
    for shading in [DecisionBoundary.Shading.stepped(1), .stepped(4), .stepped(-7), .stepped(.max)] {
      figure.shading = shading
      pictures.insert(try figure.png())
    }
    #expect(pictures.count >= 6)
  }

  @Test func aDecisionAloneHasOneTintForEachClass() throws {
    let tint = DecisionField.tint(.light, .stepped(1))
    #expect(Set([0, 0.2, 0.49].map(tint)).count == 1)
    #expect(Set([0.5, 0.7, 1].map(tint)).count == 1)
    #expect(tint(0) != tint(1))
    #expect(Set([0.5, 0.6, 0.74].map(DecisionField.tint(.light, .stepped(2)))).count == 1)
    #expect(Set(stride(from: 0.0, through: 1, by: 0.01).map(DecisionField.tint(.light, .stepped(3)))).count == 6)
  }

  @Test func aTransparentPageHasNoPaper() throws {
    var figure = LossCurve(training: [2, 1])
    (figure.page.width, figure.page.height, figure.page.scale) = (320, 240, 0.4)
    #expect(!(try figure.png().hasAlpha))
    figure.page.isTransparent = true
    let picture = try Picture(figure.png().encode())
    #expect(picture.hasAlpha && picture.alpha(1, 1) == 0 && picture.alphas.contains(255))
  }
}
