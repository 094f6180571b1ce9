import Glia

extension Parsers {
  /// A JSON text and the experiment that it describes; both are the same after they have been written and read.
  static func experiment(_ bytes: [UInt8]) throws {
    let json = try JSON(parsing: bytes)
    let again = try JSON(parsing: json.text())
    precondition(again == json)
    let full = try Experiment(from: json, with: .standard).json()
    let fullAgain = try Experiment(from: full, with: .standard).json()
    precondition(fullAgain == full)
  }

  /// An assignment PATH=VALUE, as of the option `--set`.
  static func set(_ bytes: [UInt8]) throws {
    guard let experiment = BuiltInExperiment.all.first?.experiment else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return }
    let value = (try? JSON(parsing: parts[1])) ?? .string(parts[1])
    _ = try experiment.setting(parts[0], to: value, with: .standard).json()
  }
}
