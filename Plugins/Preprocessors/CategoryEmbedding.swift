import GliaCore
import GliaLayers
import RealModule

/// Gives each value of a category a learned vector, beside the other features: an `entity_embedding` layer is put before the
/// network.
///
/// A column is either listed in the `categories` of the data, or holds whole numbers. The vector of a category with n values
/// has min(600, round(1.6 n^0.56)) numbers unless `units` is given. Values that the training part does not have, and missing
/// numbers, share a vector of their own.
///
/// Source: Guo and Berkhahn, "Entity embeddings of categorical variables" (2016); the size by Howard and Gugger, "Deep learning
/// for coders with fastai and PyTorch" (2020).
public struct CategoryEmbedding: Preprocessor {
  /// A category with its values, in order.
  public struct Category: Codable, Hashable, Sendable {
    /// The name.
    public var name: String
    /// The numbers, or for one-hot features 0 to n - 1.
    public var values: [Double]
    /// The one-hot features; empty for a column of numbers.
    public var features: [String]
  }

  public static let name = "embedding"
  public static let summary = "a learned vector for each value of a category"
  public static var examples: [JSON] { [["columns": ["city"]]] }
  @Required public var columns: [String] = []
  /// The length of each vector; nil for min(600, round(1.6 n^0.56)), where n is the number of values.
  public var units: Int?

  /// Creates the embedding; set `columns` before use.
  public init() {}
  /// Creates the embedding of the given categories.
  public init(columns: [String], units: Int? = nil) {
    self.columns = columns
    self.units = units
  }

  public func validate() throws {
    try requireColumns()
    try require(
      units.map { 1...10_000 ~= $0 } ?? true, "units", units ?? 0, expected: "a whole number from 1 to 10,000")
  }

  public func fit(_ features: [Feature]) throws -> [Category] {
    var categories: [Category] = []
    var places: [String: Int] = [:]
    for feature in features {
      guard let end = feature.name.firstIndex(of: "="), end != feature.name.startIndex else {
        let values = feature.distinct(most: 100_001)
        guard values.count <= 100_000, values.allSatisfy({ $0 == $0.rounded() }) else {
          throw GliaError(
            "the values of '\(feature.name.excerpt)' are not categories", at: "columns",
            expected: "at most 100,000 different whole numbers", remedy: "leave the column out")
        }
        categories.append(Category(name: feature.name, values: values, features: []))
        continue
      }
      let name = String(feature.name[..<end])
      if places[name] == nil {
        places[name] = categories.count
        categories.append(Category(name: name, values: [], features: []))
      }
      guard let place = places[name] else { continue }
      categories[place].values.append(Double(categories[place].features.count))
      categories[place].features.append(feature.name)
    }
    return categories
  }

  /// Returns one feature for each category: the index of the value, or the number of values if it is not known.
  public func apply(_ learned: [Category], to features: [Feature]) throws -> [Feature] {
    let known = Dictionary(features.map { ($0.name, $0.values) }) { first, _ in first }
    return learned.map { category in
      let unknown = Double(category.values.count)
      if category.features.isEmpty {
        let indices = Dictionary(zip(category.values, 0...)) { first, _ in first }
        return Feature(category.name, (known[category.name] ?? []).map { indices[$0].map(Double.init) ?? unknown })
      }
      var indices = [Double](repeating: unknown, count: features.first?.values.count ?? 0)
      for (index, name) in category.features.enumerated() {
        for (row, value) in (known[name] ?? []).enumerated() where value > 0.5 { indices[row] = Double(index) }
      }
      return Feature(category.name, indices)
    }
  }

  public func inputLayer(_ learned: [Category], features: [String]) throws -> (layer: any Layer, features: [String])? {
    let embedded = try learned.map { category in
      guard let place = features.firstIndex(of: category.name) else {
        throw GliaError(
          "a later preprocessor changed the category '\(category.name.excerpt)'", at: "preprocessing",
          expected: "embedding after the others", remedy: "move embedding to the end of the list")
      }
      return EntityEmbedding.Column(
        place: place, values: category.values.count + 1, units: units ?? Self.size(category.values.count))
    }
    let places = Set(embedded.map(\.place))
    let others = features.enumerated().filter { !places.contains($0.offset) }.map(\.element)
    let own = zip(learned, embedded).flatMap { category, column in (1...column.units).map { "\(category.name) \($0)" } }
    return (EntityEmbedding(embedded), others + own)
  }

  /// Returns the usual length of the vectors of a category with `count` values.
  package static func size(_ count: Int) -> Int {
    min(600, max(1, Int((1.6 * Double.pow(Double(count), 0.56)).rounded())))
  }
}
