/// Descriptions of expected values for error messages.
enum Expectation {
  static let wholeNumber = "a whole number"
  static let number = "a number"
  static let list = "a list"
  static let object = "an object"

  /// Returns what the JSON of a value of `type` must be, if that is known.
  static func of(_ type: any Decodable.Type) -> String? {
    switch type {
    case is Bool.Type: "true or false"
    case is String.Type: "text"
    case is any FixedWidthInteger.Type: wholeNumber
    case is any BinaryFloatingPoint.Type: number
    case is any KeepsKeys.Type: object
    case let type as any CaseIterable.Type: texts(of: type)
    case is any Sequence.Type: list
    default: nil
    }
  }

  private static func texts<T: CaseIterable>(of type: T.Type) -> String? {
    let texts = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    return texts.isEmpty ? nil : oneOf(texts)
  }

  /// Returns `one of a, b, c`, in alphabetical order.
  static func oneOf(_ names: [String]) -> String {
    names.count == 1 ? names.joined() : "one of " + names.sorted().joined(separator: ", ")
  }
}

extension GliaError {
  /// Returns the error for an unknown key or setting, with the known ones and the nearest of them.
  static func unknown(_ kind: String, _ key: String, of what: String? = nil, among known: [String], at path: String)
    -> Self
  {
    GliaError(
      "unknown \(kind) '\(key.excerpt)'" + (what.map { " of \($0)" } ?? ""),
      at: Spelling.path(path, key.excerpt),
      expected: known.isEmpty ? "no \(kind)s" : Expectation.oneOf(known),
      remedy: Suggestion.nearest(to: key, among: known).map { "did you mean '\($0)'?" })
  }

  /// Returns the error for two spellings of one key in an object.
  static func givenTwice(_ first: String, _ second: String, at path: String) -> Self {
    GliaError(
      "'\(first.excerpt)' and '\(second.excerpt)' are the same setting", at: Spelling.path(path, second.excerpt),
      expected: "every setting once", remedy: "remove one of the two")
  }
}
