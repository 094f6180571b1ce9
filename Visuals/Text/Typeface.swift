/// The one face all text is drawn with: a sans of single strokes, whose heights are fitted to whole pixels.
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
    var bearing: Double { self == .bold ? 14 : 0 }
    /// Half the width of upright strokes.
    var halfStroke: Double { self == .bold ? 66 : 44 }
  }

  /// The height of capitals and digits for text of size 1.
  public static let capHeight = 0.7
  /// How far ink may rise above the baseline for text of size 1.
  public static let ascent = 0.84
  /// How far ink may fall below the baseline for text of size 1.
  public static let descent = 0.26

  /// The width of `text` drawn at `size`; nothing is drawn outside it.
  public static func width(of text: String, size: Double, weight: Weight = .regular) -> Double {
    text.reduce(0) { $0 + Placed($1).advance(weight) } * size / 1000
  }

  /// `text` cut and ended by an ellipsis so that it is no wider than `width`.
  public static func fitted(_ text: String, to width: Double, size: Double, weight: Weight = .regular) -> String {
    guard self.width(of: text, size: size, weight: weight) > width else { return text }
    let room = width - self.width(of: "…", size: size, weight: weight)
    var used = 0.0
    var kept = ""
    for character in text {
      used += Placed(character).advance(weight) * size / 1000
      if used > room { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The outlines of `text` in pixels, stroke by stroke, y growing downwards from the baseline.
  static func strokes(of text: String, pixels size: Double, weight: Weight) -> [[Polyline]] {
    let unit = size / 1000
    var x = 0.0
    var strokes: [[Polyline]] = []
    for character in text {
      let placed = Placed(character)
      let pen = Pen(size: size * placed.scale, weight: weight, isFitted: placed.scale == 1)
      let shift = Point(x, (-placed.rise * unit).rounded())
      for part in placed.glyph.parts {
        strokes.append(pen.draw(part).map { outline in outline.mapped { $0 + shift } })
      }
      x += placed.advance(weight) * unit
    }
    return strokes
  }

  private static let glyphs: [Character: Glyph] =
    [Letters.skeletons, Greek.skeletons, Signs.skeletons].reduce(into: [:]) { all, table in
      for (character, skeleton) in table { all[character] = Glyph(skeleton) }
    }
  /// Signs that look the same under another number.
  private static let twins: [Character: Character] = ["µ": "μ", "∑": "Σ"]
  private static let unknown = Glyph(Signs.unknown)
  private static let lowered = Dictionary(uniqueKeysWithValues: zip("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
  private static let raised = Dictionary(uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−"))

  /// A glyph with how it sits on the line: indices and exponents are smaller, lower or higher.
  private struct Placed {
    let glyph: Glyph
    var scale = 1.0
    var rise = 0.0

    func advance(_ weight: Weight) -> Double { (glyph.advance * weight.stretch + 2 * weight.bearing) * scale }

    init(_ character: Character) {
      if let base = lowered[character] ?? raised[character] {
        glyph = glyphs[base] ?? unknown
        scale = 0.66
        rise = lowered[character] == nil ? 320 : -130
      } else {
        glyph = glyphs[character.isWhitespace ? " " : twins[character] ?? character] ?? unknown
      }
    }
  }
}
