/// The kind of a cell that should contain a number but does not.
public enum CellKind: String, Hashable, Sendable, CaseIterable {
  /// Only white space.
  case empty
  /// A word for a missing value, such as NA.
  case missing
  /// 0,05
  case decimalComma
  /// 0.05 where numbers have a decimal comma.
  case decimalPoint
  /// 1,234: a decimal comma, or thousands.
  case comma
  /// 1,234.5, 1.234,5, 1 234 or 1'234
  case thousands
  /// 12%
  case percent
  /// $12
  case currency
  /// 2024-05-01, 01.05.2024, 5/1/24
  case date
  /// 12:30
  case time
  /// 1e60
  case tooLarge
  /// inf
  case infinite
  /// true or false, yes or no
  case truth
  /// 12 kg
  case unit
  /// −5 with a minus sign that is not a hyphen, or digits of another script.
  case typographic
  /// Anything else.
  case text

  /// Returns whether a text stands for a missing value: white space, NA, N/A, nan, null, None, ? or -.
  public static func isMissing(_ text: some StringProtocol) -> Bool {
    text.utf8.count <= 4 && (text.isEmpty || missingWords.contains(text.lowercased()))
  }

  private static let missingWords: Set = ["na", "n/a", "#n/a", "nan", "null", "none", "?", "-"]

  /// Determines what kind of cell `text` is, where numbers use `decimal` as their decimal separator.
  public init(of text: String, decimal: Character = ".") {
    let text = text.trimmed
    let shape = TextShape(text)
    self =
      text.isEmpty ? .empty : Self.isMissing(text) ? .missing : Self.word(text.lowercased()) ?? shape.kind(decimal)
  }

  private static func word(_ text: String) -> CellKind? {
    switch text {
    case "true", "false", "yes", "no", "t", "f", "y", "n": .truth
    case "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞": .infinite
    default: nil
    }
  }

  /// Describes `text` by its kind: `the decimal comma in '0,05'`.
  public func telling(of text: String) -> String {
    let cell = "'\(text.trimmed.excerpt)'"
    return switch self {
    case .empty: "an empty cell"
    case .missing: "the missing value \(cell)"
    case .decimalComma: "the decimal comma in \(cell)"
    case .decimalPoint: "the decimal point in \(cell)"
    case .comma: "the comma in \(cell)"
    case .thousands: "the thousands separator in \(cell)"
    case .percent: "the percentage \(cell)"
    case .currency: "the amount of money \(cell)"
    case .date: "the date \(cell)"
    case .time: "the time \(cell)"
    case .tooLarge: "the number \(cell), which is too large"
    case .infinite: "the infinite number \(cell)"
    case .truth: "the Boolean \(cell)"
    case .unit: "the number with a unit \(cell)"
    case .typographic: "the number \(cell), written with a special minus sign or digits"
    case .text: "the text \(cell)"
    }
  }
}

extension String {
  /// The text without white space at either end.
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
