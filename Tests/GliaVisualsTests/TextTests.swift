import GliaVisuals
import Testing

@Suite struct TextTests {
  /// Returns the width of regular text of size 1000, which corresponds to the units of the skeletons.
  private func units(_ text: String, _ weight: Typeface.Weight = .regular) -> Double {
    Typeface.width(of: text, size: 1000, weight: weight)
  }

  @Test func widthsAreThoseOfTheSkeletons() {
    // The width is the advance plus 7 on both sides; for bold, 1.04 times the advance plus 17 on both sides.
    #expect(units("n") == 540 + 14)
    #expect(units("0") == 560 + 14)
    #expect(units("n", .bold) == 562 + 34)
    #expect(units("") == 0)
    // Two thirds of a digit.
    #expect(units("₂") == 370 + 14)
    // 268 + 540 + 466 + 466 + 4 × 14.
    #expect(units("loss") == 1796)
    #expect(Typeface.width(of: "loss", size: 24) == 2 * Typeface.width(of: "loss", size: 12))
  }

  @Test(arguments: [("A", "V", 56), ("T", "o", 80), ("T", "y", 50), ("W", "a", 34), ("Y", "o", 66), ("L", "T", 84)])
  func someLettersStandCloser(first: String, second: String, distance: Double) {
    for weight in [Typeface.Weight.regular, .bold] {
      #expect(units(first + second, weight) == units(first, weight) + units(second, weight) - distance)
    }
  }

  @Test(arguments: ["AT", "VA", "P.", "r.", "f.", "Ty", "L’", "T–", "Tö", "ÅV", "ΔT", "Te\u{301}"])
  func pairsWithOpenSidesAreNarrower(pair: String) {
    #expect(units(pair) < pair.reduce(0) { $0 + units(String($1)) })
  }

  @Test(arguments: ["f’", "f)", "f”"])
  func pairsThatWouldTouchAreWider(pair: String) {
    #expect(units(pair) > pair.reduce(0) { $0 + units(String($1)) })
  }

  @Test func numbersAreAligned() {
    let digits = "0123456789"
    for first in digits {
      for second in String(decoding: 32...126, as: UTF8.self) + "−×·…’–" {
        #expect(units("\(first)\(second)") == units("0") + units(String(second)))
        #expect(units("\(second)\(first)") == units("0") + units(String(second)))
      }
    }
    for scripts in ["₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"] {
      for digit in scripts { #expect(units(String(digit)) == units("₀")) }
    }
  }

  @Test func widthAddsUpPairByPair() {
    let text = Array("WAVE Type, “Tö” r.f. LT’ AVATAR Ω∇₁² 10.5 P(y|x) Łódź")
    for end in 2..<text.count {
      let (pair, last) = (String(text[end - 1...end]), String(text[end - 1]))
      #expect(units(String(text[...end])) == units(String(text[..<end])) + units(pair) - units(last))
    }
  }

  @Test(arguments: [Typeface.Weight.regular, .bold], [9.0, 13, 27])
  func fittedTextIsTheLongestThatFits(weight: Typeface.Weight, size: Double) {
    let text = "A class, with a name ‘f’ that is T… much AV too long"
    let whole = Typeface.width(of: text, size: size, weight: weight)
    for part in 0...200 {
      let width = whole * Double(part) / 190
      let cut = Typeface.fitted(text, to: width, size: size, weight: weight)
      #expect(Typeface.width(of: cut, size: size, weight: weight) <= width)
      if whole <= width {
        #expect(cut == text)
        continue
      }
      #expect(cut.isEmpty || cut.hasSuffix("…") && text.hasPrefix(cut.dropLast()) && !cut.hasSuffix(" …"))
      // No longer prefix fits, unless it ends in a space.
      for count in cut.count..<text.count where !text.prefix(count).hasSuffix(" ") {
        #expect(Typeface.width(of: text.prefix(count) + "…", size: size, weight: weight) > width)
      }
    }
  }

  @Test func fittedTextAtItsLimits() {
    #expect(Typeface.fitted("short", to: 100, size: 13) == "short")
    #expect(Typeface.fitted("AV", to: Typeface.width(of: "AV", size: 13), size: 13) == "AV")
    // A sum of widths can be off by rounding.
    let width = Typeface.width(of: "train (160)", size: 13)
    #expect(Typeface.fitted("train (160)", to: width.nextDown, size: 13) == "train (160)")
    #expect(Typeface.fitted("train (160)", to: width - 0.01, size: 13) != "train (160)")
    #expect(Typeface.fitted("", to: 0, size: 13).isEmpty)
    #expect(Typeface.fitted("long", to: Typeface.width(of: "…", size: 13), size: 13) == "…")
    #expect(Typeface.fitted("long", to: 3, size: 13).isEmpty)
    #expect(Typeface.fitted("long", to: -5, size: 13).isEmpty)
    #expect(Typeface.fitted("long", to: .nan, size: 13).isEmpty)
    #expect(Typeface.fitted("long", to: 10, size: .nan).isEmpty)
    #expect(Typeface.fitted("long", to: .infinity, size: 13) == "long")
  }

  @Test(.timeLimit(.minutes(60))) func aMegabyteIsNoTrouble() throws {
    let text = String(repeating: "Größe ", count: 150_000)
    #expect(abs(Typeface.width(of: text, size: 10) / (150_000 * Typeface.width(of: "Größe ", size: 10)) - 1) < 0.01)
    // Text is always short, so that a thousand repetitions are fast.
    for _ in 0..<1000 { #expect(Typeface.fitted(text, to: 300, size: 13).count < 60) }
    var canvas = try Canvas(pixelWidth: 100, pixelHeight: 40)
    for align in [Canvas.Alignment.start, .middle, .end] {
      canvas.write(text, at: Point(50, 30), .init(13), align: align)
      #expect(try canvas.inkedArea() > 0)
    }
    let accents = "e" + String(repeating: "\u{301}", count: 500_000)
    #expect(Typeface.width(of: accents, size: 10) == Typeface.width(of: "語", size: 10))
    canvas.write(accents, at: Point(0, 30), .init(13))
  }
}
