import GliaCore

/// Samples from a file of comma-separated values (RFC 4180, UTF-8), which may be compressed with gzip.
///
/// Every column that is not a target, the weight, or ignored is a feature and contains finite numbers, or true and false (or
/// yes and no), which are 1 and 0. A percentage is a number in percent: 12.5 % is 12.5. A feature in `categories` contains names and is one-hot encoded as features
/// `column=value`, one for each value, numbers first in ascending order, then text; an empty cell is a value of its own. A
/// model stores these names, and handles other values according to `unknown`. A target column is numeric if every cell is a
/// finite number, otherwise text; numbers used as classes keep their spelling in the file. Blank lines at the end are
/// ignored, and so is, in a file with a header row, a separator at the end of every line.
///
/// A column by which a split groups the samples is not a feature, unless it is in `categories`; a column by which it orders them
/// is a feature if all its cells are numbers and it is not in `ignore`.
///
/// Empty cells and the words NA, N/A, nan, null, None, ? and - are missing values, handled according to `missing`.
public struct CSV: DataSource {
  /// How samples with missing values are handled.
  public enum Missing: String, Choice {
    /// Such samples are dropped and counted in `Dataset.warnings`; a model rejects them in predictions.
    case drop
    /// The mean of the feature over the training data replaces missing numbers, also in predictions.
    case mean
  }

  /// What happens to a value of a category that no training sample has.
  public enum Unknown: String, Choice {
    /// The row is rejected.
    case error
    /// The row has none of the known values: all features of the category are 0.
    case ignore
  }

  public static let name = "csv"
  public static let summary = "a file of comma-separated values"
  public static var examples: [JSON] {
    [["path": "data.csv", "target": "y"]]
  }
  /// The path of the file; relative paths start in the folder of the experiment.
  @Required public var path = ""
  /// The target column or columns.
  @Required public var target: ColumnNames = []
  /// The column of sample weights, if any.
  public var weight: String?
  /// Columns to ignore.
  ///
  /// `*` in a name stands for any characters, as in `*_id`.
  public var ignore: [String] = []
  /// Categorical feature columns.
  public var categories: [String] = []
  /// Columns of dates, such as 2024-03-31 or 31.3.2024, which a time may follow; each becomes the features `column:year` and so on
  /// that `dateFeatures` lists.
  public var dates: [String] = []
  /// The parts of each date that are features.
  public var dateFeatures: [DatePart] = [.year, .month, .day, .weekday]
  /// What a model does with values of categories that are not in its training data.
  public var unknown = Unknown.error
  /// How missing values are handled; nil rejects them.
  public var missing: Missing?
  /// Whether to standardize features to mean 0 and standard deviation 1, in double precision, computed on the training data in
  /// an experiment and on all samples in ``load()``.
  public var standardize = false
  /// Whether to standardize numeric targets to mean 0 and standard deviation 1 for the network, computed on the training data
  /// of an experiment. Predictions, metrics, and plots use the original units; the loss is that of standardized targets.
  public var standardizeTargets = false
  /// The function of numeric targets that the network learns, before any standardization: `log` for ln y, `log1p` for
  /// ln(1 + y); nil for the targets themselves. Predictions, metrics, and plots use the original units; the loss is that of
  /// the transformed targets.
  public var targetTransform: TargetTransform?
  /// The character between cells; nil detects it among `,` `;` tab and `|` from the first lines: preferably the one with which
  /// the header contains all columns named in the settings, then one with which all lines have equally many cells, then the
  /// one with the most cells.
  public var separator: String?
  /// The decimal separator in numbers, `.` or `,`.
  public var decimal = "."
  /// Whether the first line has the column names; otherwise columns are called `column_1`, `column_2` and so on.
  public var header = true

  /// Creates a data source without a file; set `path` and `target` before use.
  public init() {}
  /// Creates a data source for a file.
  public init(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], categories: [String] = [],
    missing: Missing? = nil, standardize: Bool = false, standardizeTargets: Bool = false,
    separator: String? = nil, decimal: String = ".", header: Bool = true, unknown: Unknown = .error,
    targetTransform: TargetTransform? = nil
  ) {
    (self.path, self.target, self.weight, self.ignore) = (path, target, weight, ignore)
    (self.categories, self.missing) = (categories, missing)
    (self.standardize, self.standardizeTargets) = (standardize, standardizeTargets)
    (self.separator, self.decimal, self.header, self.unknown) = (separator, decimal, header, unknown)
    self.targetTransform = targetTransform
  }

  public var fillsMissing: Bool { missing == .mean }

  public func validate() throws {
    try require(!path.isEmpty, "path", "''", expected: "the path of a file")
    try require(!target.names.isEmpty, "target", "[]", expected: "a column, or a list of columns")
    try require(!dateFeatures.isEmpty, "date_features", "[]", expected: "at least one part of a date")
    try require(
      Set(dateFeatures).count == dateFeatures.count, "date_features", dateFeatures.map(\.rawValue),
      expected: "different parts of a date")
    try validateFormat()
  }

  /// Throws for a separator that can occur in numbers, ends a line, or is a quote, and for an unknown decimal separator.
  func validateFormat() throws {
    try require(decimal == "." || decimal == ",", "decimal", "'\(decimal.excerpt)'", expected: "'.' or ','")
    guard let separator else { return }
    let code = UnicodeScalar(separatorByte ?? 0)
    let isRight =
      code.isASCII && !code.properties.isAlphabetic && !("0"..."9" ~= code)
      && !"\"+-.\r\n\0".unicodeScalars.contains(code)
    try require(
      isRight && separator != decimal, "separator", "'\(separator.excerpt)'",
      expected: "one ASCII character that does not occur in numbers, such as ',' ';' or a tab; null to detect it")
  }

  /// The separator as a byte; `\t` may be written as an escape sequence.
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
  /// Samples from a CSV file.
  public static func csv(
    path: String, target: ColumnNames, weight: String? = nil, ignore: [String] = [], categories: [String] = [],
    missing: CSV.Missing? = nil, standardize: Bool = false, standardizeTargets: Bool = false,
    separator: String? = nil, decimal: String = ".", header: Bool = true, unknown: CSV.Unknown = .error,
    targetTransform: TargetTransform? = nil
  ) -> CSV {
    CSV(
      path: path, target: target, weight: weight, ignore: ignore, categories: categories, missing: missing,
      standardize: standardize, standardizeTargets: standardizeTargets, separator: separator, decimal: decimal,
      header: header, unknown: unknown, targetTransform: targetTransform)
  }
}
