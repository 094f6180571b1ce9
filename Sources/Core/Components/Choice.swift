/// A setting that is one of a few words: an enum of texts that says what there is when another is given.
public protocol Choice: Codable, CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == String {}

extension Choice {
  /// Reads one of the words.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let choice = Self(rawValue: text) else {
      throw GliaError(
        "text '\(text.excerpt)'", at: decoder.dottedPath,
        expected: "one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = choice
  }

  /// Writes the word.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
