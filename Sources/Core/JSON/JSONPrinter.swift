extension JSON: CustomStringConvertible {
  /// The value over several lines, as `text()` gives it.
  public var description: String { text() }

  /// The value on one line without any space that could be left out.
  public var compact: String { Printer(indent: nil).text(of: self) }

  /// The value over several lines, each level indented by `indent` spaces; innermost arrays and objects that fit within
  /// 100 columns stay on one line.
  ///
  /// The text is valid JSON whatever the value: a `number` whose text is none is written as a text.
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

  /// Spaces a level, or `nil` for all on one line.
  let indent: Int?
  private let width = 100

  func text(of value: JSON) -> String {
    var text = ""
    write(value, level: indent.map { _ in 0 }, to: &text)
    return text
  }

  /// Writes over several lines inside `level` others, or on one line where that is `nil`.
  private func write(_ value: JSON, level: Int?, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let digits): JSON.isNumber(digits) ? text += digits : quote(digits, to: &text)
    case .string(let string): quote(string, to: &text)
    case .array(let elements): write(elements.map { (nil, $0) }, within: ("[", "]"), level: level, to: &text)
    case .object(let members): write(members.map { ($0, $1) }, within: ("{", "}"), level: level, to: &text)
    }
  }

  private func write(_ items: [Item], within ends: (String, String), level: Int?, to text: inout String) {
    guard let level, let indent, !items.isEmpty else {
      return join(items, separator: indent == nil ? "," : ", ", level: nil, within: ends, to: &text)
    }
    let margin = "\n" + String(repeating: " ", count: level * indent)
    let room = width - level * indent
    // No item is shorter than two columns, so long lists need no trial.
    if items.count <= room / 2, items.allSatisfy(\.value.isLeaf) {
      var line = ""
      write(items, within: ends, level: nil, to: &line)
      if line.utf8.count <= room { return text += line }
    }
    let inner = margin + String(repeating: " ", count: indent)
    join(items, separator: "," + inner, level: level + 1, within: (ends.0 + inner, margin + ends.1), to: &text)
  }

  private func join(
    _ items: [Item], separator: String, level: Int?, within ends: (String, String), to text: inout String
  ) {
    text += ends.0
    for (position, item) in items.enumerated() {
      if position > 0 { text += separator }
      if let key = item.key {
        quote(key, to: &text)
        text += indent == nil ? ":" : ": "
      }
      write(item.value, level: level, to: &text)
    }
    text += ends.1
  }

  private func quote(_ string: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    let isPlain = string.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    guard !isPlain else { return text += string }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
