import Testing

@testable import GliaVisuals

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The shapes of the characters.
@Suite struct TypefaceTests {
  private static let ascii = (33...126).map { Character(UnicodeScalar(UInt8($0))) }
  private static let latin = (0xA1...0xFF).filter { $0 != 0xAD }.map { Character(UnicodeScalar(UInt8($0))) }
  private static let names = Array(
    "ĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŔŘŚŞŠȘŢŤȚŪŮŰŲŴŶŸŹŻŽāăąćčďđēęěğģīįıķĺľłńňőœŕřśşšșţťțūůűųŵŷźżžẞơưảịếộ")
  private static let greek = Array("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωϵάέήίόύώϊΐ")
  private static let scripts = Array("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓᵢⱼₖₗₘₙₚₛₜ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼ⁿⁱᵀ")
  private static let signs = Array(
    "×–—·…±≤≥≠≈√∂∇∏∫∞∈→←↑↓↔●○◆◇■□▲△▼★☆✕✓−‰‖‘’“”„′″•⟨⟩ℓℝ∑Σ")
  private static let all = ascii + latin + names + greek + scripts + signs
  /// Characters that are supposed to look the same.
  private static let twins: [Character: Character] = [
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P",
    "Τ": "T",
    "Υ": "Y", "Χ": "X", "ο": "o", "ό": "ó", "µ": "μ", "Đ": "Ð",
  ]

  /// Returns the extent of a character around the start of the baseline, in pixels, and the canvas.
  private func ink(_ text: String, _ style: Canvas.TextStyle) throws -> (box: Rect, pixels: [UInt8])? {
    let size = Int(style.size)
    let (x, y) = (size, 3 * size / 2)
    var canvas = try Canvas(pixelWidth: 3 * size, pixelHeight: 5 * size / 2)
    canvas.write(text, at: Point(Double(x), Double(y)), style)
    let (width, height, pixels) = (canvas.pixelWidth, canvas.pixelHeight, canvas.pixels)
    let blank = [UInt8](repeating: 255, count: 4 * width)
    var (left, right, top, bottom) = (Int.max, Int.min, Int.max, Int.min)
    pixels.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      // Most rows are blank, and skipping them makes thousands of canvases fast.
      for row in 0..<height where memcmp(start + 4 * width * row, blank, 4 * width) != 0 {
        func isInk(_ column: Int) -> Bool { bytes[4 * (row * width + column)] < 250 }
        guard let first = (0..<width).first(where: isInk) else { continue }
        (left, right) = (min(left, first), max(right, ((0..<width).last(where: isInk) ?? first) + 1))
        (top, bottom) = (min(top, row), max(bottom, row + 1))
      }
    }
    guard left < right else { return nil }
    let box = Rect(x: Double(left - x), y: Double(top - y), width: Double(right - left), height: Double(bottom - top))
    return (box, pixels)
  }

  @Test(arguments: [9.0, 13, 100], [Typeface.Weight.regular, .bold])
  func inkStaysInTheMeasuredBox(size: Double, weight: Typeface.Weight) throws {
    let style = Canvas.TextStyle(size, weight: weight)
    for character in Self.all {
      let text = String(character)
      let box = try #require(try ink(text, style)?.box, "\(text) is empty")
      // The extent is in whole pixels, so partly covered pixels may exceed it.
      #expect(box.x >= -1, "\(text)")
      #expect(box.maxX <= style.width(of: text) + 1, "\(text)")
      #expect(-box.y <= Typeface.ascent * size + 1, "\(text)")
      #expect(box.maxY <= Typeface.descent * size + 1, "\(text)")
    }
  }

  @Test(arguments: [Typeface.Weight.regular, .bold])
  func everyCharacterHasAFormOfItsOwn(weight: Typeface.Weight) throws {
    let style = Canvas.TextStyle(40, weight: weight)
    // Only shapes of equal extent need to be compared.
    var seen: [Rect: [(character: Character, pixels: [UInt8])]] = [:]
    for character in ["語"] + Self.all where Self.twins[character] == nil {
      let (box, pixels) = try #require(try ink(String(character), style))
      let other = seen[box]?.first { $0.character != character && $0.pixels == pixels }?.character
      #expect(other == nil, "\(character) looks like \(other.map(String.init) ?? "")")
      seen[box, default: []].append((character, pixels))
    }
    for (twin, character) in Self.twins {
      #expect(try ink(String(twin), style)?.pixels == ink(String(character), style)?.pixels)
    }
  }

  @Test(arguments: ["é", "Å", "ç", "ş", "ů", "ň", "ď", "ģ", "ő", "į", "ế", "ΐ", "ữ"])
  func decomposedLettersLookLikeComposedOnes(letter: String) throws {
    let parts = [
      "é": "e\u{301}", "Å": "A\u{30A}", "ç": "c\u{327}", "ş": "s\u{327}", "ů": "u\u{30A}", "ň": "n\u{30C}",
      "ď": "d\u{30C}",
      "ģ": "g\u{327}", "ő": "o\u{30B}", "į": "i\u{328}", "ế": "e\u{302}\u{301}", "ΐ": "ι\u{308}\u{301}",
      "ữ": "u\u{31B}\u{303}",
    ]
    let decomposed = try #require(parts[letter])
    #expect(decomposed.unicodeScalars.count > letter.unicodeScalars.count)
    for weight in [Typeface.Weight.regular, .bold] {
      let style = Canvas.TextStyle(30, weight: weight)
      #expect(style.width(of: decomposed) == style.width(of: letter))
      #expect(try ink(decomposed, style)?.pixels == ink(letter, style)?.pixels)
    }
  }

  @Test(arguments: ["x\u{302}", "w\u{304}", "σ\u{302}", "y\u{303}", "θ\u{302}", "x\u{304}\u{301}"])
  func accentsMayStandOnAnyLetter(text: String) throws {
    let style = Canvas.TextStyle(40)
    let letter = String(text.unicodeScalars.prefix(1).map(Character.init))
    let (bare, accented) = (try #require(try ink(letter, style)), try #require(try ink(text, style)))
    #expect(accented.box.y < bare.box.y)
    #expect(accented.box.maxY == bare.box.maxY)
  }

  @Test(arguments: ["O", "o", "v", "X", "H"], ["\u{302}", "\u{307}", "\u{308}", "\u{30A}", "\u{30C}", "\u{323}"])
  func accentsStandInTheMiddle(letter: String, accent: String) throws {
    let style = Canvas.TextStyle(100)
    let (bare, accented) = (try #require(try ink(letter, style)), try #require(try ink(letter + accent, style)))
    #expect(style.width(of: letter + accent) == style.width(of: letter))
    // The accent is centered on the letter.
    let columns = zip(bare.pixels, accented.pixels).enumerated().filter { $0.element.0 != $0.element.1 }
      .map { Double($0.offset / 4 % 300 - 100) + 0.5 }
    #expect(abs(columns.reduce(0, +) / Double(columns.count) - bare.box.center.x) < 1.5)
  }

  @Test(arguments: [("í", "ı\u{301}"), ("ĵ", "ȷ\u{302}")])
  func accentsTakeThePlaceOfTheDot(letter: String, dotless: String) throws {
    #expect(try ink(letter, .init(40))?.pixels == ink(dotless, .init(40))?.pixels)
  }

  @Test(arguments: [9.0, 11, 14, 19.2, 28.8])
  func lettersStandOnWholePixels(size: Double) throws {
    for weight in [Typeface.Weight.regular, .bold] {
      let style = Canvas.TextStyle(size, weight: weight)
      // At nine pixels, capitals of six pixels would hardly be taller than lowercase letters of five.
      let capital = max((size * 0.7).rounded(), (size * 0.5).rounded() + 2)
      for (text, height) in [("H", capital), ("E", capital), ("7", capital), ("x", (size * 0.5).rounded())] {
        let box = try #require(try ink(text, style)?.box)
        #expect(box.maxY == 0, "\(text)")
        #expect(box.height == height, "\(text)")
      }
    }
  }

  @Test(arguments: [9.0, 11, 13, 16, 19.5])
  func roundLettersAreAsTallAsFlatOnesInSmallText(size: Double) throws {
    let style = Canvas.TextStyle(size)
    for (round, flat) in [("o", "x"), ("e", "z"), ("O", "H"), ("8", "7"), ("S", "E")] {
      let (a, b) = (try #require(try ink(round, style)?.box), try #require(try ink(flat, style)?.box))
      #expect(a.y == b.y && a.maxY == b.maxY, "\(round)")
    }
  }

  @Test(arguments: [9.0, 11, 13, 16, 18], [Typeface.Weight.regular, .bold])
  func dotsStayClearOfTheirLetters(size: Double, weight: Typeface.Weight) throws {
    for text in ["i", "j", "ü"] {
      var canvas = try Canvas(pixelWidth: 40, pixelHeight: 40)
      canvas.write(text, at: Point(10, 30), .init(size, weight: weight))
      let picture = try canvas.decoded()
      let rows = (0..<40).map { y in (0..<40).contains { picture.color($0, y)[0] < 250 } }
      let gap = 30 - Int((size * 0.5).rounded()) - 1
      #expect(!rows[gap] && rows[gap - 1] || !rows[gap] && !rows[gap - 1] && rows[gap - 2], "\(text)")
    }
  }

  @Test func boldIsDarker() throws {
    for character in Self.ascii {
      func area(_ weight: Typeface.Weight) throws -> Double {
        var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
        canvas.write(String(character), at: Point(10, 45), .init(40, weight: weight))
        return try canvas.inkedArea()
      }
      #expect(try area(.bold) > 1.15 * area(.regular), "\(character)")
    }
  }
}
