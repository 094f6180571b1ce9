#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What all calls of the operating system need.
enum SystemCall {
  /// The most bytes that one call reads or writes: more than 2 GB are refused on some systems.
  static let largestChunk = 1 << 30

  /// The answer of `call`, made again whenever a signal interrupted it.
  static func retrying<Answer: SignedInteger>(_ call: () -> Answer) -> Answer {
    while true {
      let answer = call()
      if answer >= 0 || errno != EINTR { return answer }
    }
  }

  /// Writes all of `bytes` to an open file; returns whether that succeeded.
  static func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = retrying { write(file, rest.baseAddress, min(rest.count, largestChunk)) }
      guard written > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return true
  }

  /// Reads from an open file until `buffer` is full or the file ends, which a pipe may do bit by bit; returns how many bytes,
  /// fewer than 0 for a failure.
  static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, from file: Int32) -> Int {
    var taken = 0
    while taken < buffer.count {
      let rest = buffer.baseAddress?.advanced(by: taken)
      let count = retrying { read(file, rest, min(buffer.count - taken, largestChunk)) }
      guard count >= 0 else { return count }
      guard count > 0 else { break }
      taken += count
    }
    return taken
  }

  /// Why the last call failed, such as `No space left on device`.
  static var reason: String { String(cString: strerror(errno)) }

  /// Whether a path can be handed to the system: a zero byte would silently cut it short.
  static func accepts(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }

  /// The kind and size of what `path` leads to, through symbolic links; `nil` if there is nothing.
  static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}

extension stat {
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

  /// When it was last written to, in seconds.
  var modified: Int {
    #if canImport(Darwin)
      st_mtimespec.tv_sec
    #else
      st_mtim.tv_sec
    #endif
  }
}
