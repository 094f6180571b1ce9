import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The calls of the operating system that swift-system lacks.
enum SystemCall {
  /// Puts all that was written to `file` on the disk.
  static func synchronize(_ file: FileDescriptor) throws(Errno) { try check { fsync(file.rawValue) } }

  /// Takes the lock on `file` that the system gives back when the process ends, however it ends.
  static func lock(_ file: FileDescriptor, waits: Bool = true) throws(Errno) {
    try check { flock(file.rawValue, LOCK_EX | (waits ? 0 : LOCK_NB)) }
  }

  /// Lets the same people read, write and run `file` as `status` says.
  static func setPermissions(of file: FileDescriptor, like status: Stat) throws(Errno) {
    try check { fchmod(file.rawValue, status.permissions.rawValue & 0o777) }
  }

  /// Gives the file at `path` the name `target`, in place of what stood there.
  static func move(_ path: String, to target: String) throws(Errno) { try check { rename(path, target) } }

  /// Removes the file at `path`; a folder stays.
  static func remove(_ path: String) throws(Errno) { try check { unlink(path) } }

  /// How many seconds ago the file with `status` was last written to.
  static func age(of status: Stat) -> Int { time(nil) - status.st_mtim.tv_sec }

  /// Makes a call, again whenever a signal interrupted it; throws why it failed.
  private static func check(_ call: () -> CInt) throws(Errno) {
    while call() != 0 {
      let error = Errno(rawValue: errno)
      guard error == .interrupted else { throw error }
    }
  }
}
