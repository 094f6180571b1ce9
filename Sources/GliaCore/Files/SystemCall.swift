import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// System calls that swift-system lacks.
enum SystemCall {
  /// Flushes `file` to disk.
  static func synchronize(_ file: FileDescriptor) throws(Errno) { try check { fsync(file.rawValue) } }

  /// Acquires a lock on `file`, which the system releases when the process ends, however it ends.
  static func lock(_ file: FileDescriptor, waits: Bool = true) throws(Errno) {
    try check { flock(file.rawValue, LOCK_EX | (waits ? 0 : LOCK_NB)) }
  }

  /// Sets the permissions of `file` to those of `status`.
  static func setPermissions(of file: FileDescriptor, like status: Stat) throws(Errno) {
    try check { fchmod(file.rawValue, status.permissions.rawValue & 0o777) }
  }

  /// Renames the file at `path` to `target`, replacing an existing file.
  static func move(_ path: String, to target: String) throws(Errno) { try check { rename(path, target) } }

  /// Removes the file at `path`, but not a folder.
  static func remove(_ path: String) throws(Errno) { try check { unlink(path) } }

  /// Returns the number of seconds since the file with `status` was last modified.
  static func age(of status: Stat) -> Int { time(nil) - status.st_mtim.tv_sec }

  /// Makes a call, again if a signal interrupted it; throws if it fails.
  private static func check(_ call: () -> CInt) throws(Errno) {
    while call() != 0 {
      let error = Errno(rawValue: errno)
      guard error == .interrupted else { throw error }
    }
  }
}
