import GliaVisuals
import Testing

@Suite struct TextTests {
  private let required =
    (32...126).map { String(UnicodeScalar(UInt8($0))) }.joined()
    + "αβγδεηθλμπρστφωΔΣΦΩ∇∂₀₁₂₃₄₅₆₇₈₉²³×–—·…±≤≥√→●○◆★✕−"

  /// The extent of ink around the start of the baseline, in pixels; `nil` without ink.
  private func ink(_ text: String, _ style: Canvas.TextStyle) throws -> Rect? {
    let (x, y) = (20, 50)
    var canvas = try Canvas(pixelWidth: Int(style.width(of: text)) + 60, pixelHeight: 70)
    canvas.write(text, at: Point(Double(x), Double(y)), style)
    let picture = try canvas.decoded()
    var (left, right, top, bottom) = (Int.max, Int.min, Int.max, Int.min)
    for row in 0..<picture.height {
      for column in 0..<picture.width where picture.pixels[3 * (row * picture.width + column)] < 245 {
        (left, right) = (min(left, column), max(right, column + 1))
        (top, bottom) = (min(top, row), max(bottom, row + 1))
      }
    }
    guard left < right else { return nil }
    return Rect(
      x: Double(left - x), y: Double(top - y), width: Double(right - left), height: Double(bottom - top))
  }

  @Test(arguments: [9.0, 13, 20, 40], [Typeface.Weight.regular, .bold])
  func noInkLiesOutsideTheMeasuredBox(size: Double, weight: Typeface.Weight) throws {
    let style = Canvas.TextStyle(size, weight: weight)
    for character in required {
      let text = String(character)
      guard let box = try ink(text, style) else {
        #expect(text == " ")
        continue
      }
      // Whole pixels, so that a partly covered one may stand out.
      #expect(box.x >= -1, "\(text)")
      #expect(box.maxX <= style.width(of: text) + 1, "\(text)")
      #expect(-box.y <= Typeface.ascent * size + 1, "\(text)")
      #expect(box.maxY <= Typeface.descent * size + 1, "\(text)")
    }
  }

  @Test func everyRequiredCharacterHasAFormOfItsOwn() throws {
    let style = Canvas.TextStyle(40)
    var seen: [[UInt8]: Character] = [:]
    for character in required + "é" {
      var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
      canvas.write(String(character), at: Point(10, 45), style)
      let pixels = try canvas.decoded().pixels
      #expect(seen[pixels] == nil, "\(character) looks like \(seen[pixels].map(String.init) ?? "")")
      seen[pixels] = character
    }
  }

  @Test func unknownCharactersAreAllTheSameBox() throws {
    let style = Canvas.TextStyle(30)
    let box = try ink("語", style)
    #expect(box == (try ink("\u{1F600}", style)))
    #expect(box?.height == 21)
  }

  @Test(arguments: [11.0, 14, 19.2, 28.8])
  func capitalsAndSmallLettersStandOnWholePixels(size: Double) throws {
    let style = Canvas.TextStyle(size)
    let tall = try #require(try ink("H", style))
    let small = try #require(try ink("x", style))
    #expect(tall.maxY == 0)
    #expect(small.maxY == 0)
    #expect(tall.height == (size * 0.7).rounded())
    #expect(small.height == (size * 0.5).rounded())
  }

  @Test func widths() {
    #expect(Typeface.width(of: "", size: 12) == 0)
    #expect(Typeface.width(of: "0000", size: 10) == Typeface.width(of: "1835", size: 10))
    #expect(Typeface.width(of: "i", size: 10) < Typeface.width(of: "m", size: 10) / 3)
    #expect(Typeface.width(of: "loss", size: 24) == 2 * Typeface.width(of: "loss", size: 12))
    #expect(Typeface.width(of: "loss", size: 12, weight: .bold) > Typeface.width(of: "loss", size: 12))
  }

  @Test func longTextIsCutWithAnEllipsis() {
    let text = "a class with a name that is much too long"
    let cut = Typeface.fitted(text, to: 100, size: 13)
    #expect(cut.hasSuffix("…") && text.hasPrefix(cut.dropLast()))
    #expect(Typeface.width(of: cut, size: 13) <= 100)
    #expect(Typeface.fitted("short", to: 100, size: 13) == "short")
    #expect(Typeface.fitted(text, to: -5, size: 13) == "…")
  }

  @Test func turnedTextIsTheSamePicture() throws {
    var upright = try Canvas(pixelWidth: 60, pixelHeight: 60)
    upright.write("Fig", at: Point(10, 40), .init(24))
    var turned = try Canvas(pixelWidth: 60, pixelHeight: 60)
    turned.write("Fig", at: Point(40, 50), .init(24), direction: .up)
    let (a, b) = (try upright.decoded(), try turned.decoded())
    for y in 0..<60 {
      for x in 0..<60 { #expect(abs(a.color(x, y)[0] - b.color(y, 59 - x)[0]) <= 1) }
    }
  }
}
