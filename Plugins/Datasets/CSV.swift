import Foundation
import GliaCore

/// Samples from a file of comma-separated values with a header row (RFC 4180, UTF-8).
///
/// Every column that is neither target nor weight nor ignored is a feature, and holds finite numbers. A target column is
/// a column of numbers if every cell is a finite number, else of text. Blank lines at the end do not count.
public struct CSV: DataSource {
  public static let name = "csv"
  public static let summary = "a file of comma-separated values with a header row"
  public static let requiredSettings = ["path", "target"]
  /// Where the file is; a relative path starts in the folder of the experiment.
  public var path = ""
  /// The column to be learned, or several.
  public var target: ColumnNames = []
  /// The column that says how much each sample counts, if any.
  public var weight: String?
  /// Columns that are left out.
  public var ignore: [String] = []
  /// Whether features are brought to mean 0 and deviation 1, as measured on the training part.
  public var standardize = false
  /// The character between two cells.
  public var separator = ","

  /// A file that is still to be named.
  public init() {}
  /// The samples of a file.
  public init(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], standardize: Bool = false,
    separator: String = ","
  ) {
    (self.path, self.target, self.weight, self.ignore) = (path, target, weight, ignore)
    (self.standardize, self.separator) = (standardize, separator)
  }

  public func validate() throws {
    try require(!path.isEmpty, "path", "''", expected: "the path of a file")
    try require(!target.names.isEmpty, "target", "[]", expected: "a column, or a list of columns")
    try CSVTable.require(separator: separator)
  }

  public func located(in folder: String) -> any DataSource {
    var located = self
    if !path.isEmpty { located.path = FilePath.absolute(path, in: folder) }
    return located
  }

  public func relative(to folder: String) -> any DataSource {
    var relative = self
    if !path.isEmpty { relative.path = FilePath.relative(path, to: folder) }
    return relative
  }

  public func load() throws -> Dataset {
    try validate()
    let table = try CSVTable(path: path, separator: separator)
    let targets = try table.columns(target.names, as: "target")
    let weight = try table.columns(weight.map { [$0] } ?? [], as: "weight").first
    let ignored = try table.columns(ignore, as: "ignore")
    let features = try table.columns(besides: targets, weight.map { [$0] } ?? [], ignored)

    var inputs: [Float] = []
    var cells = [[String]](repeating: [], count: targets.count)
    var weights: [Float] = []
    let count = try table.forEachRow { row in
      for column in features { inputs.append(try row.number(column)) }
      for (target, column) in targets.enumerated() { cells[target].append(try row.text(column)) }
      if let weight { weights.append(try row.number(weight, "a finite number of 0 or more") { $0 >= 0 }) }
    }
    return try Dataset(
      name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent,
      inputs: Tensor(shape: [count, features.count], inputs), inputNames: features.map { table.header[$0] },
      targets: zip(target.names, cells).map(Self.column), weights: weight == nil ? nil : weights)
  }

  /// The features of the samples in a file, for prediction: the named columns in their order; others are passed over.
  ///
  /// - Throws: `GliaError` for columns that are not in the file, and for what a training would refuse in the others.
  public static func features(of path: String, columns: [String], separator: String = ",") throws -> Tensor {
    try CSVTable.require(separator: separator)
    let table = try CSVTable(path: path, separator: separator)
    let features = try table.columns(columns, as: "feature")
    var inputs: [Float] = []
    let count = try table.forEachRow { row in
      for column in features { inputs.append(try row.number(column)) }
    }
    return try Tensor(shape: [count, features.count], inputs)
  }

  private static func column(_ name: String, _ cells: [String]) -> Column {
    let numbers = cells.compactMap(CSVRow.number)
    return numbers.count == cells.count ? Column(name, numbers) : Column(name, text: cells)
  }
}

extension DataSource where Self == CSV {
  /// The samples of a file.
  public static func csv(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], standardize: Bool = false,
    separator: String = ","
  ) -> CSV {
    CSV(
      path: path, target: target, weight: weight, ignore: ignore, standardize: standardize, separator: separator)
  }
}
