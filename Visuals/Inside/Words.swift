extension Canvas.TextStyle {
  /// The lines of `text`, broken at spaces where they are too wide; what does not fit the last one is left out.
  func wrapped(_ text: String, to width: Double, lines: Int) -> [String] {
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
    return (wrapped + (line.isEmpty ? [] : [line])).map { Typeface.fitted($0, to: width, size: size) }
  }
}

extension NumberText {
  /// The bound of an interval, which may be infinite.
  static func bound(_ value: Double) -> String {
    value.isFinite ? plain(value, digits: 2) : value < 0 ? "−∞" : "∞"
  }
}
