import GliaCore

/// The names of one or several columns; in JSON, a string or a list of strings.
public struct ColumnNames: Hashable, Sendable, Codable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The names, in order.
  public var names: [String]

  /// Creates a list of column names.
  public init(_ names: [String]) { self.names = names }
  /// Creates a list of a single column name.
  public init(stringLiteral name: String) { names = [name] }
  /// Creates a list of column names.
  public init(arrayLiteral names: String...) { self.names = names }

  /// Decodes a string or a list of strings; throws for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if case .array = try container.decode(JSON.self) {
      names = try container.decode([String].self)
    } else {
      names = [try container.decode(String.self)]
    }
  }

  /// Encodes a single name as a string, several as a list.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if names.count == 1, !encoder.writesInFull { try container.encode(names[0]) } else { try container.encode(names) }
  }
}
