import CSignals

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A file in the making, which vanishes with this value unless it was put into its place.
///
/// Its writer holds a lock on it, which the system gives back when the process ends, however it ends: so what a dead run
/// left differs from what a running one is about to write, in this process or on another machine.
struct TemporaryFile: ~Copyable {
  let handle: Int32
  private let path: String
  private let place: Int32

  private static let (start, end) = (".glia-", ".tmp")

  /// A new, empty file in `folder`; nil for a failure that `errno` tells.
  init?(in folder: String) {
    while true {
      let path = "\(folder)/\(Self.start)\(String(UInt64.random(in: .min ... .max), radix: 36))\(Self.end)"
      let place = csignals_file_begun(path)
      let handle = SystemCall.retrying { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      guard handle >= 0 else {
        csignals_file_ended(place)
        return nil
      }
      _ = SystemCall.retrying { flock(handle, LOCK_EX) }
      var status = stat()
      // Whoever clears the folder may have come between opening and locking.
      if fstat(handle, &status) != 0 || status.st_nlink > 0 {
        (self.handle, self.path, self.place) = (handle, path, place)
        return
      }
      csignals_file_ended(place)
      close(handle)
    }
  }

  deinit {
    unlink(path)
    csignals_file_ended(place)
    close(handle)
  }

  /// Puts the file, with all that was written, into the place of `target`; false for a failure that `errno` tells.
  func replace(_ target: String) -> Bool { SystemCall.retrying({ fsync(handle) }) == 0 && rename(path, target) == 0 }

  /// Whether a file of that name is one of these.
  static func isNamed(_ name: String) -> Bool {
    // The probe is that of an earlier version.
    name.hasPrefix(start) && name.hasSuffix(end) || name == ".glia-probe"
  }

  /// Removes the file at `path` if nobody writes it any more.
  static func remove(abandoned path: String) {
    let handle = SystemCall.retrying { open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) }
    guard handle >= 0 else { return }
    defer { close(handle) }
    var status = stat()
    guard fstat(handle, &status) == 0, status.isRegular else { return }
    let isLocked = flock(handle, LOCK_EX | LOCK_NB) != 0
    // Without locks, a file that is a day old is taken for abandoned.
    let isOld = errno != EWOULDBLOCK && time(nil) - status.modified > 86_400
    if !isLocked || isOld { unlink(path) }
  }
}
