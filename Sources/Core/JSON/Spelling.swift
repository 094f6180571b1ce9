/// How one name is spelled in Swift, in JSON and by users.
public enum Spelling {
  /// The JSON spelling of a Swift name: `negativeSlope` becomes `negative_slope`, `useGPU` `use_gpu`; `beta1` stays.
  public static func snakeCase(_ name: String) -> String {
    let letters = Array(name)
    var snake = ""
    for (position, letter) in letters.enumerated() {
      if position > 0, letter.isUppercase, letters[position - 1] != "_" {
        let startsWord = position + 1 < letters.count && letters[position + 1].isLowercase
        if startsWord || !letters[position - 1].isUppercase { snake += "_" }
      }
      snake += letter.lowercased()
    }
    return snake
  }

  /// The Swift spelling of a JSON name: `negative_slope` becomes `negativeSlope`.
  public static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return (words.first ?? "") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// What all accepted spellings of a name share: small letters without `-` and `_`.
  public static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// The path of the part `key` of `path`, as in `network.layers.0`; the root's path is empty.
  public static func path(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension String {
  /// The text as a message shows it: at most 60 characters, invisible ones escaped.
  public var excerpt: String { visible(limit: 60) }

  /// The text with invisible characters escaped, cut off after `limit` characters.
  public func visible(limit: Int) -> String {
    var shown = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == limit { return shown + "..." }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: shown += scalar.escaped(asASCII: true)
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
