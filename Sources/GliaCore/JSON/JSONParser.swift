extension JSON {
  /// The maximum nesting depth of arrays and objects.
  static let depthLimit = 512

  /// Parses the bytes of one JSON text (RFC 8259, UTF-8), strictly: duplicate keys, trailing commas, comments, unpaired
  /// surrogates and more than 512 levels of nesting are errors. A byte order mark at the start is skipped.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - name: the name of the text in error messages, usually its file.
  /// - Throws: `GliaError` with the place as `name:line:column`, what was expected there and how to fix it.
  public init(parsing bytes: [UInt8], name: String = "JSON") throws {
    var parser = JSONParser(bytes: bytes, name: name)
    self = try parser.document()
  }

  /// Parses one JSON text; see `init(parsing:name:)` for bytes.
  public init(parsing text: String, name: String = "JSON") throws {
    try self.init(parsing: Array(text.utf8), name: name)
  }

  /// Returns whether `text` is a valid JSON number.
  static func isNumber(_ text: String) -> Bool {
    var parser = JSONParser(bytes: Array(text.utf8), name: "")
    return (try? parser.number()) == text
  }
}

/// The parser. It works iteratively, so that no depth of nesting can exhaust the stack.
struct JSONParser {
  /// An array or object that is not closed yet; in an object, `key` waits for its value.
  private struct Open {
    let start: Int
    var key: String?
    var elements: [JSON] = []
    var members = JSON.Object()

    var end: Unicode.Scalar { key == nil ? "]" : "}" }
    var value: JSON { key == nil ? .array(elements) : .object(members) }

    mutating func append(_ value: JSON) {
      if let key { members[key] = value } else { elements.append(value) }
    }
  }

  let bytes: ArraySlice<UInt8>
  let name: String
  var position: Int

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    self.name = name
    position = self.bytes.startIndex
  }

  /// The byte at `position` as a character, valid if it is ASCII; `nil` at the end.
  var next: Unicode.Scalar? { position < bytes.endIndex ? Unicode.Scalar(bytes[position]) : nil }

  mutating func document() throws -> JSON {
    var open: [Open] = []
    values: while true {
      skipSpace()
      guard var value = try emptyOrScalar(&open) else { continue }
      // A complete value is added to the innermost open one, which may in turn be complete.
      while var parent = open.popLast() {
        parent.append(value)
        skipSpace()
        switch next {
        case ","?:
          position += 1
          skipSpace()
          if parent.key != nil { parent.key = try key(in: parent.members) }
          open.append(parent)
          continue values
        case parent.end?:
          position += 1
          value = parent.value
        default:
          throw unclosed(parent.start, end: parent.end)
        }
      }
      skipSpace()
      guard next == nil else { throw failure("unexpected \(found) after the value", expected: "the end of the text") }
      return value
    }
  }

  /// Parses a scalar or an empty container, or pushes the start of another container onto the stack.
  private mutating func emptyOrScalar(_ open: inout [Open]) throws -> JSON? {
    guard next == "{" || next == "[" else { return try scalar() }
    guard open.count < JSON.depthLimit else { throw tooDeep() }
    let isObject = next == "{"
    let start = position
    position += 1
    skipSpace()
    if next == (isObject ? "}" : "]") {
      position += 1
      return isObject ? .object([:]) : .array([])
    }
    open.append(Open(start: start, key: isObject ? try key(in: [:]) : nil))
    return nil
  }

  /// Parses a key and its colon.
  private mutating func key(in members: JSON.Object) throws -> String {
    guard next == "\"" else { throw unexpected("a key in double quotes") }
    let start = position
    let key = try text()
    guard members[key] == nil else {
      throw failure("duplicate key '\(key.excerpt)'", at: start, remedy: "remove one of the two")
    }
    skipSpace()
    guard next == ":" else { throw unexpected("':' after the key '\(key.excerpt)'") }
    position += 1
    return key
  }

  mutating func skipSpace() {
    while let next, next == " " || next == "\n" || next == "\r" || next == "\t" { position += 1 }
  }
}
