import GliaCore

/// The names of one or several columns; in JSON a text, or a list of texts.
public struct ColumnNames: Hashable, Sendable, Codable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The names, in order.
  public var names: [String]

  /// Columns of those names.
  public init(_ names: [String]) { self.names = names }
  /// One column.
  public init(stringLiteral name: String) { names = [name] }
  /// Several columns.
  public init(arrayLiteral names: String...) { self.names = names }

  /// Reads a text or a list of texts; throws for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if case .array = try container.decode(JSON.self) {
      names = try container.decode([String].self)
    } else {
      names = [try container.decode(String.self)]
    }
  }

  /// Writes one name as a text, several as a list.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if names.count == 1 { try container.encode(names[0]) } else { try container.encode(names) }
  }
}
