import GliaCore

/// The test part of a split: a fraction of the samples, or a separate file; in JSON, a number or a path.
public enum TestPart: Hashable, Sendable, Codable, ExpressibleByFloatLiteral {
  /// A fraction of all samples.
  case fraction(Double)
  /// The path of a file with the columns of the other samples.
  case file(String)

  /// Creates a fraction of all samples.
  public init(floatLiteral fraction: Double) { self = .fraction(fraction) }

  /// The fraction of the samples; 0 for a separate file.
  public var fraction: Double { if case .fraction(let fraction) = self { fraction } else { 0 } }
  /// The path of the separate file; nil for a fraction.
  public var file: String? { if case .file(let path) = self { path } else { nil } }

  /// Decodes a number or a path; throws for anything else, and for a number in quotes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(JSON.self) {
    case .string(let path) where Double(path) == nil: self = .file(path)
    case .number: self = .fraction(try container.decode(Double.self))
    case let other:
      throw GliaError(
        "\(other.compact.excerpt) is not a test part", at: decoder.dottedPath,
        expected: "a fraction, such as 0.2, or the path of a file, such as \"test.csv\"")
    }
  }

  /// Encodes the fraction as a number, the path as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .fraction(let fraction): try container.encode(fraction)
    case .file(let path): try container.encode(path)
    }
  }

  /// Returns the test part with its path changed by `change`; a fraction stays.
  func mapFile(_ change: (String) -> String) -> TestPart {
    guard let file, !file.isEmpty else { return self }
    return .file(change(file))
  }
}
