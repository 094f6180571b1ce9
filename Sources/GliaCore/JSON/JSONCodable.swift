extension JSON: Codable {
  /// Decodes the JSON at the decoder's position unchanged.
  ///
  /// - Throws: `GliaError` for any decoder but `ComponentDecoder`, because others lose the digits of numbers.
  public init(from decoder: any Decoder) throws {
    guard let place = decoder as? DecodingPlace else {
      throw GliaError("a JSON value can be decoded only by ComponentDecoder", remedy: "use JSON(parsing:)")
    }
    self = place.json
  }

  /// Encodes the value unchanged.
  ///
  /// - Throws: `GliaError` for any encoder but `ComponentEncoder`.
  public func encode(to encoder: any Encoder) throws {
    guard let place = encoder as? EncodingPlace else {
      throw GliaError("a JSON value can be encoded only by ComponentEncoder", remedy: "use text(indent:)")
    }
    place.value = self
  }
}

/// A key or an index in a path, in its JSON spelling.
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

  /// The dotted path as the place of an error; nil for the root.
  var place: String? { isEmpty ? nil : dotted }
}

extension Decoder {
  /// The path of the value being decoded, from the root, as in `network.layers.0.activation`.
  public var dottedPath: String { codingPath.dotted }
}

extension Encoder {
  /// The path of the value being encoded, from the root.
  public var dottedPath: String { codingPath.dotted }
}

/// A type whose keys are defined by the user, so that their spelling is not changed.
protocol KeepsKeys {}
extension Dictionary: KeepsKeys {}
