extension String {
  /// The text, padded with spaces.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }

  /// The text with every line indented by two spaces.
  var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }
}

extension [String] {
  /// The words, joined by `separator`, in lines of at most `width` columns.
  func wrapped(to width: Int, separator: String = "  ") -> [String] {
    reduce(into: [String]()) { lines, word in
      if let line = lines.last, line.count + separator.count + word.count <= width {
        lines[lines.count - 1] = line + separator + word
      } else {
        lines.append(word)
      }
    }
  }
}
