import GliaCore

/// Replaces each feature of whole numbers that stand for categories by one feature `column=value` for each training value.
///
/// Other values, and missing ones, are none of them. Columns of text need no such step: the data setting `categories` encodes
/// them in the same way.
public struct OneHotEncoding: FeaturewisePreprocessor {
  public static let name = "one_hot"
  public static let summary = "one feature for each value of a category given as a number"
  public static var examples: [JSON] { [["columns": ["city"]]] }
  public var columns: [String] = []

  /// Creates the encoding; set `columns` before use.
  public init() {}
  /// Creates the encoding of the given features.
  public init(columns: [String]) { self.columns = columns }

  private static let most = 10_000

  /// Whether the feature has a few whole values.
  public func isSuited(_ feature: Feature) -> Bool {
    let values = feature.distinct(most: 21)
    return 3...20 ~= values.count && values.allSatisfy { $0 == $0.rounded() }
  }

  public func fit(_ feature: Feature) throws -> [Double] {
    let values = feature.distinct(most: Self.most + 1)
    guard values.count <= Self.most, values.allSatisfy({ $0 == $0.rounded() }) else {
      throw GliaError(
        values.count > Self.most ? "more than \(Self.most) different values" : "values that are not whole numbers",
        expected: "categories, such as the numbers of districts",
        remedy: "leave the column as a number")
    }
    return values
  }

  public func apply(_ learned: [Double], to feature: Feature) -> [Feature] {
    learned.map { value in Feature("\(feature.name)=\(value.short)", feature.values.map { $0 == value ? 1 : 0 }) }
  }
}
