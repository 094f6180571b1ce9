import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct CriticalDifferenceTests {
  typealias Method = CriticalDifferenceDiagram.Method

  private func figure(_ ranks: [Double], _ difference: Double?) -> CriticalDifferenceDiagram {
    let methods = ranks.enumerated().map { Method("method \($0)", rank: $1) }
    return CriticalDifferenceDiagram(methods, criticalDifference: difference).shrunk(900, 500, scale: 1)
  }

  private func layout(_ figure: CriticalDifferenceDiagram) -> DifferenceLayout {
    DifferenceLayout(figure, figure.page(summarizing: "?"), Rect(x: 0, y: 0, width: 900, height: 500))
  }

  @Test func groupsByHand() {
    // 1–2 and 2–2.5–3 are within 1; 4.5 is alone.
    #expect(figure([2.5, 1, 2, 4.5, 3], 1).joined == [1...2, 2...3])
    #expect(figure([1, 2, 3], 5).joined == [1...3])
    #expect(figure([1, 2, 3], 0.5).joined.isEmpty && figure([1, 2], nil).joined.isEmpty)
    #expect(figure([1, 1, 3], 0).joined == [1...1])
    // 1–1.5 lies within 1–2, which is drawn alone.
    #expect(figure([1, 1.5, 2, 3.1], 1).joined == [1...2])
    var given = figure([1, 2, 3], nil)
    given.groups = [[2, 0], [1]]
    #expect(given.joined == [1...3])
  }

  @Test func theBestIsAtTheRight() {
    var figure = figure([1.2, 2, 3, 3.8], 1)
    let right = layout(figure)
    #expect(right.x(1.2) > right.x(2) && right.x(4) == right.axis.x && right.x(1) == right.axis.maxX)
    figure.isBestOnRight = false
    let left = layout(figure)
    #expect(left.x(1.2) < left.x(2))
    #expect(left.rows.filter(\.isLeft).map(\.method.rank) == [1.2, 2])
    #expect(right.rows.filter(\.isLeft).map(\.method.rank) == [3.8, 3])
  }

  @Test func linesDoNotCross() {
    let layout = layout(figure([1, 1.5, 2.2, 3, 4.7, 5, 6.1], 1))
    // The outer methods are above the inner ones on both sides.
    for side in [true, false] {
      let rows = layout.rows.filter { $0.isLeft == side }.sorted { $0.y < $1.y }
      let distances = rows.map { abs(layout.x($0.method.rank) - (side ? layout.axis.x : layout.axis.maxX)) }
      #expect(distances == distances.sorted() && Set(rows.map(\.y)).count == rows.count)
    }
    #expect(layout.bars.allSatisfy { bar in layout.rows.allSatisfy { $0.y > bar.y } })
  }

  @Test func barsDoNotOverlap() {
    let bars = layout(figure((0..<20).map { 4 + Double($0) * 0.7 }, 3.5)).bars
    #expect(bars.count > 5)
    for (index, one) in bars.enumerated() {
      for other in bars[(index + 1)...] where other.y == one.y { #expect(one.to < other.from || other.to < one.from) }
    }
  }

  @Test func theDrawingFollowsTheLayout() throws {
    let figure = figure([1.2, 2, 3, 3.8], 1)
    let (layout, picture) = (layout(figure), try figure.picture())
    for row in layout.rows {
      let onAxis = Point(layout.x(row.method.rank), layout.axis.y)
      #expect(picture.has(row.style.color, near: onAxis, scale: 1, reach: 1))
    }
    for bar in layout.bars {
      #expect(picture.has(Theme.light.text, near: Point((bar.from + bar.to) / 2, bar.y), scale: 1, reach: 0))
    }
    // The bracket of the critical difference is as long as one rank.
    let width = layout.x(1) - layout.x(2)
    let row = (0..<Int(layout.axis.y) - 20).first { y in
      picture.has(Theme.light.text, near: Point(layout.axis.x + width / 2 - 30, Double(y)), scale: 1, reach: 0)
        && picture.has(Theme.light.text, near: Point(layout.axis.x + width - 2, Double(y)), scale: 1, reach: 0)
    }
    let y = Double(try #require(row))
    #expect(!picture.has(Theme.light.text, near: Point(layout.axis.x + width + 4, y), scale: 1, reach: 0))
  }

  @Test(arguments: [[1, 1], [1, 1e6], [-5, 3], [2, 2, 2, 2, 2]] as [[Double]]) func oddRanksAreDrawn(ranks: [Double])
    throws
  {
    for difference in [nil, 0, 1, 1e300] as [Double?] {
      let figure = figure(ranks, difference)
      #expect(try figure.png().encode() == figure.png().encode())
      #expect(try figure.shrunk(1, 1).png().width == 1)
    }
    let many = figure((0..<3000).map { Double($0) / 7 }, 3)
    #expect(try many.shrunk().png().width == 480)
  }

  @Test func wrongInputIsRefused() {
    for ranks in [[], [1], [1, .nan], [1, .infinity], [1, 1e300]] as [[Double]] {
      #expect(throws: GliaError.self) { try figure(ranks, 1).png() }
    }
    for difference in [-1, .nan, .infinity] as [Double] {
      #expect(throws: GliaError.self) { try figure([1, 2], difference).png() }
    }
    for group in [[2], [-1, 0]] {
      var given = figure([1, 2], nil)
      given.groups = [group]
      #expect(throws: GliaError.self) { try given.png() }
    }
  }
}

@Suite struct RankHeatMapTests {
  private let values = [[0.3, 0.1, 0.2], [0.5, 0.5, .nan], [1, .infinity, .nan]]

  private func figure(_ values: [[Double]]) -> RankHeatMap {
    let count = values.first?.count ?? 0
    return RankHeatMap(
      problems: values.indices.map { "problem \($0)" }, methods: (0..<count).map { "method \($0)" }, values: values
    ).shrunk(800, 500, scale: 1)
  }

  @Test func ranksByHand() {
    let table = RankTable(values, isMaximized: false)
    #expect(table.ranks == [[3, 1, 2], [1.5, 1.5, 3], [1, 2.5, 2.5]])
    #expect(table.averages == [5.5 / 3, 5.0 / 3, 7.5 / 3] && table.order == [1, 0, 2])
    let scores = RankTable(values, isMaximized: true)
    #expect(scores.ranks == [[1, 3, 2], [1.5, 1.5, 3], [1, 2.5, 2.5]] && scores.order == [0, 1, 2])
  }

  @Test func cellsAreWhereTheyBelong() throws {
    let figure = figure(values)
    let layout = RankHeatMapLayout(
      figure, page: figure.page(summarizing: "?"), bounds: Rect(x: 0, y: 0, width: 800, height: 500), barWidth: 0)
    let (picture, theme) = (try figure.picture(), Theme.light)
    func corner(_ rect: Rect) -> Point { Point(rect.x + 6, rect.y + 6) }
    // The best average rank is that of the second method, in the first column.
    let expected: [(row: Int, column: Int, rank: Double)] = [(0, 0, 1), (0, 1, 3), (0, 2, 2), (1, 0, 1.5), (2, 1, 1)]
    for (row, column, rank) in expected {
      #expect(
        picture.has(theme.ramp(at: 1 - (rank - 1) / 2), near: corner(layout.rect(row, column)), scale: 1, reach: 0))
    }
    #expect(picture.has(theme.alarm, near: layout.rect(1, 2).center, scale: 1, reach: 1))
    #expect(!picture.has(theme.alarm, near: layout.rect(0, 2).center, scale: 1, reach: 3))
    let average = theme.ramp(at: 1 - (7.5 / 3 - 1) / 2)
    #expect(picture.has(average, near: corner(layout.average(2)), scale: 1, reach: 0))
    #expect(layout.averages.y > layout.cells.maxY && !layout.isUpright)
  }

  @Test func manyAndLongNames() throws {
    let many = figure((0..<30).map { row in (0..<25).map { Double(($0 * 7 + row) % 25) } })
    let layout = RankHeatMapLayout(
      many, page: many.page, bounds: Rect(x: 0, y: 0, width: 800, height: 500), barWidth: 60)
    #expect(layout.isUpright && layout.bar.maxX <= 800)
    var long = figure(values)
    long.methods = values.map { _ in String(repeating: "long", count: 50) }
    long.problems = long.methods
    #expect(try long.png().encode() == long.png().encode())
    for content in [RankHeatMap.Content.ranks, .values] {
      for theme in [Theme.light, .dark, .print] {
        for var figure in [many, long] {
          (figure.content, figure.page.theme) = (content, theme)
          #expect(try figure.png().width == 800)
        }
      }
    }
  }

  @Test(
    arguments: [[[1]], [[.nan, 1]], [[1e300, -1e300]], [[0], [0]], [[.infinity, 1], [.nan, .nan]]] as [[[Double]]])
  func oddNumbersAreDrawn(values: [[Double]]) throws {
    for content in [RankHeatMap.Content.ranks, .values] {
      var figure = figure(values)
      figure.content = content
      #expect(try figure.png().width == 800)
      #expect(try figure.shrunk(1, 1).png().width == 1)
    }
    let large = figure((0..<400).map { row in (0..<300).map { Double($0 ^ row) } })
    #expect(try large.shrunk(100, 100).png().width == 100)
  }

  @Test func wrongInputIsRefused() {
    for values in [[], [[]], [[1, 2], [1]], [[.nan, .infinity]]] as [[[Double]]] {
      #expect(throws: GliaError.self) { try self.figure(values).png() }
    }
    var figure = figure(values)
    figure.problems = ["one"]
    #expect(throws: GliaError.self) { try figure.png() }
    figure.problems = values.map { _ in "p" }
    figure.methods = []
    #expect(throws: GliaError.self) { try figure.png() }
  }
}
