/// The skeletons of accents for lowercase letters and on their own, and the letters composed with them.
enum Accents {
  static let skeletons: [Character: String] = [
    "\u{300}": "270 M 80 746 L 188 622 t",
    "\u{301}": "270 M 190 746 L 82 622 t",
    "\u{302}": "330 T M 58 616 L 165 726 L 272 616",
    "\u{303}": "360 T M 62 616 C 68 672 98 706 138 706 C 196 706 174 626 230 626 C 268 626 290 658 298 716",
    "\u{304}": "340 T M 66 672 H 274",
    "\u{306}": "330 T M 66 740 C 70 666 106 626 165 626 C 224 626 260 666 264 740",
    "\u{307}": "200 D 100 592",
    "\u{308}": "370 D 82 592 D 288 592",
    "\u{309}": "240 T M 76 716 C 86 744 104 756 130 756 C 162 756 178 736 178 712 C 178 672 130 672 126 622",
    "\u{30A}": "260 T c 130 690 74",
    "\u{30B}": "420 S M 186 746 L 84 622 t M 338 746 L 236 622 t",
    "\u{30C}": "330 T M 58 728 L 165 618 L 272 728",
    "\u{313}": "200 T M 118 730 C 118 680 104 644 74 616",
    "\u{312}": "200 T M 82 616 C 82 666 96 702 126 730",
    "\u{315}": "134 M 76 700 L 44 530 t",
    "\u{31B}": "104 T M 60 580 C 60 500 30 462 -30 456",
    "\u{323}": "200 D 100 -200",
    "\u{326}": "200 T M 118 -80 C 118 -130 104 -166 74 -190",
    "\u{327}": "240 T M 124 0 L 112 -62 C 164 -62 192 -86 192 -124 C 192 -172 146 -204 66 -196",
    "\u{328}": "220 T M 150 16 C 92 -30 66 -76 66 -118 C 66 -168 104 -196 168 -188",
  ]

  /// Accents on their own.
  static let spacing = zip(
    "`´ˆ˜¯˘˙¨˚˝ˇ¸˛",
    "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30A}\u{30B}\u{30C}\u{327}\u{328}".unicodeScalars)

  /// The letters with a precomposed character for each accent.
  static let letters: [(mark: Character, bases: String)] = [
    ("\u{300}", "AEIOUNWYaeiounwy"),
    ("\u{301}", "AEIOUYCGKLMNPRSWZÆØaeiouycgklmnprswzæøΑΕΗΙΟΥΩαεηιουω"),
    ("\u{302}", "AEIOUCGHJSWYZaeioucghjswyz"),
    ("\u{303}", "AEINOUVYaeinouvy"),
    ("\u{304}", "AEGIOUYÆaegiouyæ"),
    ("\u{306}", "AEGIOUaegiou"),
    ("\u{307}", "ABCDEFGHIMNOPRSTWXYZabcdefghmnoprstwxyz"),
    ("\u{308}", "AEHIOUWXYaehiotuwxyΙΥιυ"),
    ("\u{309}", "AEIOUYaeiouy"),
    ("\u{30A}", "AUauwy"),
    ("\u{30B}", "OUou"),
    ("\u{30C}", "ACDEGHIKLNORSTUZacdeghijklnorstuz"),
    ("\u{31B}", "OUou"),
    ("\u{323}", "ABDEHIKLMNORSTUVWYZabdehiklmnorstuvwyz"),
    ("\u{326}", "STst"),
    ("\u{327}", "CDEGHKLNRSTcdeghklnrst"),
    ("\u{328}", "AEIOUaeiou"),
  ]

  /// The letters with precomposed characters for two accents.
  static let twice: [(first: Character, second: String, bases: String)] = [
    ("\u{302}", "\u{300}\u{301}\u{303}\u{309}\u{323}", "AEOaeo"),
    ("\u{306}", "\u{300}\u{301}\u{303}\u{309}\u{323}", "Aa"),
    ("\u{31B}", "\u{300}\u{301}\u{303}\u{309}\u{323}", "OUou"),
    ("\u{308}", "\u{300}\u{301}\u{304}\u{30C}", "Uu"),
    ("\u{308}", "\u{301}", "ιυ"),
  ]

  /// Returns the character of a letter with an accent, which equals the precomposed one.
  static func joined(_ base: Character, _ mark: Character) -> Character { String([base, mark]).first ?? base }

  /// Returns `glyph` with an accent; `nil` if `mark` isn't an accent.
  static func compose(_ glyph: Glyph, _ mark: Character, from glyphs: [Character: Glyph]) -> Glyph? {
    let base = glyph.name
    let form = form(of: mark, on: base)
    guard skeletons[form] != nil, let accent = glyphs[form] else { return nil }
    let isAbove = !onTheLine.contains(form)
    let glyph = isAbove ? dotless[base].flatMap { glyphs[$0] } ?? glyph : glyph
    var x = place[form]?[base] ?? Double(glyph.advance - accent.advance) / 2
    // On a capital, a second accent is placed next to the first.
    if isAbove, glyph.top > 700 { x += 190 }
    let shift = max(-x, 0)
    let advance = max(Double(glyph.advance), x + Double(accent.advance)) + shift
    return Glyph(
      name: joined(base, mark), advance: Int(advance.rounded()),
      parts: [
        .glyph(glyph, at: Point(shift, 0), scale: 1),
        .glyph(accent, at: Point(x + shift, isAbove ? min(glyph.top, 700) - 500 : 0), scale: 1),
      ], sides: glyph.sides, top: glyph.top + (isAbove ? 200 : 0))
  }

  /// Some accents have another shape on some letters.
  private static func form(of mark: Character, on base: Character) -> Character {
    switch mark {
    case "\u{30C}" where "dtlL".contains(base): "\u{315}"
    case "\u{327}" where "GKLNRklnr".contains(base): "\u{326}"
    case "\u{327}" where base == "g": "\u{312}"
    default: mark
    }
  }

  private static let dotless: [Character: Character] = ["i": "ı", "j": "ȷ"]
  private static let onTheLine: Set<Character> = ["\u{315}", "\u{31B}", "\u{323}", "\u{326}", "\u{327}", "\u{328}"]

  /// The position of accents that are not centered.
  private static let place: [Character: [Character: Double]] = [
    "\u{315}": ["d": 520, "t": 268, "l": 184, "L": 270],
    "\u{31B}": ["O": 560, "o": 484, "U": 590, "u": 484],
    "\u{328}": ["A": 400, "E": 330, "I": -40, "O": 230, "U": 220, "a": 254, "e": 170, "i": -40, "o": 130, "u": 280],
    "\u{301}": ["L": 0, "l": -26],
  ]
}
