extension JSONParser {
  /// The ASCII letters, digits and underscores starting at `position`.
  var word: String {
    let letters = bytes[min(position, bytes.endIndex)...].prefix { byte in
      switch Unicode.Scalar(byte) {
      case "a"..."z", "A"..."Z", "0"..."9", "_": true
      default: false
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// A description of the text at `position`, for error messages.
  var found: String {
    guard position < bytes.endIndex else { return "end of the text" }
    if !word.isEmpty { return "'\(word.excerpt)'" }
    guard let character, character >= " " else {
      return next == "\n" ? "end of the line" : "byte 0x" + String(bytes[position], radix: 16, uppercase: true)
    }
    return "'\(String(character).excerpt)'"
  }

  /// The character at `position`, unless it is not valid UTF-8.
  private var character: Unicode.Scalar? {
    var iterator = bytes[min(position, bytes.endIndex)...].makeIterator()
    var decoder = UTF8()
    if case .scalarValue(let character) = decoder.decode(&iterator) { return character }
    return nil
  }

  func unexpected(_ expected: String) -> GliaError {
    failure("unexpected \(found)", expected: expected, remedy: remedy)
  }

  /// Returns the error for a missing comma, or a missing end of what was opened at `start`.
  func unclosed(_ start: Int, end: Unicode.Scalar) -> GliaError {
    let opened = Unicode.Scalar(bytes[start])
    let startsValue = !word.isEmpty || character.map { "\"'{[-".unicodeScalars.contains($0) } == true
    return failure(
      "unexpected \(found)", expected: "',' or '\(end)' for the '\(opened)' at \(lineAndColumn(of: start))",
      remedy: startsValue ? "put a comma before it" : remedy)
  }

  func tooDeep() -> GliaError {
    failure("more than \(JSON.depthLimit) nested arrays and objects", expected: "less nesting")
  }

  func failure(
    _ what: String, at offset: Int? = nil, expected: String? = nil, remedy: String? = nil
  ) -> GliaError {
    let place = "\(name):\(lineAndColumn(of: offset ?? position))"
    return GliaError("invalid JSON: \(what)", at: place, expected: expected, remedy: remedy)
  }

  private func lineAndColumn(of offset: Int) -> String {
    let before = bytes[..<min(offset, bytes.endIndex)]
    let newline = UInt8(ascii: "\n")
    let line = before.lastIndex(of: newline).map { before[($0 + 1)...] } ?? before
    // Continuation bytes of UTF-8 are 10xxxxxx; all other bytes are counted as characters.
    return "\(1 + before.count { $0 == newline }):\(1 + line.count { $0 & 0xC0 != 0x80 })"
  }

  /// The remedy for an unexpected character at `position`.
  private var remedy: String? {
    let before = bytes[..<min(position, bytes.endIndex)].last { !" \n\r\t".utf8.contains($0) }.map {
      Unicode.Scalar($0)
    }
    switch character {
    case nil: return position < bytes.endIndex ? "save the file as UTF-8" : "complete the text: it ends too early"
    case "\0"?: return "save the file as UTF-8"
    case "'"?, "`"?, ("\u{2018}"..."\u{201F}")?: return "put strings and keys in straight double quotes"
    case "/"?, "#"?: return "remove the comment: JSON has no comments"
    case "]"?, "}"?: return before == "," ? "remove the comma before it" : nil
    case ","?: return "remove the comma, or write what is missing before it"
    case "="?: return "put ':' between a key and its value"
    case "+"?, "."?: return "start a number with a digit or '-'"
    default: break
    }
    switch word.lowercased() {
    case "": return nil
    case "nan", "inf", "infinity": return "write a finite number or null: JSON has no NaN and no infinity"
    case "true", "false", "null": return "write '\(word.lowercased())'"
    case "none", "nil", "undefined": return "write 'null'"
    default: return "put strings and keys in double quotes"
    }
  }
}
