import Testing

@testable import GliaVisuals

@Suite struct LegendTests {
  private let area = Rect(x: 100, y: 50, width: 400, height: 300)

  private func corner(_ obstacles: Obstacles) -> [Int] {
    let plate = obstacles.freest(80, 60, in: area, inset: 10)
    return [plate.x == 110 ? 0 : plate.maxX == 490 ? 2 : 1, plate.y == 60 ? 0 : plate.maxY == 340 ? 2 : 1]
  }

  @Test func theUpperRightCornerIsTheFirstChoice() {
    #expect(corner(Obstacles()) == [2, 0])
    #expect(corner(Obstacles(points: [Point(300, 200)])) == [2, 0])
  }

  @Test func pointsAndLinesDriveItAway() {
    #expect(corner(Obstacles(points: [Point(470, 70)])) == [0, 0])
    let falling = [Point(100, 50), Point(500, 350)]
    #expect(corner(Obstacles(lines: [falling])) == [2, 0])
    let rising = [Point(100, 350), Point(500, 50)]
    #expect(corner(Obstacles(lines: [rising])) == [0, 0])
    #expect(corner(Obstacles(lines: [falling, rising])) == [2, 1])
    // A line that only passes through counts, although none of its ends lies there.
    #expect(corner(Obstacles(lines: [[Point(480, -900), Point(480, 900)]])) == [0, 0])
  }

  @Test func whereAllIsFullTheEmptiestIsTaken() {
    let crowd = (0..<4000).map { i in Point(100 + Double(i % 80) * 5, 50 + Double(i / 80) * 6) }
    let thin = crowd.filter { !($0.x < 200 && $0.y > 270 && Int($0.x / 5) % 2 == 0) }
    #expect(corner(Obstacles(points: thin)) == [0, 2])
    // Covering a label is worse than covering any number of points.
    #expect(corner(Obstacles(points: crowd, areas: [Rect(x: 400, y: 50, width: 100, height: 300)]))[0] == 0)
  }

  @Test func stretchesOfLines() throws {
    let inside = try #require(area.stretch(of: Point(0, 200), Point(1000, 200)))
    #expect(inside == (0.1, 0.5))
    #expect(area.stretch(of: Point(0, 0), Point(1000, 0)) == nil)
    #expect(area.stretch(of: Point(.nan, 0), Point(1000, 100)) == nil)
    let within = try #require(area.stretch(of: Point(200, 100), Point(200, 100)))
    #expect(within == (0, 1))
  }

  private func legend(_ count: Int) -> Legend {
    Legend(
      entries: (0..<count).map { (.marker(.circle, Color(0x0072B2), isHollow: false), "class \($0)") }, theme: .light)
  }

  @Test func countsAreNeverCut() {
    let one = legend(1)
    #expect(one.fitted("class 0 (12)", to: 500, Theme.light.label()) == "class 0 (12)")
    let cut = one.fitted("Araucaria angustifolia (1,200)", to: 120, Theme.light.label())
    #expect(cut.hasPrefix("Arau") && cut.hasSuffix("… (1,200)"))
    #expect(Theme.light.label().width(of: cut) <= 120)
    #expect(one.fitted("Araucaria (of the southern highlands)", to: 60, Theme.light.label()).hasSuffix("…"))
    #expect(one.fitted("class (1)", to: 1, Theme.light.label()).isEmpty)
  }

  @Test func whatFindsNoRoomIsCounted() throws {
    var full = try Canvas(pixelWidth: 200, pixelHeight: 400)
    legend(10).draw(on: &full, in: Rect(x: 0, y: 0, width: 200, height: 400))
    var cut = try Canvas(pixelWidth: 200, pixelHeight: 400)
    legend(10).draw(on: &cut, in: Rect(x: 0, y: 0, width: 200, height: legend(3).height))
    var three = try Canvas(pixelWidth: 200, pixelHeight: 400)
    legend(2).draw(on: &three, in: Rect(x: 0, y: 0, width: 200, height: 400))
    Legend(entries: [(.detail, "… and 8 more")], theme: .light).draw(
      on: &three, in: Rect(x: 0, y: legend(2).height, width: 200, height: 100))
    #expect(try cut.decoded().pixels == three.decoded().pixels)
    #expect(try full.decoded().pixels != cut.decoded().pixels)
  }

  @Test func entriesBesideEachOtherBreakIntoLines() {
    let one = legend(4).rowHeight(within: 1000)
    #expect(legend(4).rowHeight(within: 200) == 2 * one)
    #expect(legend(4).rowHeight(within: 1) == 4 * one)
    #expect(legend(0).rowHeight(within: 100) == 0)
  }

  @Test func barsStandAndLie() throws {
    var bar = ColorBar(
      color: { Color(0x000000).mixed(with: Color(0xFFFFFF), $0) }, ticks: [(0, "0"), (1, "1")], name: "p",
      theme: .light)
    var canvas = try Canvas(pixelWidth: 100, pixelHeight: 100)
    bar.draw(on: &canvas, in: Rect(x: 10, y: 10, width: bar.width, height: 80))
    let standing = try canvas.decoded()
    #expect(standing.color(15, 85)[0] < 20 && standing.color(15, 14)[0] > 235)
    bar.isHorizontal = true
    var other = try Canvas(pixelWidth: 100, pixelHeight: 100)
    other.clip = Rect(x: 0, y: 0, width: 100, height: 10 + bar.height)
    bar.draw(on: &other, in: Rect(x: 10, y: 10, width: 80, height: bar.height))
    let lying = try other.decoded()
    #expect(lying.color(14, 15)[0] < 20 && lying.color(85, 15)[0] > 235)
    // Nothing is truncated below.
    other.clip = nil
    var free = try Canvas(pixelWidth: 100, pixelHeight: 100)
    bar.draw(on: &free, in: Rect(x: 10, y: 10, width: 80, height: bar.height))
    #expect(try free.decoded().pixels == lying.pixels)
  }
}
