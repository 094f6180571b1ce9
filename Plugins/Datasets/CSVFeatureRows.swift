import GliaCore

/// Reads the features of a CSV file in chunks, in the order of a model's features; only the current chunk is held in
/// memory.
public struct CSVFeatureRows {
  private var table: CSVTable
  private let features: CSVFeatures
  private let names: [String]

  /// Opens the file at `path`, which has the format of `source`; its separator is detected.
  ///
  /// - Parameters:
  ///   - path: The path of the file, which may be a pipe; `-` is standard input.
  ///   - columns: The features; other columns are ignored. If empty, all columns are used.
  ///   - source: The data source the model was trained on, which defines categories and whether missing values are filled in.
  /// - Throws: `GliaError` if a column is missing.
  public init(path: String, columns: [String], like source: CSV = CSV()) throws {
    table = try CSVTable(
      path: path, like: source, wanted: CSVFeatures.columns(of: columns, categories: source.categories), isModels: true,
      streams: true)
    names = columns.isEmpty ? table.header : columns
    features = try CSVFeatures(names, of: table, missing: source.missing == .mean ? .mean : nil)
  }

  /// Returns up to `limit` further samples without targets, or nil after the last one. Missing values to be filled in are NaN.
  ///
  /// - Throws: `GliaError` for anything that training would reject, and for a file without samples.
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
