import Synchronization
import SystemPackage

/// A file that is read piece by piece: a regular file, or a pipe if allowed.
public final class RegularFile {
  /// The size of the file in bytes when it was opened.
  public var size: Int { Int(status.size) }
  private let status: Stat
  private let file: FileDescriptor
  private let path: String

  /// The path that stands for standard input.
  public static let standardInput = "-"

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - streams: whether pipes and devices are allowed, and `-` is standard input; they can be read only once, and may never
  ///     end.
  /// - Throws: `GliaError` of the category `missingInput` if the file is missing, cannot be read or is not a regular file.
  public init(_ path: String, streams: Bool = false) throws {
    guard path.isPath else { throw Self.failure("this is not a valid path", path) }
    let isInput = streams && [Self.standardInput, "/dev/stdin"].contains(path)
    let path = isInput ? "standard input" : path
    // Without `nonBlocking`, opening a pipe would wait for a writer.
    let options: FileDescriptor.OpenOptions = streams ? .closeOnExec : [.closeOnExec, .nonBlocking]
    file = try Self.explaining("cannot be opened", path) {
      try isInput ? FileDescriptor.standardInput.duplicate() : .open(path, .readOnly, options: options)
    }
    self.path = path
    do { status = try file.stat() } catch {
      try? file.close()
      throw Self.failure("cannot be read: \(error)", path)
    }
    guard status.type != .directory else { throw Self.failure("this is a folder", path, remedy: "name a file in it") }
    guard streams || status.type == .regular else {
      throw Self.failure("this is not a regular file", path, remedy: "copy its content to a regular file first")
    }
    if status.type == .regular { Self.opened.withLock { _ = $0.insert(Identity(status)) } }
  }

  deinit { try? file.close() }

  private struct Identity: Hashable {
    let device: DeviceID
    let number: Inode
    init(_ status: Stat) { (device, number) = (status.deviceID, status.inode) }
  }

  private static let opened = Mutex<Set<Identity>>([])

  /// Returns whether this program has read the file at `path`, by any path or link, so that writing to it would destroy an
  /// input.
  package static func hasRead(_ path: String) -> Bool {
    guard let status = try? Stat(path) else { return false }
    return opened.withLock { $0.contains(Identity(status)) }
  }

  /// Returns the next bytes, at most `limit`; empty at the end.
  public func read(upTo limit: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = try Self.explaining("cannot be read", path) { try file.fill(UnsafeMutableRawBufferPointer(buffer)) }
    }
  }

  /// Fills `buffer` with the bytes at offset `start`, independently of ``read(upTo:)``.
  func read(from start: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    let count = try Self.explaining("cannot be read", path) { try file.fill(buffer, from: start) }
    // The file may have been truncated in the meantime.
    guard count == buffer.count else { throw Self.failure("the file was truncated", path) }
  }

  /// Runs `calls`, and turns a system error into an error that starts with `what`.
  private static func explaining<T>(_ what: String, _ path: String, _ calls: () throws -> T) throws -> T {
    do { return try calls() } catch let error as Errno { throw failure("\(what): \(error)", path) }
  }

  private static func failure(_ what: String, _ path: String, remedy: String? = nil) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a file that can be read", remedy: remedy, category: .missingInput)
  }
}
