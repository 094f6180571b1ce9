import Foundation

/// Runs `body` with the path of a temporary file that contains `bytes`.
func withFile<Result>(_ bytes: [UInt8], _ name: String, _ body: (_ path: String) throws -> Result) throws -> Result {
  let number = ProcessInfo.processInfo.processIdentifier
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("glia-fuzz-\(number)-\(name)")
  defer { try? FileManager.default.removeItem(at: file) }
  try Data(bytes).write(to: file)
  return try body(file.path)
}
