/// Decodes a component from JSON; the matching of keys ignores case, `-` and `_`.
///
/// A key that the type does not read is an error, as is a number out of range. Every error is a `GliaError` whose place is the
/// dotted path from the root, as in `network.layers.0.units`.
public struct ComponentDecoder {
  /// The `userInfo` passed to the decoded types.
  public var userInfo: [CodingUserInfoKey: Any]

  /// Creates a decoder with the given `userInfo`.
  public init(userInfo: [CodingUserInfoKey: Any] = [:]) { self.userInfo = userInfo }

  /// Returns the value that `json` describes.
  ///
  /// - Parameters:
  ///   - type: the type to decode.
  ///   - json: the description.
  ///   - path: the path of `json` for error messages; empty for the root.
  /// - Throws: `GliaError` with the path of the invalid value and what was expected there.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from json: JSON, at path: String = "") throws -> T {
    try place(of: json, at: path).decodeWhole(type)
  }

  /// The value that `json` describes, and the keys that its type does not read.
  func decodeWithRest<T: Decodable>(_ type: T.Type, from json: JSON, at path: String) throws -> (T, unread: [String]) {
    let place = place(of: json, at: path)
    let value = try place.decode(type)
    return (value, place.unreadKeys)
  }

  private func place(of json: JSON, at path: String) -> DecodingPlace {
    DecodingPlace(json: json, path: path.isEmpty ? [] : [PathKey(stringValue: path)], userInfo: userInfo)
  }
}
