/// The shape of a text: runs of digits as 9, runs of letters as a, white space as _, all else unchanged (`12 kg` is `9_a`).
struct TextShape {
  private let text: String
  /// The shape of the text after its sign.
  private let shape: String
  /// The lengths of the runs of digits.
  private let digits: [Int]
  private let startsWithZero: Bool

  init(_ text: String) {
    self.text = text
    var shape: [Character] = []
    var digits: [Int] = []
    // Longer texts are not numbers.
    for character in text.prefix(64) {
      switch character {
      case "0"..."9":
        if shape.last == "9" { digits[digits.count - 1] += 1 } else { (shape, digits) = (shape + ["9"], digits + [1]) }
      case "+", "-", "\u{2212}": if !shape.isEmpty || text.count == 1 { shape.append("-") }
      case "\u{2019}", "'": shape.append("'")
      case _ where character.isWhitespace: if shape.last != "_" { shape.append("_") }
      case _ where character.isLetter: if shape.last != "a" { shape.append("a") }
      default: shape.append(character)
      }
    }
    (self.shape, self.digits) = (String(shape), digits)
    startsWithZero = text.first { ("0"..."9").contains($0) } == "0"
  }

  /// Returns the kind of cell that the text looks like.
  func kind(_ decimal: Character) -> CellKind {
    if DecimalValue(text) != nil { return decimal == "," && text.contains(".") ? .decimalPoint : .tooLarge }
    if !shape.contains("9") { return isTypographic ? .typographic : .text }
    if isDate { return .date }
    if ["9:9", "9:9:9", "9:9:9.9"].contains(shape) { return .time }
    if let last = text.last, let first = text.first {
      if last == "%", isNumeric(text.dropLast()) {
        let kind = CellKind(of: String(text.dropLast()), decimal: decimal)
        return kind == .tooLarge ? .percent : kind
      }
      if isCurrency(first), isNumeric(text.dropFirst()) { return .currency }
      if isCurrency(last), isNumeric(text.dropLast()) { return .currency }
    }
    if hasCurrencyCode { return .currency }
    if isThousands { return .thousands }
    if shape == "9,9" { return digits[1] == 3 && digits[0] <= 3 && !startsWithZero ? .comma : .decimalComma }
    if [",9", "9,"].contains(shape) || DecimalValue(text.replacing(",", with: ".")) != nil, !shape.contains(".") {
      return .decimalComma
    }
    if isTypographic { return .typographic }
    return ["9a", "9_a", "9.9a", "9.9_a", "9,9a", "9,9_a"].contains(shape) ? .unit : .text
  }

  /// Whether there are groups of three digits after the first one.
  private var isThousands: Bool {
    let forms = [
      "9,9.9": 1, "9.9,9": 1, "9,9,9": 0, "9,9,9.9": 1, "9.9.9": 0, "9.9.9,9": 1, "9_9": 0, "9_9_9": 0, "9_9,9": 1,
      "9_9.9": 1, "9_9_9,9": 1, "9_9_9.9": 1, "9'9": 0, "9'9'9": 0, "9'9.9": 1, "9'9,9": 1, "9'9'9.9": 1, "9,9,9,9": 0,
      "9.9.9.9": 0, "9_9_9_9": 0, "9,9,9,9.9": 1, "9.9.9.9,9": 1,
    ]
    guard let decimals = forms[shape] else { return false }
    return digits[0] <= 3 && digits.dropFirst().dropLast(decimals).allSatisfy { $0 == 3 }
  }

  /// Whether the text is three numbers, or has a month name, with an optional time.
  private var isDate: Bool {
    if let form = ["9-9-9", "9/9/9", "9.9.9"].first(where: shape.hasPrefix) {
      let rest = shape.dropFirst(form.count)
      let lengths = Array(digits.prefix(3))
      let isOrdered =
        lengths[0] == 4
        ? lengths[1] <= 2 && lengths[2] <= 2
        : lengths[0] <= 2 && lengths[1] <= 2 && [2, 4].contains(lengths[2])
      return isOrdered && (rest.isEmpty || rest.hasPrefix("_9:") || rest.hasPrefix("a9:") || rest.hasPrefix(",_9:"))
    }
    guard ["9_a_9", "9-a-9", "9._a_9", "a_9,_9", "a_9_9", "9/a/9", "9_a,_9"].contains(where: shape.hasPrefix) else {
      return false
    }
    let letters = text.lowercased().filter { $0.isLetter || $0.isWhitespace || $0 == "-" || $0 == "/" }
    let words = letters.split { !$0.isLetter }
    return words.contains { word in Self.months.contains { word.hasPrefix($0) } && word.count <= 9 }
  }

  private static let months = [
    "jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "dez",
  ]

  private func isNumeric(_ text: Substring) -> Bool {
    text.contains { ("0"..."9").contains($0) }
      && text.allSatisfy { ("0"..."9").contains($0) || ".,'+-".contains($0) || $0.isWhitespace }
  }

  private func isCurrency(_ character: Character) -> Bool {
    character.unicodeScalars.first?.properties.generalCategory == .currencySymbol
  }

  private var hasCurrencyCode: Bool {
    ["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "Fr.", "kr"].contains { code in
      text.hasPrefix(code) && isNumeric(text.dropFirst(code.count))
        || text.hasSuffix(code) && isNumeric(text.dropLast(code.count))
    }
  }

  /// Whether the text is a number once its signs and digits are converted to ASCII.
  private var isTypographic: Bool {
    let plain = text.map { character -> Character in
      if ["\u{2212}", "\u{2013}", "\u{2010}", "\u{2011}", "\u{FF0D}"].contains(character) { return "-" }
      if character == "\u{FF0E}" { return "." }
      return character.wholeNumberValue.flatMap { (0...9).contains($0) ? "\($0)".first : nil } ?? character
    }
    return text.count <= 64 && DecimalValue(String(plain)) != nil
  }
}
