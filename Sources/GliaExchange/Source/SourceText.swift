extension [String] {
  /// The items with commas between them, in lines of up to 120 columns.
  func wrapped(indentation: String) -> String {
    var lines: [String] = []
    var line = ""
    for (index, item) in enumerated() {
      let text = index == count - 1 ? item : item + ","
      if line.isEmpty {
        line = indentation + text
      } else if line.utf8.count + 1 + text.utf8.count <= 120 {
        line += " " + text
      } else {
        lines.append(line)
        line = indentation + text
      }
    }
    return (lines + (line.isEmpty ? [] : [line])).joined(separator: "\n")
  }

  /// The items between `start` and `end`, in one line if they fit, otherwise in lines of their own.
  func list(_ start: String, _ end: String, indentation: String) -> String {
    let short = start + joined(separator: ", ") + end
    if short.utf8.count <= 120 { return short }
    let lines = wrapped(indentation: indentation)
    guard start.hasSuffix(" "), end.hasPrefix(" ") else { return "\(start)\n\(lines)\(end)" }
    // A brace closes on a line of its own, below the start of the first.
    return "\(start.dropLast())\n\(lines)\n\(start.prefix { $0 == " " })\(end.dropFirst())"
  }
}
