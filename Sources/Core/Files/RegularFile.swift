#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A regular file that is read piece by piece.
public final class RegularFile {
  /// How many bytes the file had when it was opened.
  public let size: Int
  private let handle: Int32
  private let path: String

  /// Opens the file at `path`.
  ///
  /// - Throws: `GliaError` of the category `missingInput` for what is missing, cannot be read or is no regular file (a pipe
  ///   might never end).
  public init(_ path: String) throws {
    guard SystemCall.accepts(path) else { throw Self.failure("this is not a path", path) }
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    let handle = SystemCall.retrying { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard handle >= 0 else { throw Self.failure("cannot be opened: \(SystemCall.reason)", path) }
    (self.handle, self.path) = (handle, path)
    var status = stat()
    let isKnown = fstat(handle, &status) == 0
    size = Int(status.st_size)
    guard isKnown else { throw Self.failure("cannot be read: \(SystemCall.reason)", path) }
    guard !status.isFolder else { throw Self.failure("this is a folder", path, remedy: "name a file in it") }
    guard status.isRegular else {
      throw Self.failure("this is no regular file", path, remedy: "copy its content to a file first")
    }
  }

  deinit { close(handle) }

  /// The next bytes, at most `limit`; none at the end.
  public func read(upTo limit: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let taken = SystemCall.fill(buffer, from: handle)
      guard taken >= 0 else { throw Self.failure("cannot be read: \(SystemCall.reason)", path) }
      count = taken
    }
  }

  private static func failure(_ what: String, _ path: String, remedy: String? = nil) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a file that can be read", remedy: remedy, category: .missingInput)
  }
}
