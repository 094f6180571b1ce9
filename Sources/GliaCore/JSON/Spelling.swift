/// Converts between the spellings of a name in Swift, in JSON and by users.
public enum Spelling {
  /// Returns the JSON spelling of a Swift name: `negativeSlope` becomes `negative_slope`, `useGPU` `use_gpu`; `beta1` stays.
  public static func snakeCase(_ name: String) -> String {
    guard name.utf8.contains(where: { !$0.isPlain }) else { return name }
    let letters = Array(name.unicodeScalars)
    var snake = ""
    for (position, letter) in letters.enumerated() {
      if position > 0, letter.properties.isUppercase, letters[position - 1] != "_" {
        let startsWord = position + 1 < letters.count && letters[position + 1].properties.isLowercase
        if startsWord || !letters[position - 1].properties.isUppercase { snake += "_" }
      }
      snake += letter.properties.lowercaseMapping
    }
    return snake
  }

  /// Returns the Swift spelling of a JSON name: `negative_slope` becomes `negativeSlope`.
  public static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return (words.first ?? "") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Returns the normalized form shared by all accepted spellings of a name: lower case without `-` and `_`.
  public static func folded(_ name: String) -> String {
    // Many names are normalized, and nearly all of them already are.
    guard name.utf8.contains(where: { !$0.isPlain || $0 == UInt8(ascii: "_") }) else { return name }
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return name.lowercased().filter { $0 != "-" && $0 != "_" } }
    let kept = name.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    return String(decoding: kept.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// Returns the path of the part `key` of `path`, as in `network.layers.0`; the root's path is empty.
  public static func path(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension UInt8 {
  /// Whether this is a lower-case ASCII letter, a digit or `_`.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

extension String {
  /// The text for error messages: at most 60 characters, with invisible ones escaped.
  public var excerpt: String { visible(limit: 60) }

  /// The text with control characters escaped, except for line breaks: text from a file or a user must not control the
  /// terminal.
  public var printable: String {
    guard unicodeScalars.contains(where: { $0.isControl && $0 != "\n" }) else { return self }
    return unicodeScalars.reduce(into: "") { $0 += $1.isControl && $1 != "\n" ? $1.escaped(asASCII: true) : String($1) }
  }

  /// Returns the text with invisible characters escaped, truncated after `limit` characters.
  public func visible(limit: Int) -> String {
    if utf8.count <= limit, utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return self }
    var shown = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == limit { return shown + "..." }
      if scalar.isControl { shown += scalar.escaped(asASCII: true) } else { shown.unicodeScalars.append(scalar) }
    }
    return shown
  }
}

extension Unicode.Scalar {
  /// Whether it moves the cursor, changes the writing direction, or otherwise acts instead of being displayed.
  var isControl: Bool {
    // Nearly all text is ASCII, and Unicode tables are slow.
    if 0x20..<0x7F ~= value { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}
