import GliaCore

/// The features of the samples in a CSV file piece by piece, in the order in which a model knows them; only the piece at
/// hand is in memory.
public struct CSVFeatureRows {
  private var table: CSVTable
  private let features: CSVFeatures
  private let names: [String]

  /// Opens the file at `path`, which is written as `source` was; its separator is found.
  ///
  /// - Parameters:
  ///   - path: Where the file is; a pipe will do, too, and `-` is standard input.
  ///   - columns: The features; others are passed over. If there are none, all columns are taken.
  ///   - source: What the model learned from: categories, and whether missing values are filled in.
  /// - Throws: `GliaError` for columns that are not in the file.
  public init(path: String, columns: [String], like source: CSV = CSV()) throws {
    table = try CSVTable(
      path: path, like: source, wanted: CSVFeatures.columns(of: columns, categories: source.categories), isModels: true,
      streams: true)
    names = columns.isEmpty ? table.header : columns
    features = try CSVFeatures(names, of: table, missing: source.missing == .mean ? .mean : nil)
  }

  /// The next samples, at most `limit`, without targets; nil after the last one. A value to be filled in is not a number.
  ///
  /// - Throws: `GliaError` for what a training would refuse, and for a file without samples.
  public mutating func next(_ limit: Int) throws -> Dataset? {
    var inputs = CSVInputs()
    var faults = CSVFaults()
    while faults.rows < limit, try table.next() {
      features.append(table, to: &inputs, faults: &faults)
      faults.endRow()
    }
    guard faults.rows > 0 else { return nil }
    try faults.check(table)
    return try Dataset(
      name: Paths.name(of: table.reader.path), inputs: Tensor(shape: [faults.rows, names.count], inputs.single),
      exact: inputs.exact, inputNames: names, targets: [], mayMiss: true)
  }
}
