extension JSON: CustomStringConvertible {
  /// The value on several lines, the result of `text()`.
  public var description: String { text() }

  /// The value on one line without optional white space.
  public var compact: String { Printer(indent: nil).text(of: self) }

  /// Returns the value on several lines, each level indented by `indent` spaces; innermost arrays and objects that fit in 100
  /// columns stay on one line.
  ///
  /// The result is always valid JSON: a `number` whose text is not a number is written as a string.
  public func text(indent: Int = 2) -> String { Printer(indent: max(indent, 0)).text(of: self) }

  fileprivate var isLeaf: Bool {
    switch self {
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }
}

private struct Printer {
  typealias Item = (key: String?, value: JSON)

  /// The number of spaces per level, or `nil` for a single line.
  let indent: Int?
  private let width = 100
  /// The deepest indented level, because otherwise most of the text would be spaces.
  private let mostIndented = 24

  func text(of value: JSON) -> String {
    var text: [UInt8] = []
    write(value, level: indent.map { _ in 0 }, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes a value at nesting depth `level` on several lines, or on one line if `level` is `nil`.
  private func write(_ value: JSON, level: Int?, to text: inout [UInt8]) {
    switch value {
    case .null: text += "null".utf8
    case .bool(let flag): text += (flag ? "true" : "false").utf8
    case .number(let digits): JSON.isNumber(digits) ? text += digits.utf8 : quote(digits, to: &text)
    case .string(let string): quote(string, to: &text)
    case .array(let elements): write(elements.map { (nil, $0) }, within: ("[", "]"), level: level, to: &text)
    case .object(let members): write(members.map { ($0, $1) }, within: ("{", "}"), level: level, to: &text)
    }
  }

  private func write(_ items: [Item], within ends: (String, String), level: Int?, to text: inout [UInt8]) {
    guard let level, let indent, !items.isEmpty else {
      return join(items, separator: indent == nil ? "," : ", ", level: nil, within: ends, to: &text)
    }
    let spaces = min(level, mostIndented) * indent
    let room = width - spaces
    // No item is shorter than two columns, so long lists need not be tried.
    if items.count <= room / 2, items.allSatisfy(\.value.isLeaf) {
      var line: [UInt8] = []
      write(items, within: ends, level: nil, to: &line)
      if line.count <= room { return text += line }
    }
    let margin = "\n" + String(repeating: " ", count: spaces)
    let inner = "\n" + String(repeating: " ", count: min(level + 1, mostIndented) * indent)
    join(items, separator: "," + inner, level: level + 1, within: (ends.0 + inner, margin + ends.1), to: &text)
  }

  private func join(
    _ items: [Item], separator: String, level: Int?, within ends: (String, String), to text: inout [UInt8]
  ) {
    text += ends.0.utf8
    for (position, item) in items.enumerated() {
      if position > 0 { text += separator.utf8 }
      if let key = item.key {
        quote(key, to: &text)
        text += (indent == nil ? ":" : ": ").utf8
      }
      write(item.value, level: level, to: &text)
    }
    text += ends.1.utf8
  }

  private func quote(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    let bytes = Array(string.utf8)
    var start = 0
    for (index, byte) in bytes.enumerated() {
      guard let escape = Self.escape(byte) else { continue }
      text += bytes[start..<index]
      text += escape.utf8
      start = index + 1
    }
    text += bytes[start...]
    text.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: "\n"): "\\n"
    case UInt8(ascii: "\r"): "\\r"
    case UInt8(ascii: "\t"): "\\t"
    case ..<0x20: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    default: nil
    }
  }
}
