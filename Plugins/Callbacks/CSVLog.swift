import GliaCore

/// Writes one row per epoch to a CSV file with the columns of `history.csv`, which can be read during training.
///
/// The file is replaced when training starts. A resumed training rewrites the earlier epochs, so the file is the same as
/// that of an uninterrupted training.
public struct CSVLog: Callback {
  public static let name = "csv_log"
  public static let aliases = ["csv_logger"]
  public static let summary = "writes one row per epoch to a CSV file"
  /// The name of the file inside the training folder.
  public var file = "log.csv"
  private var log: TextLog?
  private var unwritten = ""
  private enum CodingKeys: CodingKey { case file }

  /// Creates a log named `log.csv`.
  public init() {}
  /// Creates a log with the given file name.
  public init(file: String) { self.file = file }

  public var files: [String] { [file] }

  public func validate() throws { try requireFileInside(file) }

  public mutating func trainingBegan(control: inout TrainingControl) throws {
    log = try TextLog(path: control.path(file), beginning: unwritten)
    unwritten = ""
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    let columns = epoch.columns
    if epoch.number == 1 { unwritten += columns.joined(separator: ",") + "\n" }
    unwritten += epoch.cells(columns).joined(separator: ",") + "\n"
    guard let log else { return }
    try log.append(unwritten)
    unwritten = ""
  }
}

extension Callback where Self == CSVLog {
  /// Writes one row per epoch to a file in the training folder.
  public static func csvLog(file: String = "log.csv") -> CSVLog { CSVLog(file: file) }
}
