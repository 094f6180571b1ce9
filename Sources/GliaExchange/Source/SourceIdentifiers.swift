/// Identifiers made from names, each used once.
struct SourceIdentifiers {
  /// How the words of a name are joined.
  enum Style {
    case snake, upperSnake, lowerCamel, upperCamel

    func join(_ words: [String]) -> String {
      switch self {
      case .snake: words.map { $0.lowercased() }.joined(separator: "_")
      case .upperSnake: words.map { $0.uppercased() }.joined(separator: "_")
      case .upperCamel: words.map(Self.capitalized).joined()
      case .lowerCamel: (words.first?.lowercased() ?? "") + words.dropFirst().map(Self.capitalized).joined()
      }
    }

    private static func capitalized(_ word: String) -> String {
      word.prefix(1).uppercased() + word.dropFirst().lowercased()
    }
  }

  let style: Style
  let reserved: Set<String>
  private var used: Set<String> = []

  /// Creates identifiers, of which none is in `reserved`.
  init(_ style: Style, reserved: Set<String> = []) { (self.style, self.reserved) = (style, reserved) }

  /// Returns an identifier for `name`, which comes after `prefix` and starts with the word `fallback` if it would be invalid.
  mutating func identifier(_ name: String, prefix: [String] = [], fallback: String) -> String {
    var words = Self.words(name)
    let startsWithDigit = words.first?.first?.isNumber ?? true
    if words.isEmpty { words = name.flatMap { Self.signs[$0]?.split(separator: " ").map(String.init) ?? [] } }
    if words.isEmpty { words = [fallback] } else if startsWithDigit, prefix.isEmpty { words[0] = fallback + words[0] }
    let own = String(style.join(prefix + words).prefix(60))
    var identifier = reserved.contains(own) ? own + "_" : own
    var number = 2
    while used.contains(identifier) || reserved.contains(identifier) {
      identifier =
        style == .snake || style == .upperSnake
        ? "\(own)_\(number)" : "\(own)\(own.last?.isNumber ?? false ? "_" : "")\(number)"
      number += 1
    }
    used.insert(identifier)
    return identifier
  }

  /// Returns identifiers for `names`.
  mutating func identifiers(_ names: [String], prefix: [String] = [], fallback: String) -> [String] {
    names.map { identifier($0, prefix: prefix, fallback: fallback) }
  }

  /// Returns the runs of letters and digits in a name; letters outside of ASCII lose their accents, or become their code.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in name {
      let text = ascii(character)
      let isCapital = character.isUppercase
      let startsWord = isCapital && (word.last?.isLowercase ?? false)
      if text.isEmpty || startsWord, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word += text
    }
    return word.isEmpty ? words : words + [word]
  }

  private static let plain: [Character: String] = {
    let groups = [
      "a": "áàâãåăą", "ae": "äæ", "c": "çćč", "d": "ďđð", "e": "éèêëěę", "g": "ğ", "i": "íìîïı", "l": "łľ", "n": "ñńň",
      "o": "óòôõő", "oe": "öøœ", "r": "řŕ", "s": "śšş", "ss": "ß", "t": "ťţ", "u": "úùûůű", "ue": "ü", "y": "ýÿ",
      "z": "źżž", "percent": "%", "euro": "€", "deg": "°", "mu": "µμ",
    ]
    return groups.reduce(into: [:]) { table, group in for character in group.value { table[character] = group.key } }
  }()

  /// The names of signs, for names that have nothing else.
  private static let signs: [Character: String] = [
    "+": "plus", "-": "minus", "−": "minus", "±": "plus minus", "<": "less", ">": "greater", "=": "equal",
    "?": "question",
    "!": "exclamation", "*": "star", "#": "number", "&": "and", "/": "slash", ".": "dot", "_": "underscore",
    "$": "dollar",
    "~": "tilde", "≤": "at most", "≥": "at least",
  ]

  private static func ascii(_ character: Character) -> String {
    if character.isASCII {
      return character.isLetter || character.isNumber ? String(character) : plain[character] ?? ""
    }
    if let text = plain[character] { return text }
    if let lower = character.lowercased().first, let text = plain[lower] { return text.uppercased() }
    guard character.isLetter || character.isNumber else { return "" }
    return character.unicodeScalars.map { "u" + String($0.value, radix: 16) }.joined()
  }
}

extension String {
  /// The text for a comment, which it can neither end nor start in any of the languages: without control characters, backslashes
  /// and question marks in a row, and with a space after each sign that could be part of a delimiter.
  var commentText: String {
    var text = String.UnicodeScalarView()
    var last: UnicodeScalar = " "
    // Delimiters are bytes, while a character may be a sign together with accents.
    for scalar in unicodeScalars {
      let isPlain = scalar.properties.generalCategory != .control && !["\u{2028}", "\u{2029}"].contains(scalar)
      let next = scalar == "\\" ? "/" : isPlain ? scalar : " "
      let pair = (last, next)
      if pair == ("*", "/") || pair == ("/", "*") || pair == ("?", "?") || pair == ("<", "!") || pair == ("<", "/") {
        text.append(" ")
      }
      text.append(next)
      last = next
    }
    return String(text)
  }
}
