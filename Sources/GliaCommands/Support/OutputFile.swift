import GliaCore
import SystemPackage

/// The destination of a command's result: a file, an existing pipe or device, or standard output.
struct OutputFile {
  /// The path; nil for standard output, which can also be written as `-`.
  private let path: String?
  private let isStream: Bool

  /// Throws if the file cannot be written, before any work is done.
  init(_ path: String?) throws {
    self.path = path == "-" ? nil : path
    let type = path.flatMap { try? Stat($0).type }
    isStream = type.map { $0 != .regular && $0 != .directory } ?? false
    guard let path = self.path, !isStream else { return }
    try AtomicFile.check(path)
    AtomicFile.removeAbandoned(in: Paths.folder(of: path))
  }

  /// Writes in chunks; a file is written completely or not at all.
  func write(_ body: (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    guard let path else { return try body { try Console.write(data: $0) } }
    guard isStream else {
      // Checked here because the inputs have been opened by now.
      try Self.refuseInput(path)
      return try AtomicFile.write(to: path, pieces: body)
    }
    do {
      let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
      defer { try? file.close() }
      try body { try file.writeAll($0) }
    } catch Errno.brokenPipe { throw ClosedPipe() } catch let error as Errno {
      throw GliaError(
        "cannot write the file: \(error)", at: path.visible(limit: 4096), expected: "a writable file", category: .output
      )
    }
  }

  /// Throws if the file is one of the command's own inputs: its data, model or experiment.
  static func refuseInput(_ path: String) throws {
    guard RegularFile.hasRead(path) else { return }
    throw GliaError(
      "this file is an input and would be overwritten", at: path.visible(limit: 4096),
      expected: "a different output file",
      remedy: "choose another name or folder with --output", category: .output)
  }

  /// Writes text.
  func write(_ text: String) throws {
    try write { write in try Array(text.utf8).withUnsafeBytes(write) }
  }
}
