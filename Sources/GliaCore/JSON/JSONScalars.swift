extension JSONParser {
  /// Parses a string, a number, `true`, `false` or `null`.
  mutating func scalar() throws -> JSON {
    switch next {
    case "\""?: return .string(try text())
    case "-"?, ("0"..."9")?: return .number(try number())
    default:
      let word = word
      let value: JSON
      switch word {
      case "null": value = .null
      case "true": value = true
      case "false": value = false
      default: throw unexpected("a value")
      }
      position += word.utf8.count
      return value
    }
  }

  mutating func number() throws -> String {
    let start = position
    if next == "-" { position += 1 }
    if next == "0" {
      position += 1
      if let next, "0"..."9" ~= next {
        throw failure("a number has a leading zero", at: start, remedy: "remove the leading zeros")
      }
    } else {
      try digits()
    }
    if next == "." {
      position += 1
      try digits()
    }
    if next == "e" || next == "E" {
      position += 1
      if next == "+" || next == "-" { position += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws {
    let start = position
    while let next, "0"..."9" ~= next { position += 1 }
    if position == start { throw unexpected("a digit") }
  }

  /// Parses a string in double quotes.
  mutating func text() throws -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while true {
      let end = bytes[position...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
      text.append(contentsOf: bytes[position..<(end ?? bytes.endIndex)])
      position = end ?? bytes.endIndex
      switch next {
      case "\""?:
        guard let valid = String(validating: text, as: UTF8.self) else { throw invalid(from: start) }
        position += 1
        return valid
      case "\\"?: text.append(contentsOf: UTF8.encode(try escape()).map(Array.init) ?? [])
      case nil, "\n"?, "\r"?:
        throw failure(
          "a string is not closed on its line", at: start, remedy: "close it with '\"'; write line breaks as \\n")
      default: throw failure("\(found) inside a string", remedy: "write it as an escape, such as \\t or \\u001F")
      }
    }
  }

  /// Returns the error for a string from `start` to `position` that is not UTF-8, at its first invalid byte.
  private mutating func invalid(from start: Int) -> GliaError {
    let raw = bytes[start..<position]
    position = start + zip(String(decoding: raw, as: UTF8.self).utf8, raw).prefix { $0 == $1 }.count
    return failure("\(found) is not part of valid UTF-8", remedy: "save the file as UTF-8")
  }

  private mutating func escape() throws -> Unicode.Scalar {
    let start = position
    position += 1
    let letter = next
    position += 1
    switch letter {
    case "\""?, "\\"?, "/"?: return letter ?? "/"
    case "b"?: return "\u{8}"
    case "f"?: return "\u{C}"
    case "n"?: return "\n"
    case "r"?: return "\r"
    case "t"?: return "\t"
    case "u"?:
      let first = try hexadecimal()
      if let scalar = Unicode.Scalar(first) { return scalar }
      if first < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) {
        position += 2
        let second = try hexadecimal()
        if 0xDC00...0xDFFF ~= second, let scalar = Unicode.Scalar((first - 0xD800) << 10 + second - 0xDC00 + 0x10000) {
          return scalar
        }
      }
      throw failure("an unpaired surrogate", at: start, expected: "two escapes, \\uD800-DBFF and \\uDC00-DFFF")
    default:
      throw failure(
        "unknown escape", at: start, expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX",
        remedy: "write a backslash as \\\\")
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("unfinished escape", expected: "four hexadecimal digits after \\u") }
    position += 4
    return value
  }
}
