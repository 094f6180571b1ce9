import GliaCore

/// The weights of the classes in a loss, in class order; in JSON, a list of numbers or `"balanced"`.
public enum ClassWeights: Hashable, Sendable, Codable, ExpressibleByArrayLiteral {
  /// Given weights.
  case values([Float])
  /// n / (k nᵢ) for n training samples in k classes, nᵢ of which belong to class i: every class contributes equally.
  case balanced

  /// Creates given weights.
  public init(arrayLiteral weights: Float...) { self = .values(weights) }

  /// The given weights; nil if they are to be balanced.
  var values: [Float]? { if case .values(let values) = self { values } else { nil } }

  /// Decodes a list of numbers or `"balanced"`; throws for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(JSON.self) {
    case .array: self = .values(try container.decode([Float].self))
    case .string("balanced"): self = .balanced
    case let json:
      throw GliaError(
        "class weights cannot be \(json.string.map { "'\($0.excerpt)'" } ?? json.found)", at: decoder.dottedPath,
        expected: "a list of numbers, or \"balanced\"")
    }
  }

  /// Encodes a list of numbers, or `"balanced"`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let values { try container.encode(values) } else { try container.encode("balanced") }
  }
}
