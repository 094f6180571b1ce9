import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct ConfusionTests {
  /// Three classes with 4, 3, and 2 samples, of which 3, 1, and 2 are correct; 3, 2, and 4 samples are predicted as
  /// each class.
  private let labels = [0, 0, 0, 0, 1, 1, 1, 2, 2]
  private let predictions = [0, 0, 0, 1, 1, 2, 2, 2, 2]

  @Test func byHand() throws {
    let confusion = try Confusion(labels: labels, predictions: predictions, classes: 3)
    #expect(confusion.counts == [[3, 1, 0], [0, 1, 2], [0, 0, 2]])
    #expect(confusion.actual == [4, 3, 2] && confusion.predicted == [3, 2, 4] && confusion.total == 9)
    #expect(confusion.accuracy == 6.0 / 9)
    #expect(confusion.recalls == [0.75, 1.0 / 3, 1] && confusion.precisions == [1, 0.5, 0.5])
    #expect(abs(confusion.balancedAccuracy - (0.75 + 1.0 / 3 + 1) / 3) < 1e-12)
    // F₁: 6/7, 2/5, 4/6.
    #expect(abs(confusion.macroF1 - (6.0 / 7 + 2.0 / 5 + 4.0 / 6) / 3) < 1e-12)
  }

  @Test func asScikitLearn() throws {
    let results = try ResultsSamples.three()
    let confusion = try Confusion(labels: results.labels, predictions: results.decisions, classes: 3)
    #expect(confusion.counts == [[45, 10, 22], [22, 31, 9], [5, 21, 35]])
    #expect(abs(confusion.balancedAccuracy - 0.5527286920729543) < 1e-12)
    #expect(abs(confusion.macroF1 - 0.5517359826665963) < 1e-12)
  }

  @Test func classesWithoutSamples() throws {
    let confusion = try Confusion([[2, 0, 1], [0, 0, 0], [0, 0, 0]])
    #expect(confusion.recalls[0] == 2.0 / 3 && confusion.recalls[1].isNaN && confusion.precisions[1].isNaN)
    #expect(confusion.balancedAccuracy == 2.0 / 3)
    // Class 0 has 2 · 2 / (3 + 2), class 2 is predicted but never true, class 1 does not occur.
    #expect(confusion.macroF1 == 0.4)
  }

  @Test(
    arguments: [
      ([], "there are no samples"), ([[0, 0], [0, 0]], "there are no samples"),
      ([[1, 2]], "2 counts in a row of 1 classes"), ([[1, 2], [3]], "1 counts in a row of 2 classes"),
      ([[1, -1], [0, 2]], "a count is -1"), ([[Int.max, 1], [0, 2]], "a count is 1"),
    ] as [([[Int]], String)])
  func wrongCountsAreRefused(counts: [[Int]], what: String) {
    #expect { try Confusion(counts) } throws: { ($0 as? GliaError)?.what == what }
  }

  @Test(
    arguments: [
      ([], [], 2), ([0], [0, 1], 2), ([2], [0], 2), ([0], [2], 2), ([-1], [0], 2), ([0], [0], 0), ([0], [0], 1 << 40),
    ] as [([Int], [Int], Int)])
  func wrongLabelsAreRefused(labels: [Int], predictions: [Int], classes: Int) {
    #expect(throws: GliaError.self) { try Confusion(labels: labels, predictions: predictions, classes: classes) }
  }

  @Test func namesMustFit() throws {
    let confusion = try Confusion(labels: labels, predictions: predictions, classes: 3)
    #expect(throws: GliaError.self) { try ConfusionMatrixPlot(confusion, classes: ["a", "b"]).png() }
    #expect(try ConfusionMatrixPlot(confusion, classes: ["a", "b", ""]).tiny().png().width == 320)
  }

  @Test func rightAndWrongHaveTheirColors() throws {
    let figure = try ConfusionMatrixPlot(labels: [0, 1, 0, 1], predictions: [0, 1, 0, 0], classes: ["a", "b"])
    let picture = try Picture(figure.tiny(800, 600, scale: 1).png().encode())
    let colors = Set((0..<picture.height).flatMap { y in (0..<picture.width).map { picture.color($0, y) } })
    // All of class 0 is correct: the full color. Half of class 1 is wrong: √½ of the way from F8F8F8 to D55E00.
    #expect(colors.contains([0x00, 0x72, 0xB2]))
    #expect(colors.contains([223, 139, 73]))
  }

  @Test(arguments: [(1, 0), (2, 0), (30, 20), (100, 3), (700, 1)]) func anyNumberOfClasses(count: Int, long: Int) throws
  {
    let names = (0..<count).map { String(repeating: "long ", count: long) + "\($0)" }
    let labels = (0..<3 * count).map { $0 % count }
    let figure = try ConfusionMatrixPlot(labels: labels, predictions: labels.map { $0 / 2 }, classes: names)
    #expect(try figure.tiny(640, 480, scale: 0.8).png().width == 640)
    #expect(try figure.tiny(300, 700, scale: 0.8).png().width == 300)
  }

  @Test(arguments: [(1, 1), (3, 200), (200, 3), (40, 30)]) func tinyPages(width: Int, height: Int) throws {
    let figure = try ConfusionMatrixPlot(labels: labels, predictions: predictions, classes: ["a", "b", "c"])
    #expect(try figure.tiny(width, height, scale: 1.6).png().width == width)
  }

  @Test func hugeCountsAreDrawn() throws {
    let figure = ConfusionMatrixPlot(try Confusion([[Int.max / 2, 7], [0, Int.max / 2 - 10]]), classes: ["a", "b"])
    #expect(try figure.tiny().png().width == 320)
  }

  @Test func namesTakeTheRoomThatIsLeft() {
    let name = "a class with quite a long name indeed"
    let width = Theme.light.tick().width(of: name)
    func layout(_ width: Double, _ height: Double) -> ConfusionLayout {
      let bounds = Rect(x: 0, y: 0, width: width, height: height)
      return ConfusionLayout(page: Page(), bounds: bounds, names: [name, "b", "c"], barWidth: 0, scale: 1)
    }
    #expect(width > 180)
    #expect(layout(900, 600).nameRoom.left >= width)
    #expect(layout(500, 600).nameRoom.left < width)
    let tall = layout(500, 1200)
    #expect(tall.isUpright && tall.nameRoom.below >= width && tall.cells.y > layout(500, 600).cells.y + 100)
    for places in [layout(900, 600), layout(500, 600), tall] {
      #expect(places.cells.x - 6 - places.nameRoom.left - 9 - 13 >= Page.margin - 8)
    }
  }

  @Test func textFitsOrIsLeftOut() {
    let theme = Theme.light
    let large = ConfusionText(largest: 120, cell: 60, theme: theme)
    #expect(large.count > 10 && large.percent > 9 && large.decimals == 1)
    let medium = ConfusionText(largest: 120, cell: 22, theme: theme)
    #expect(medium.count > 7 && medium.percent == 0)
    let small = ConfusionText(largest: 120, cell: 9, theme: theme)
    #expect(small.count == 0 && small.percent == 0)
  }

  @Test func inkStandsOut() {
    let (dark, light) = (Color(0x222222), Color(0xFFFFFF))
    #expect(Color(0x0072B2).contrasting(dark, light) == light)
    #expect(Color(0xF7F7F7).contrasting(dark, light) == dark)
  }
}
