import GliaCore

/// Adds the products of features up to a degree: for a and b and degree 2, these are a², a b and b².
///
/// With them, a linear model separates circles, and a single unit solves XOR. The features themselves stay. With n features
/// and degree d there are C(n + d, d) - 1 in all, so name the columns if there are many.
public struct PolynomialFeatures: Preprocessor {
  public static let name = "polynomial"
  public static let summary = "adds powers and products of features up to a degree"
  public static var examples: [JSON] { [["degree": 3], ["interactions_only": true]] }
  public var columns: [String] = []
  /// The highest degree.
  public var degree = 2
  /// Whether only products of different features are added, no powers.
  public var interactionsOnly = false

  /// Creates squares and products of pairs of all features with more than two values.
  public init() {}
  /// Creates powers and products of the given features.
  public init(columns: [String] = [], degree: Int, interactionsOnly: Bool = false) {
    (self.columns, self.degree, self.interactionsOnly) = (columns, degree, interactionsOnly)
  }

  private static let most = 10_000

  public func validate() throws {
    try require(2...10 ~= degree, "degree", degree, expected: "a whole number from 2 to 10")
  }

  public func fit(_ features: [Feature]) -> [Double] { [] }

  private func requireFew(_ features: [Feature]) throws {
    var count = 1.0
    for i in 1...degree { count *= (Double(features.count) + Double(i)) / Double(i) }
    guard count <= Double(Self.most) else {
      throw GliaError(
        "about \(count.rounded()) products of \(features.count) features", at: "degree",
        expected: "at most \(Self.most)", remedy: "name fewer columns, or lower the degree")
    }
  }

  public func apply(_ learned: [Double], to features: [Feature]) throws -> [Feature] {
    try requireFew(features)
    // Each product with the powers of its factors, and the first factor that may be added to it.
    var last = features.indices.map { (feature: features[$0], powers: [($0, 1)], next: interactionsOnly ? $0 + 1 : $0) }
    var results = features
    for _ in 1..<degree {
      last = last.flatMap { product in
        (min(product.next, features.count)..<features.count).map { factor in
          var powers = product.powers
          if let end = powers.last, end.0 == factor {
            powers[powers.count - 1].1 += 1
          } else {
            powers.append((factor, 1))
          }
          let name = powers.map { features[$0].name + Self.superscript($1) }.joined(separator: " ")
          let values = zip(product.feature.values, features[factor].values).map(*)
          return (Feature(name, values), powers, interactionsOnly ? factor + 1 : factor)
        }
      }
      results += last.map(\.feature)
    }
    return results
  }

  private static func superscript(_ power: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return power == 1 ? "" : String("\(power)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}
