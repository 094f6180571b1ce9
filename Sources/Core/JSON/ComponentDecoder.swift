/// Makes a component from JSON; keys are matched whatever their case, `-` and `_`.
///
/// A key that the type does not read is an error, as is a number that does not fit. Every error is a `GliaError` whose
/// place is the dotted path from the root, as in `network.layers.0.units`.
public struct ComponentDecoder {
  /// What the decoded types find in their decoder's `userInfo`.
  public var userInfo: [CodingUserInfoKey: Any]

  /// A decoder that hands `userInfo` on.
  public init(userInfo: [CodingUserInfoKey: Any] = [:]) { self.userInfo = userInfo }

  /// The value that `json` describes.
  ///
  /// - Parameters:
  ///   - type: What is to be made.
  ///   - json: The description.
  ///   - path: Where `json` stands, for messages; the root's path is empty.
  /// - Throws: `GliaError` with the path of what does not fit and what was expected there.
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
