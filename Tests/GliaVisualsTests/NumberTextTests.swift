import Testing

@testable import GliaVisuals

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (9.9999997e-5, 6, "0.0001"), (9.99e-5, 2, "0.0001"), (9.99e-5, 3, "9.99×10⁻⁵"), (999_999.9, 6, "10⁶"),
      (0.00099996, 3, "0.001"), (1.5e-7, 4, "1.5×10⁻⁷"), (2e-7, 4, "2×10⁻⁷"), (-9.999e9, 3, "−10¹⁰"), (0, 3, "0"),
      (1, 3, "1"), (.leastNonzeroMagnitude, 2, "4.9×10⁻³²⁴"), (1.7976931348623157e308, 3, "1.8×10³⁰⁸"),
    ] as [(Double, Int, String)])
  func fewestDigits(value: Double, digits: Int, words: String) {
    #expect(NumberText.plain(value, digits: digits) == words)
  }

  @Test func zerosThatSayHowExactANumberIs() {
    #expect(NumberText.short(0.00099996, digits: 3) == "0.00100" && NumberText.short(9.996, digits: 3) == "10.0")
    #expect(NumberText.short(9.9999e-7, digits: 3) == "1.00×10⁻⁶" && NumberText.short(-0.5, digits: 2) == "−0.50")
  }
}

@Suite struct WrappedTextTests {
  private let style = Canvas.TextStyle(12)

  @Test func linesAreOfAboutEqualWidth() {
    let text = "(z + 3) / 6, cut off at 0 and 1"
    let whole = style.width(of: text)
    #expect(style.wrapped(text, to: whole + 1, lines: 2) == [text])
    // All but the last word would fit on the first line.
    #expect(style.wrapped(text, to: whole * 0.9, lines: 2) == ["(z + 3) / 6, cut", "off at 0 and 1"])
  }

  @Test func whatDoesNotFitIsLeftOut() {
    let lines = style.wrapped("one two three four five six seven", to: 60, lines: 2)
    #expect(lines.count == 2 && lines.allSatisfy { style.width(of: $0) <= 60 } && lines[1].hasSuffix("…"))
    #expect(style.wrapped("", to: 60, lines: 2).isEmpty)
  }
}
