/// The one face all text is drawn with: a sans of single strokes, whose heights are fitted to whole pixels.
///
/// It has ASCII, the letters of the languages written in Latin and in Greek, with any accent on any letter, indices and
/// exponents, and the signs of formulas and of figures. Digits are equally wide. Any other character is drawn as a box.
public enum Typeface {
  /// How heavy the strokes are.
  public enum Weight: Hashable, Sendable {
    /// For running text.
    case regular
    /// For titles.
    case bold

    /// How much wider letters are than regular ones.
    var stretch: Double { self == .bold ? 1.04 : 1 }
    /// Room on both sides of a letter for thicker strokes.
    var bearing: Double { self == .bold ? 17 : 7 }
    /// From the origin of a letter to that of the next.
    func advance(_ glyph: Glyph) -> Int {
      glyph.advance == 0 ? 0 : Int((Double(glyph.advance) * stretch + 2 * bearing).rounded())
    }
    /// Half the width of upright strokes.
    var halfStroke: Double { self == .bold ? 66 : 44 }
    /// How thick lying lines are compared with upright ones.
    var contrast: Double { self == .bold ? 0.87 : 0.9 }
    /// How much larger dots are than upright lines are wide.
    var dot: Double { self == .bold ? 1.15 : 1.25 }
    /// How much wider the lines of indices and exponents are than their size asks for.
    var boost: Double { self == .bold ? 1.1 : 1.2 }

    /// The width of lines compared with that of a full one.
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
  /// How far ink may rise above the baseline for text of size 1.
  public static let ascent = 1.0
  /// How far ink may fall below the baseline for text of size 1.
  public static let descent = 0.26

  /// The width of `text` drawn at `size`; nothing is drawn outside it.
  ///
  /// It is the sum of the widths of the characters, less where the shapes of two let them stand closer.
  public static func width(of text: String, size: Double, weight: Weight = .regular) -> Double {
    var line = Line(weight: weight)
    for character in text { line.append(Glyphs.glyph(of: character)) }
    return line.width(size)
  }

  /// `text`, or as much of its beginning as is no wider than `width` together with an ellipsis; empty if that does not fit.
  public static func fitted(_ text: String, to width: Double, size: Double, weight: Weight = .regular) -> String {
    // Room that was measured for a text is not to lack the last bit of its sum.
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

/// Glyphs set one after another.
struct Line {
  private let weight: Typeface.Weight
  /// In thousandths of the size, as whole numbers so that sums are exact.
  private var end = 0
  private var last = Kerning.Sides()

  init(weight: Typeface.Weight) { self.weight = weight }

  /// Sets a glyph and tells where it begins at `size`.
  @discardableResult
  mutating func append(_ glyph: Glyph, size: Double = 1) -> Double {
    let start = end + Kerning.between(last, glyph.sides)
    end = start + weight.advance(glyph)
    last = glyph.sides
    return Double(start) * size / 1000
  }

  func width(_ size: Double) -> Double { Double(end) * size / 1000 }

  /// The width with one more glyph.
  func width(_ size: Double, with glyph: Glyph) -> Double {
    var longer = self
    longer.append(glyph)
    return longer.width(size)
  }
}
