import GliaCore
import SystemPackage

/// Where a command's result goes: into a file, a pipe or a device that is there, or to standard output.
struct OutputFile {
  /// The path; nil for standard output, which `-` stands for, too.
  private let path: String?
  private let isStream: Bool

  /// Refuses a file that cannot be written, before there is anything to write.
  init(_ path: String?) throws {
    self.path = path == "-" ? nil : path
    let type = path.flatMap { try? Stat($0).type }
    isStream = type.map { $0 != .regular && $0 != .directory } ?? false
    guard let path = self.path, !isStream else { return }
    try AtomicFile.check(path)
    AtomicFile.removeAbandoned(in: Paths.folder(of: path))
  }

  /// Writes in pieces, a file whole or not at all.
  func write(_ body: (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    guard let path else { return try body { try Console.write(data: $0) } }
    guard isStream else {
      // By now the inputs have been opened.
      try Self.refuseInput(path)
      return try AtomicFile.write(to: path, pieces: body)
    }
    do {
      let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
      defer { try? file.close() }
      try body { try file.writeAll($0) }
    } catch Errno.brokenPipe { throw ClosedPipe() } catch let error as Errno {
      throw GliaError(
        "cannot be written: \(error)", at: path.excerpt, expected: "a file that can be written", category: .output)
    }
  }

  /// Refuses to write over what the command itself has read: its data, its model, its experiment.
  static func refuseInput(_ path: String) throws {
    guard RegularFile.hasRead(path) else { return }
    throw GliaError(
      "this file was read, and would be lost", at: path.excerpt, expected: "another file for the result",
      remedy: "choose another name or folder with --output", category: .output)
  }

  /// Writes a text.
  func write(_ text: String) throws {
    try write { write in try Array(text.utf8).withUnsafeBytes(write) }
  }
}
