import Foundation
import GliaCore

/// Where a command's result goes: into a file, a pipe or a device that is there, or to standard output.
struct OutputFile {
  /// The path; nil for standard output, which `-` stands for, too.
  private let path: String?
  private let isStream: Bool

  /// Refuses a file that cannot be written, before there is anything to write.
  init(_ path: String?) throws {
    self.path = path == "-" ? nil : path
    var status = stat()
    let exists = path.map { stat($0, &status) == 0 } ?? false
    isStream = exists && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    guard let path = self.path, !isStream else { return }
    try AtomicFile.check(path)
    AtomicFile.removeAbandoned(in: FilePath.folder(of: path))
  }

  /// Writes in pieces, a file whole or not at all.
  func write(_ body: (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    guard let path else { return try body { try Console.write(data: $0) } }
    guard isStream else {
      // By now the inputs have been opened.
      try Self.refuseInput(path)
      return try AtomicFile.write(to: path, pieces: body)
    }
    let handle = open(path, O_WRONLY | O_CLOEXEC)
    guard handle >= 0 else { throw failure(at: path) }
    defer { close(handle) }
    try body { bytes in
      guard !Console.write(bytes, to: handle) else { return }
      throw errno == EPIPE ? ClosedPipe() : failure(at: path)
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

  private func failure(at path: String) -> GliaError {
    GliaError(
      "cannot be written: \(String(cString: strerror(errno)))", at: path.excerpt,
      expected: "a file that can be written", category: .output)
  }
}
