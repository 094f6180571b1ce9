import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A file that is read piece by piece: a regular one, or a pipe where that is asked for.
public final class RegularFile {
  /// How many bytes the file had when it was opened.
  public let size: Int
  private let handle: Int32
  private let path: String

  /// What stands for standard input in place of a path.
  public static let standardInput = "-"

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - streams: Whether pipes and devices will do, and `-` is standard input: what can be read once, and may never end.
  /// - Throws: `GliaError` of the category `missingInput` for what is missing, cannot be read or is not a regular file.
  public init(_ path: String, streams: Bool = false) throws {
    guard SystemCall.accepts(path) else { throw Self.failure("this is not a path", path) }
    let isInput = streams && [Self.standardInput, "/dev/stdin"].contains(path)
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    let flags = O_RDONLY | O_CLOEXEC | (streams ? 0 : O_NONBLOCK)
    let handle = isInput ? dup(STDIN_FILENO) : SystemCall.retrying { open(path, flags) }
    guard handle >= 0 else {
      throw Self.failure("cannot be opened: \(SystemCall.reason)", isInput ? "standard input" : path)
    }
    (self.handle, self.path) = (handle, isInput ? "standard input" : path)
    var status = stat()
    let isKnown = fstat(handle, &status) == 0
    size = Int(status.st_size)
    guard isKnown else { throw Self.failure("cannot be read: \(SystemCall.reason)", path) }
    guard !status.isFolder else { throw Self.failure("this is a folder", path, remedy: "name a file in it") }
    guard streams || status.isRegular else {
      throw Self.failure("this is not a regular file", path, remedy: "copy its content to a file first")
    }
    if status.isRegular { Self.opened.withLock { _ = $0.insert(Identity(status)) } }
  }

  deinit { close(handle) }

  private struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
    init(_ status: stat) { (device, number) = (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)) }
  }

  private static let opened = Mutex<Set<Identity>>([])

  /// Whether this program has read the file at `path`, by whatever path or link, so that writing it would destroy an input.
  package static func hasRead(_ path: String) -> Bool {
    guard let status = SystemCall.status(of: path) else { return false }
    return opened.withLock { $0.contains(Identity(status)) }
  }

  /// The next bytes, at most `limit`; none at the end.
  public func read(upTo limit: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let taken = SystemCall.fill(buffer, from: handle)
      guard taken >= 0 else { throw Self.failure("cannot be read: \(SystemCall.reason)", path) }
      count = taken
    }
  }

  /// Fills `buffer` with the bytes from `start` on, wherever ``read(upTo:)`` has come.
  func read(from start: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    var taken = 0
    while taken < buffer.count {
      let wanted = min(buffer.count - taken, SystemCall.largestChunk)
      let count = SystemCall.retrying {
        pread(handle, buffer.baseAddress?.advanced(by: taken), wanted, off_t(start + taken))
      }
      // Someone may have shortened the file meanwhile.
      guard count > 0 else { throw Self.failure(count == 0 ? "the file was cut off" : SystemCall.reason, path) }
      taken += count
    }
  }

  private static func failure(_ what: String, _ path: String, remedy: String? = nil) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a file that can be read", remedy: remedy, category: .missingInput)
  }
}
