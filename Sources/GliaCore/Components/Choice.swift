/// A setting with a fixed set of values: a string enum whose decoding error lists the valid values.
public protocol Choice: Codable, CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == String {}

extension Choice {
  /// Decodes one of the values.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let names = Self.allCases.map(\.rawValue)
    guard let choice = Self(rawValue: text) else {
      throw GliaError(
        "unknown value '\(text.excerpt)'", at: decoder.dottedPath,
        expected: names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))",
        remedy: Suggestion.nearest(to: text, among: names).map { "did you mean '\($0)'?" })
    }
    self = choice
  }

  /// Encodes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
