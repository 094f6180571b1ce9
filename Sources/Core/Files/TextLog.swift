#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A text file that grows while others read it: every line is there as soon as it was appended.
public struct TextLog: Sendable {
  /// Where the file lies.
  public let path: String

  /// A file at `path` with `text`, in place of what stood there.
  ///
  /// - Throws: ``GliaError`` of the category `output`.
  public init(path: String, beginning text: String) throws {
    self.path = path
    try AtomicFile.write(text, to: path)
  }

  /// Adds `text` at the end, whole or not at all.
  ///
  /// - Throws: ``GliaError`` of the category `output`.
  public func append(_ text: String) throws {
    let file = SystemCall.retrying { open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666) }
    guard file >= 0 else { throw failure }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    try Array(text.utf8).withUnsafeBytes { bytes in
      guard !SystemCall.append(bytes, to: file) else { return }
      let failure = failure
      ftruncate(file, length)
      throw failure
    }
  }

  private var failure: GliaError {
    GliaError(
      "cannot be written: \(SystemCall.reason)", at: path.visible(limit: 4096), expected: "a file that can be written",
      remedy: "make room, or allow writing to it", category: .output)
  }
}
