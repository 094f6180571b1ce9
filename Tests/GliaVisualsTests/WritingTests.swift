import Testing

@testable import GliaVisuals

/// Text on the canvas: positions, directions, clips, and invalid values.
@Suite struct WritingTests {
  private func canvas(_ text: String, _ style: Canvas.TextStyle, x: Double = 10, y: Double = 45) throws -> Picture {
    var canvas = try Canvas(pixelWidth: 160, pixelHeight: 60)
    canvas.write(text, at: Point(x, y), style)
    return try canvas.decoded()
  }

  @Test(arguments: [Canvas.Direction.up, .down])
  func turnedTextIsTheSamePicture(direction: Canvas.Direction) throws {
    var upright = try Canvas(pixelWidth: 60, pixelHeight: 60)
    upright.write("Fig", at: Point(10, 40), .init(24))
    var turned = try Canvas(pixelWidth: 60, pixelHeight: 60)
    turned.write("Fig", at: direction == .up ? Point(40, 50) : Point(20, 10), .init(24), direction: direction)
    let (a, b) = (try upright.decoded(), try turned.decoded())
    for y in 0..<60 {
      for x in 0..<60 {
        let there = direction == .up ? b.color(y, 59 - x) : b.color(59 - y, x)
        #expect(abs(a.color(x, y)[0] - there[0]) <= 1)
      }
    }
  }

  @Test(arguments: [Canvas.Direction.right, .up, .down])
  func aClipLeavesTheRestAsItIs(direction: Canvas.Direction) throws {
    let rect = Rect(x: 37, y: 41, width: 30, height: 22)
    for align in [Canvas.Alignment.start, .middle, .end] {
      var whole = try Canvas(pixelWidth: 110, pixelHeight: 110)
      var clipped = whole
      clipped.clip = rect
      let at =
        align == .start ? (direction == .right ? Point(5, 55) : Point(50, direction == .up ? 105 : 5)) : Point(55, 55)
      whole.write("WAVE ffg jÅ", at: at, .init(20), align: align, centered: true, direction: direction)
      clipped.write("WAVE ffg jÅ", at: at, .init(20), align: align, centered: true, direction: direction)
      let (a, b) = (try whole.decoded(), try clipped.decoded())
      var ink = 0
      for y in 0..<110 {
        for x in 0..<110 {
          let isInside = rect.contains(Point(Double(x) + 0.5, Double(y) + 0.5))
          #expect(abs(b.color(x, y)[0] - (isInside ? a.color(x, y)[0] : 255)) <= 1)
          ink += 255 - b.color(x, y)[0]
        }
      }
      #expect(ink > 0)
    }
  }

  @Test func alignment() throws {
    let style = Canvas.TextStyle(20)
    let start = try canvas("Vega", style, x: 20)
    var middle = try Canvas(pixelWidth: 160, pixelHeight: 60)
    middle.write("Vega", at: Point(20 + style.width(of: "Vega") / 2, 45), style, align: .middle)
    #expect(try middle.decoded().pixels == start.pixels)
    var end = try Canvas(pixelWidth: 160, pixelHeight: 60)
    end.write("Vega", at: Point(20 + style.width(of: "Vega"), 45), style, align: .end)
    #expect(try end.decoded().pixels == start.pixels)
  }

  @Test func centeredCapitalsStandAroundThePoint() throws {
    for size in [9.0, 10, 13, 19.5, 27] {
      var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
      canvas.write("H", at: Point(10, 30), .init(size), centered: true)
      let picture = try canvas.decoded()
      let rows = (0..<60).filter { y in (0..<60).contains { picture.color($0, y)[0] < 200 } }
      let (top, bottom) = (rows.min() ?? 0, (rows.max() ?? 0) + 1)
      #expect(abs(Double(top + bottom) / 2 - 30) <= 0.5)
    }
  }

  @Test func unknownCharactersAreAllTheSameBox() throws {
    let style = Canvas.TextStyle(30)
    let box = try canvas("語", style)
    #expect(try box.pixels != canvas("0", style).pixels)
    let unknown = [
      "\u{1F600}", "👩‍👩‍👧‍👦", "🇫🇷", "\u{7}", "\u{FFFD}", "\u{E000}", "e\u{301}\u{301}\u{301}\u{301}", "a\u{20D7}", "語\u{301}",
      "\u{600}",
      "e" + String(repeating: "\u{316}", count: 99),
    ]
    for text in unknown { #expect(try canvas(text, style).pixels == box.pixels, "\(text.debugDescription)") }
  }

  @Test(arguments: ["\u{200B}", "\u{AD}", "\u{FEFF}", "\u{2060}", "\u{FE0F}"])
  func charactersThatAreNotSeenTakeNoRoom(text: String) throws {
    #expect(Typeface.width(of: text, size: 30) == 0)
    #expect(Typeface.width(of: text, size: 30, weight: .bold) == 0)
    #expect(try canvas(text, .init(30)).pixels.allSatisfy { $0 == 255 })
  }

  @Test(arguments: ["\n", "\r\n", "\t", "\u{A0}", "\u{2028}"])
  func whiteSpaceIsASpace(text: String) {
    #expect(Typeface.width(of: text, size: 30) == Typeface.width(of: " ", size: 30))
  }

  @Test func aMarkerStaysWithAVariationSelector() throws {
    #expect(try canvas("★\u{FE0E}", .init(30)).pixels == canvas("★", .init(30)).pixels)
  }

  @Test(arguments: [
    "\u{301}", "\u{301}\u{301}", "\u{328}x", "\u{200D}\u{301}", "ê\u{301}\u{323}", "\u{315}\u{31B}", "i\u{328}\u{301}",
  ])
  func strayAccentsAreHarmless(text: String) throws {
    for size in [0.01, 1, 13, 400, 4095] {
      var canvas = try Canvas(pixelWidth: 100, pixelHeight: 60)
      canvas.write(text, at: Point(20, 50), .init(size, weight: .bold))
      #expect(Typeface.width(of: text, size: size).isFinite)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -1, 0, 1e300, 1e-300, 4096])
  func impossibleSizesDrawNothingOrSomethingButNeverTrap(size: Double) throws {
    var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
    for direction in [Canvas.Direction.right, .up, .down] {
      canvas.write("Ång 1²", at: Point(10, 30), .init(size), align: .middle, centered: true, direction: direction)
      canvas.write("Ång 1²", at: Point(size, size), .init(13), align: .end, direction: direction)
    }
    _ = Typeface.fitted("Ång 1²", to: size, size: size)
  }

  @Test func manyWriteAtOnce() async throws {
    func drawn(_ text: String, _ size: Double) throws -> [UInt8] {
      var canvas = try Canvas(pixelWidth: 160, pixelHeight: 60)
      canvas.write(text, at: Point(10, 45), .init(size))
      return canvas.pixels
    }
    let expected = try (0..<8).map { try drawn("Size \($0) ẑ", 11 + Double($0)) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<64 {
        group.addTask {
          // New sizes in between also empty the cache of outlines.
          for i in 0..<40 { _ = try drawn("abcdef", 5 + Double(task * 40 + i) / 1000) }
          return try drawn("Size \(task % 8) ẑ", 11 + Double(task % 8)) == expected[task % 8]
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }
}
