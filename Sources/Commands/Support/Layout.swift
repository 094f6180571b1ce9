extension String {
  /// The text, filled up with spaces.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }

  /// Every line two spaces further to the right.
  var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }
}

extension [String] {
  /// The words, two spaces between them, in lines of at most `width` columns.
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
