/// The typeface of all text: a sans serif of single strokes, hinted to whole pixels.
///
/// It covers ASCII, Latin and Greek letters with any accents, subscripts and superscripts, and the signs of formulas
/// and figures. Digits have equal widths. Any other character is drawn as a box.
public enum Typeface {
  /// The weight of the strokes.
  public enum Weight: Hashable, Sendable {
    /// For regular text.
    case regular
    /// For titles.
    case bold

    /// The width of letters relative to regular ones.
    var stretch: Double { self == .bold ? 1.04 : 1 }
    /// The extra space on both sides of a letter.
    var bearing: Double { self == .bold ? 17 : 7 }
    /// Returns the distance from the origin of a glyph to that of the next.
    func advance(_ glyph: Glyph) -> Int {
      glyph.advance == 0 ? 0 : Int((Double(glyph.advance) * stretch + 2 * bearing).rounded())
    }
    /// Half the width of vertical strokes.
    var halfStroke: Double { self == .bold ? 66 : 44 }
    /// The width of horizontal strokes relative to vertical ones.
    var contrast: Double { self == .bold ? 0.87 : 0.9 }
    /// The size of dots relative to the width of vertical strokes.
    var dot: Double { self == .bold ? 1.15 : 1.25 }
    /// The extra width of strokes in subscripts and superscripts.
    var boost: Double { self == .bold ? 1.1 : 1.2 }

    /// Returns the width of a line relative to a full one.
    func width(of nib: Glyph.Nib) -> Double {
      switch nib {
      case .full: 1
      case .apex: self == .bold ? 0.86 : 0.9
      case .joint: self == .bold ? 0.6 : 0.75
      }
    }
  }

  /// The height of capitals and digits for text of size 1.
  public static let capHeight = 0.7
  /// The maximum extent above the baseline for text of size 1.
  public static let ascent = 1.0
  /// The maximum extent below the baseline for text of size 1.
  public static let descent = 0.26

  /// Returns the width of `text` at `size`; nothing is drawn outside it.
  ///
  /// The width is the sum of the character widths, adjusted by kerning.
  public static func width(of text: String, size: Double, weight: Weight = .regular) -> Double {
    var line = Line(weight: weight)
    for character in text { line.append(Glyphs.glyph(of: character)) }
    return line.width(size)
  }

  /// Returns `text`, truncated with an ellipsis to fit `width`; empty if not even that fits.
  public static func fitted(_ text: String, to width: Double, size: Double, weight: Weight = .regular) -> String {
    // Tolerates rounding if `width` was measured for the same text.
    let width = width + 1e-6 * size
    var line = Line(weight: weight)
    let ellipsis = Glyphs.glyph(of: "…")
    var kept = line.width(size, with: ellipsis) <= width ? text.startIndex : nil
    for index in text.indices {
      line.append(Glyphs.glyph(of: text[index]))
      guard line.width(size) <= width else { return kept.map { text[..<$0] + "…" } ?? "" }
      if !text[index].isWhitespace, line.width(size, with: ellipsis) <= width { kept = text.index(after: index) }
    }
    return text
  }
}

/// A line of glyphs.
struct Line {
  private let weight: Typeface.Weight
  /// The width in thousandths of the size, as an integer so that sums are exact.
  private var end = 0
  private var last = Kerning.Sides()

  init(weight: Typeface.Weight) { self.weight = weight }

  /// Appends a glyph and returns its position at `size`.
  @discardableResult
  mutating func append(_ glyph: Glyph, size: Double = 1) -> Double {
    let start = end + Kerning.between(last, glyph.sides)
    end = start + weight.advance(glyph)
    last = glyph.sides
    return Double(start) * size / 1000
  }

  func width(_ size: Double) -> Double { Double(end) * size / 1000 }

  /// Returns the width with one more glyph.
  func width(_ size: Double, with glyph: Glyph) -> Double {
    var longer = self
    longer.append(glyph)
    return longer.width(size)
  }
}
