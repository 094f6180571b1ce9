extension JSON: Codable {
  /// The JSON that stands at the decoder's place, unchanged.
  ///
  /// - Throws: `GliaError` from any decoder but `ComponentDecoder`: others have lost the digits of numbers.
  public init(from decoder: any Decoder) throws {
    guard let place = decoder as? DecodingPlace else {
      throw GliaError("a JSON value can be decoded by ComponentDecoder only", remedy: "use JSON(parsing:)")
    }
    self = place.json
  }

  /// Writes the value unchanged.
  ///
  /// - Throws: `GliaError` for any encoder but `ComponentEncoder`.
  public func encode(to encoder: any Encoder) throws {
    guard let place = encoder as? EncodingPlace else {
      throw GliaError("a JSON value can be encoded by ComponentEncoder only", remedy: "use text(indent:)")
    }
    place.value = self
  }
}

/// A key or an index of the path to a place, in its JSON spelling.
struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
  init(intValue: Int) { (stringValue, self.intValue) = ("\(intValue)", intValue) }
}

extension [any CodingKey] {
  /// The keys in their JSON spelling, joined by dots.
  var dotted: String {
    map { $0.intValue.map { "\($0)" } ?? ($0 is PathKey ? $0.stringValue : Spelling.snakeCase($0.stringValue)) }
      .joined(separator: ".")
  }

  /// The dotted path as the place of an error; the root has none.
  var place: String? { isEmpty ? nil : dotted }
}

extension Decoder {
  /// The path of the place that is being decoded, from the root on, as in `network.layers.0.activation`.
  public var dottedPath: String { codingPath.dotted }
}

extension Encoder {
  /// The path of the place that is being encoded, from the root on.
  public var dottedPath: String { codingPath.dotted }
}

/// A type whose keys are the user's own words, so that they are never respelled.
protocol KeepsKeys {}
extension Dictionary: KeepsKeys {}
