import GliaCore

/// Samples from a file of comma-separated values with a header row (RFC 4180, UTF-8).
///
/// Every column that is neither target nor weight nor ignored is a feature, and holds finite numbers; one among
/// `categories` holds names, and becomes a feature `column=value` of 0 and 1 for each of its values, numbers in order
/// before text. A model keeps these names: a value that it does not know is refused. A target column is a column of
/// numbers if every cell is a finite number, else of text; as classes, numbers keep the form that stands in the file.
/// Blank lines at the end do not count.
///
/// Empty cells and the words NA, N/A, nan, null, None, ? and - are missing values, which `missing` deals with.
public struct CSV: DataSource {
  /// What happens to samples with missing values.
  public enum Missing: String, Choice {
    /// They are left out, and counted in `Dataset.warnings`; a model refuses to predict them.
    case drop
    /// The mean of the feature over the training part stands in for the cell, in predictions, too; a category has none.
    case mean
  }

  public static let name = "csv"
  public static let summary = "a file of comma-separated values with a header row"
  public static var examples: [JSON] {
    [["path": "data.csv", "target": "y"]]
  }
  /// Where the file is; a relative path starts in the folder of the experiment.
  @Required public var path = ""
  /// The column to be learned, or several.
  @Required public var target: ColumnNames = []
  /// The column that says how much each sample counts, if any.
  public var weight: String?
  /// Columns that are left out.
  public var ignore: [String] = []
  /// Feature columns that hold names instead of numbers.
  public var categories: [String] = []
  /// What happens to missing values; nil refuses them.
  public var missing: Missing?
  /// Whether features are brought to mean 0 and deviation 1, in double precision: of the training part in an experiment, of
  /// all samples in ``load()``.
  public var standardize = false
  /// Whether targets that are numbers are brought to mean 0 and deviation 1 for the network, as measured on the training part
  /// of an experiment. Predictions, metrics and pictures are in their own unit, the loss is that of standardized targets.
  public var standardizeTargets = false
  /// The character between two cells; nil to find it among `,` `;` tab and `|` by the first lines: the one by which the header
  /// has all columns that are named here; of several, one by which all lines have equally many cells, and most.
  public var separator: String?
  /// The point in numbers, `.` or `,`.
  public var decimal = "."

  /// A file that is still to be named.
  public init() {}
  /// The samples of a file.
  public init(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], categories: [String] = [],
    missing: Missing? = nil, standardize: Bool = false, standardizeTargets: Bool = false,
    separator: String? = nil, decimal: String = "."
  ) {
    (self.path, self.target, self.weight, self.ignore) = (path, target, weight, ignore)
    (self.categories, self.missing) = (categories, missing)
    (self.standardize, self.standardizeTargets) = (standardize, standardizeTargets)
    (self.separator, self.decimal) = (separator, decimal)
  }

  public var fillsMissing: Bool { missing == .mean }

  public func validate() throws {
    try require(!path.isEmpty, "path", "''", expected: "the path of a file")
    try require(!target.names.isEmpty, "target", "[]", expected: "a column, or a list of columns")
    try validateFormat()
  }

  /// Refuses a separator that could stand in a number or that ends a line or opens a quote, and unknown points.
  func validateFormat() throws {
    try require(decimal == "." || decimal == ",", "decimal", "'\(decimal.excerpt)'", expected: "'.' or ','")
    guard let separator else { return }
    let code = UnicodeScalar(separatorByte ?? 0)
    let isRight =
      code.isASCII && !code.properties.isAlphabetic && !("0"..."9" ~= code)
      && !"\"+-.\r\n\0".unicodeScalars.contains(code)
    try require(
      isRight && separator != decimal, "separator", "'\(separator.excerpt)'",
      expected: "one ASCII character that no number has, such as ',' ';' or a tab; null to find it")
  }

  /// The separator; `\t` may be written out.
  var separatorByte: UInt8? {
    separator == "\\t" ? UInt8(ascii: "\t") : separator.flatMap { $0.utf8.count == 1 ? $0.utf8.first : nil }
  }

  public func located(in folder: String) -> any DataSource {
    var located = self
    if !path.isEmpty { located.path = Paths.absolute(path, in: folder) }
    return located
  }

  public func relative(to folder: String) -> any DataSource {
    var relative = self
    if !path.isEmpty { relative.path = Paths.relative(path, to: folder) }
    return relative
  }
}

extension DataSource where Self == CSV {
  /// The samples of a file.
  public static func csv(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], categories: [String] = [],
    missing: CSV.Missing? = nil, standardize: Bool = false, standardizeTargets: Bool = false,
    separator: String? = nil, decimal: String = "."
  ) -> CSV {
    CSV(
      path: path, target: target, weight: weight, ignore: ignore, categories: categories, missing: missing,
      standardize: standardize, standardizeTargets: standardizeTargets, separator: separator, decimal: decimal)
  }
}
