import GliaCore

/// Writes every epoch as a row of a CSV file, to be read while the training runs: the columns of `history.csv`.
///
/// The file is replaced when training begins. A resumed training writes the earlier epochs again, so that the file is that
/// of an uninterrupted one, wherever it goes on.
public struct CSVLog: Callback {
  public static let name = "csv_log"
  public static let aliases = ["csv_logger"]
  public static let summary = "writes every epoch as a row of a CSV file"
  /// The file, in the folder of the training.
  public var file = "log.csv"
  private var log: TextLog?
  private var unwritten = ""
  private enum CodingKeys: CodingKey { case file }

  /// Writes `log.csv`.
  public init() {}
  /// Writes a file of that name.
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
  /// Writes every epoch as a row of a file in the training's folder.
  public static func csvLog(file: String = "log.csv") -> CSVLog { CSVLog(file: file) }
}
