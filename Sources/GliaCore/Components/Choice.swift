/// A setting with a fixed set of values: a string enum whose decoding error lists the valid values.
public protocol Choice: Codable, CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == String {}

extension Choice {
  /// Decodes one of the values.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let choice = Self(rawValue: text) else {
      throw GliaError(
        "text '\(text.excerpt)'", at: decoder.dottedPath,
        expected: "one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = choice
  }

  /// Encodes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
