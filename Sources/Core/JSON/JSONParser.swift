extension JSON {
  /// The most arrays and objects that may stand inside one another.
  static let depthLimit = 512

  /// Reads the bytes of one JSON text (RFC 8259, UTF-8), strictly: a key given twice, a comma too many, a comment, half
  /// of a surrogate pair and nesting of more than 512 levels are refused. One byte order mark at the start is skipped.
  ///
  /// - Parameters:
  ///   - bytes: The whole text.
  ///   - name: What messages call the text, usually its file.
  /// - Throws: `GliaError` with the place as `name:line:column`, what was expected there and how to fix it.
  public init(parsing bytes: [UInt8], name: String = "JSON") throws {
    var parser = JSONParser(bytes: bytes, name: name)
    self = try parser.document()
  }

  /// Reads one JSON text; see `init(parsing:name:)` for bytes.
  public init(parsing text: String, name: String = "JSON") throws {
    try self.init(parsing: Array(text.utf8), name: name)
  }

  /// Whether `text` is a number as JSON writes it.
  static func isNumber(_ text: String) -> Bool {
    var parser = JSONParser(bytes: Array(text.utf8), name: "")
    return (try? parser.number()) == text
  }
}

/// The reader. It goes on value by value without recursion, so no depth of nesting can exhaust the stack.
struct JSONParser {
  /// An array or object that is not closed yet; in an object, `key` awaits its value.
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

  /// The byte at `position` as a character, which it is if it is ASCII; `nil` at the end.
  var next: Unicode.Scalar? { position < bytes.endIndex ? Unicode.Scalar(bytes[position]) : nil }

  mutating func document() throws -> JSON {
    var open: [Open] = []
    values: while true {
      skipSpace()
      guard var value = try emptyOrScalar(&open) else { continue }
      // A complete value goes into the innermost open one, which it may complete in turn.
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

  /// Reads a value that holds no others, or puts the start of one that does on the stack.
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

  /// Reads a key and its colon.
  private mutating func key(in members: JSON.Object) throws -> String {
    guard next == "\"" else { throw unexpected("a key in double quotes") }
    let start = position
    let key = try text()
    guard members[key] == nil else {
      throw failure("the key '\(key.excerpt)' stands here twice", at: start, remedy: "remove one of the two")
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
