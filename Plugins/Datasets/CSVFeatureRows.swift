import GliaCore

/// The features of the samples in a CSV file piece by piece, in the order in which a model knows them; only the piece at
/// hand is in memory.
public struct CSVFeatureRows {
  private var table: CSVTable
  private let features: CSVFeatures

  /// Opens the file at `path`, which is written as `source` was.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - columns: The features; others are passed over. If there are none, all columns are taken.
  ///   - source: What the model learned from: separator, categories, and whether empty cells are filled.
  /// - Throws: `GliaError` for columns that are not in the file.
  public init(path: String, columns: [String], like source: CSV = CSV()) throws {
    table = try CSVTable(path: path, separator: source.separator)
    features = try CSVFeatures(
      columns.isEmpty ? table.header : columns, of: table, categories: source.categories,
      missing: source.missing == .mean ? .mean : nil)
  }

  /// The next samples, at most `limit`; nil after the last one. A cell to be filled is not a number.
  ///
  /// - Throws: `GliaError` for what a training would refuse, and for a file without samples.
  public mutating func next(_ limit: Int) throws -> Tensor? {
    var values: [Float] = []
    var rows = 0
    while rows < limit, try table.next() {
      try features.append(table, to: &values)
      rows += 1
    }
    return rows == 0 ? nil : try Tensor(shape: [rows, features.count], values)
  }
}
