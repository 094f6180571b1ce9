extension Canvas.TextStyle {
  /// Wraps `text` at spaces into lines of about equal width; what doesn't fit on the last line is truncated.
  func wrapped(_ text: String, to width: Double, lines: Int) -> [String] {
    let wide = broken(text, to: width, lines: lines)
    guard wide.count > 1, wide.allSatisfy({ self.width(of: $0) <= width }) else {
      return wide.map { fitted($0, to: width) }
    }
    func widest(_ lines: [String]) -> Double { lines.map { self.width(of: $0) }.max() ?? 0 }
    let others = [0.5, 0.6, 0.7, 0.8, 0.9].map { broken(text, to: width * $0, lines: lines) }
    return others.reduce(wide) { widest($1) < widest($0) ? $1 : $0 }
  }

  private func fitted(_ text: String, to width: Double) -> String { Typeface.fitted(text, to: width, size: size) }

  private func broken(_ text: String, to width: Double, lines: Int) -> [String] {
    var wrapped: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if line.isEmpty || self.width(of: longer) <= width || wrapped.count == lines - 1 {
        line = longer
      } else {
        wrapped.append(line)
        line = String(word)
      }
    }
    return wrapped + (line.isEmpty ? [] : [line])
  }
}

extension [String] {
  /// The names with numbers shown as `class 3`.
  var namedAsClasses: [String] { map { Float($0) == nil ? $0 : "class \($0)" } }
}

extension String {
  /// The name with trailing digits of a one-letter name as a subscript, such as `x₁` for `x1`.
  var withSubscript: String {
    let digits = dropFirst()
    guard let first, first.isLetter, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return self
    }
    return String(first)
      + String(String.UnicodeScalarView(digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0x2050) }))
  }
}
