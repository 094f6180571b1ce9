import Foundation
import Testing

/// Runs the built tool as a user would, in a temporary folder.
final class Workplace {
  let folder: URL

  init() throws {
    // Signals that are ignored here, such as in background jobs, would also be ignored in the tool.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { signal(number, SIG_DFL) }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("glia-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The result of a run.
  struct Outcome: CustomStringConvertible {
    let status: Int32
    let wasSignalled: Bool
    let output: String
    let errors: String
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var description: String { "status \(status)\(wasSignalled ? " by signal" : "")\n\(output)\n\(errors)" }
  }

  /// Runs `glia` with the given arguments; a process that takes longer than a minute is killed.
  ///
  /// - Parameter whileRunning: called with the process right after it starts.
  @discardableResult
  func glia(_ arguments: String..., whileRunning: (Process) throws -> Void = { _ in }) throws -> Outcome {
    try run(glia, arguments, whileRunning: whileRunning)
  }

  @discardableResult
  func run(_ executable: URL, _ arguments: [String], whileRunning: (Process) throws -> Void = { _ in }) throws
    -> Outcome
  {
    let (out, err) = (try logFile("stdout"), try logFile("stderr"))
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    let number = process.processIdentifier
    let watchdog = DispatchWorkItem { kill(number, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    try whileRunning(process)
    process.waitUntilExit()
    watchdog.cancel()
    return Outcome(
      status: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }

  private func logFile(_ name: String) throws -> URL {
    let file = folder.appendingPathComponent(".\(name)")
    try Data().write(to: file)
    return file
  }

  /// The standard error output of a running process so far.
  var errorsSoFar: String { (try? text(".stderr")) ?? "" }

  func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
  func files(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  /// The path of the tool: `GLIA_TOOL`, such as a release build, or else the one next to the tests.
  var glia: URL {
    get throws { try Self.executable() }
  }

  private static func executable() throws -> URL {
    if let path = ProcessInfo.processInfo.environment["GLIA_TOOL"] { return URL(fileURLWithPath: path) }
    let starts =
      [Bundle.main.bundleURL, Bundle.main.executableURL].compactMap { $0 } + Bundle.allBundles.map(\.bundleURL)
      + CommandLine.arguments.filter { $0.hasPrefix("/") }.map { URL(fileURLWithPath: $0) }
    for start in starts {
      var folder = start
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent("glia")
        if FileManager.default.isExecutableFile(atPath: candidate.path), !isFolder(candidate) { return candidate }
        folder = folder.deletingLastPathComponent()
      }
    }
    throw MissingTool(looked: starts.map(\.path))
  }

  private static func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
  }

  private struct MissingTool: Error { let looked: [String] }
}

/// All tests that run the tool, serially.
@Suite(.serialized) enum ToolTests {}
