import CSignals
import SystemPackage

/// A temporary file that is deleted with this value unless it was moved to its final name.
///
/// Its writer holds a lock on it, which the system releases when the process ends, however it ends: this distinguishes
/// leftovers of a dead process from files still being written, in this process or on another machine.
struct TemporaryFile: ~Copyable {
  let file: FileDescriptor
  private let path: String
  private let place: Int32

  private static let (start, end) = (".glia-", ".tmp")

  /// Creates a new, empty file in `folder`.
  init(in folder: String) throws {
    while true {
      let path = "\(folder)/\(Self.start)\(String(UInt64.random(in: .min ... .max), radix: 36))\(Self.end)"
      let place = csignals_file_begun(path)
      do {
        let file = try FileDescriptor.open(
          path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
        try? SystemCall.lock(file)
        // The folder may have been cleaned up between opening and locking.
        if (try? file.stat().linkCount) != 0 {
          (self.file, self.path, self.place) = (file, path, place)
          return
        }
        try? file.close()
      } catch {
        csignals_file_ended(place)
        throw error
      }
      csignals_file_ended(place)
    }
  }

  deinit {
    try? SystemCall.remove(path)
    csignals_file_ended(place)
    try? file.close()
  }

  /// Replaces `target` by the file, with everything that was written.
  func replace(_ target: String) throws(Errno) {
    try SystemCall.synchronize(file)
    try SystemCall.move(path, to: target)
  }

  /// Returns whether the name is that of a temporary file.
  static func isNamed(_ name: String) -> Bool {
    // The probe file is that of an earlier version.
    name.hasPrefix(start) && name.hasSuffix(end) || name == ".glia-probe"
  }

  /// Removes the file at `path` if no process is writing it any more.
  static func remove(abandoned path: String) {
    let options: FileDescriptor.OpenOptions = [.nonBlocking, .noFollow, .closeOnExec]
    guard let file = try? FileDescriptor.open(path, .readWrite, options: options) else { return }
    defer { try? file.close() }
    guard let status = try? file.stat(), status.type == .regular else { return }
    do { try SystemCall.lock(file, waits: false) } catch .wouldBlock { return } catch {
      // Without locks, a file that is a day old is considered abandoned.
      guard SystemCall.age(of: status) > 86_400 else { return }
    }
    try? SystemCall.remove(path)
  }
}
