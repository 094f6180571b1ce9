import Synchronization

/// The glyphs of all characters that can be drawn.
enum Glyphs {
  static func glyph(of character: Character) -> Glyph {
    if let code = character.asciiValue, code < 128, code >= 32 { return ascii[Int(code) - 32] }
    // Any number of accents may follow a letter.
    guard character.utf8.count <= 20 else { return unknown }
    if let glyph = all[character] { return glyph }
    if character.isWhitespace { return ascii[0] }
    // Combining accents follow their letter if there is no precomposed character.
    let scalars = character.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    guard let first = scalars.first else { return Glyph(name: "\u{200B}", advance: 0, parts: []) }
    guard scalars.count <= 3, var glyph = all[Character(first)] else { return unknown }
    for mark in scalars.dropFirst() {
      guard let next = Accents.compose(glyph, Character(mark), from: all) else { return unknown }
      glyph = next
    }
    return glyph
  }

  private static let unknown = Glyph(Signs.unknown, name: "\u{FFFD}")
  private static let ascii = (32..<127).map { all[Character(UnicodeScalar(UInt8($0)))] ?? unknown } + [unknown]

  private static let all: [Character: Glyph] = {
    var all: [Character: Glyph] = [:]
    let tables = [
      Letters.skeletons, Latin.skeletons, Greek.skeletons, Signs.skeletons, Mathematics.skeletons, Accents.skeletons,
    ]
    for table in tables {
      for (character, skeleton) in table {
        all[character] = Glyph(skeleton, name: character, glyphs: all)
      }
    }
    for (twin, character) in Greek.twins { all[twin] = all[character] }
    for (twin, character) in Mathematics.twins { all[twin] = all[character] }
    for (character, mark) in Accents.spacing { all[character] = all[Character(mark)] }
    for (character, letter, y) in Scripts.all {
      guard let glyph = all[letter] else { continue }
      let advance = Int((Double(glyph.advance) * Scripts.scale).rounded())
      all[character] = Glyph(
        name: character, advance: advance, parts: [.glyph(glyph, at: Point(0, y), scale: Scripts.scale)])
    }
    func compose(_ base: Character, _ mark: Character) {
      guard let glyph = all[base], let composed = Accents.compose(glyph, mark, from: all) else { return }
      all[Accents.joined(base, mark)] = composed
    }
    for (mark, bases) in Accents.letters {
      for base in bases { compose(base, mark) }
    }
    for (first, seconds, bases) in Accents.twice {
      for base in bases {
        for second in seconds.unicodeScalars { compose(Accents.joined(base, first), Character(second)) }
      }
    }
    return all
  }()
}

/// Subscripts and superscripts: smaller letters below and above the line.
enum Scripts {
  static let scale = 0.66

  /// The subscript and superscript characters with their base letter and vertical offset.
  static let all: [(character: Character, letter: Character, rise: Double)] =
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+−=()aehijklmnoprstuvxβγρφχ").map { ($0, $1, -130) }
    + zip(
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
      "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW"
    ).map { ($0, $1, 320) }
}

/// A cache of glyph outlines by size, as figures repeat the same digits and letters.
final class OutlineCache: Sendable {
  private struct Key: Hashable {
    let name: Character
    let size: Double
    let weight: Typeface.Weight
  }

  static let shared = OutlineCache()

  private static let limit = 1000
  private let outlines = Mutex<[Key: [[Polyline]]]>([:])

  func outlines(of glyph: Glyph, size: Double, weight: Typeface.Weight) -> [[Polyline]] {
    let key = Key(name: glyph.name, size: size, weight: weight)
    if let known = outlines.withLock({ $0[key] }) { return known }
    let drawn = Pen(size: size, weight: weight).draw(glyph)
    outlines.withLock {
      if $0.count >= Self.limit { $0.removeAll() }
      $0[key] = drawn
    }
    return drawn
  }
}
