import GliaCore

/// Reads the features of a CSV file in chunks, in the order of a model's features; only the current chunk is held in
/// memory.
public struct CSVFeatureRows {
  private var table: CSVTable
  private let features: CSVFeatures
  private let names: [String]
  private var ignored = CSVFaults()

  /// A note about the values of categories that were ignored so far; nil if there were none.
  public var note: String? { ignored.ignoredNote }

  /// Opens the file at `path`, which has the format of `source`; its separator is detected.
  ///
  /// - Parameters:
  ///   - path: The path of the file, which may be a pipe; `-` is standard input.
  ///   - columns: The features; other columns are ignored. If empty, all columns are used.
  ///   - source: The data source the model was trained on, which defines categories and whether missing values are filled in.
  /// - Throws: `GliaError` if a column is missing.
  public init(path: String, columns: [String], like source: CSV = CSV()) throws {
    table = try CSVTable(
      path: path, like: source,
      wanted: CSVFeatures.columns(
        of: columns, categories: source.categories, dates: source.dates), isModels: true,
      streams: true)
    names = columns.isEmpty ? table.header : columns
    features = try CSVFeatures(names, of: table, missing: source.missing == .mean ? .mean : nil)
  }

  /// Rows of a file, of which some may be invalid.
  public struct Piece {
    /// The number of rows.
    public let count: Int
    /// The valid rows, without targets; nil if there are none.
    public let samples: Dataset?
    /// What is wrong with the other rows, by their index.
    public let errors: [Int: GliaError]

    /// Creates a piece of a file.
    public init(count: Int, samples: Dataset?, errors: [Int: GliaError]) {
      (self.count, self.samples, self.errors) = (count, samples, errors)
    }
  }

  /// Returns up to `limit` further rows, or nil after the last one; an invalid row does not affect the others.
  ///
  /// - Throws: `GliaError` for a file that cannot be read or has no samples.
  public mutating func nextPiece(_ limit: Int) throws -> Piece? {
    var inputs = CSVInputs()
    var faults = CSVFaults()
    var errors: [Int: GliaError] = [:]
    table.skipsBlankLines = true
    while faults.rows < limit, try table.advance() {
      let start = inputs.single.count
      do {
        if let error = table.lengthError { throw error }
        features.append(table, to: &inputs, faults: &faults)
        try faults.check(table)
      } catch let error as GliaError {
        errors[faults.rows] = error
        inputs.truncate(to: start)
        faults.forgetInvalidCells()
      }
      faults.endRow()
    }
    guard faults.rows > 0 else { return nil }
    let valid = faults.rows - errors.count
    ignored.addIgnored(faults)
    return Piece(count: faults.rows, samples: valid == 0 ? nil : try dataset(inputs, rows: valid), errors: errors)
  }

  private func dataset(_ inputs: CSVInputs, rows: Int) throws -> Dataset {
    try Dataset(
      name: Paths.name(of: table.reader.path), inputs: Tensor(shape: [rows, names.count], inputs.single),
      exact: inputs.exact, inputNames: names, targets: [], mayMiss: true)
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
    ignored.addIgnored(faults)
    return try dataset(inputs, rows: faults.rows)
  }
}
