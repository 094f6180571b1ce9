#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Writes files whole or not at all: into a temporary sibling first, which then takes the target's place.
///
/// Whoever reads the target meets the old content or the new one, even if the program or the machine stops meanwhile.
/// An existing file keeps its permissions, and a symbolic link keeps pointing where it did.
public enum AtomicFile {
  /// Writes `bytes`.
  ///
  /// - Throws: `GliaError` of the category `output`; what stood at `path` before then stays.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { write in try bytes.withUnsafeBytes(write) }
  }

  /// Writes `text` as UTF-8.
  public static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Writes in pieces, so that large contents need no copy: `body` calls the function it is given once for each.
  ///
  /// - Throws: What `body` throws, or `GliaError` of the category `output`; what stood at `path` before then stays.
  public static func write(
    to path: String, pieces body: (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let target = try target(of: path)
    let folder = folder(of: target)
    let temporary = "\(folder)/.glia-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    let file = SystemCall.retrying { open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    guard file >= 0 else { throw failure(path) }
    do {
      defer { close(file) }
      if let old = SystemCall.status(of: target) { fchmod(file, old.st_mode & 0o777) }
      try body { bytes in
        guard SystemCall.append(bytes, to: file) else { throw failure(path) }
      }
      guard SystemCall.retrying({ fsync(file) }) == 0, rename(temporary, target) == 0 else { throw failure(path) }
    } catch {
      unlink(temporary)
      throw error
    }
    // The new name lasts only when its folder is on disk, too. Not every file system can do that; the file is whole anyway.
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Removes the file at `path`, if there is one.
  public static func remove(_ path: String) { unlink(path) }

  /// The file to replace: `path`, or what it points to as a symbolic link.
  private static func target(of path: String) throws -> String {
    guard SystemCall.accepts(path) else { throw refusal("this is not a path", path) }
    if let status = SystemCall.status(of: path) {
      guard !status.isFolder else { throw refusal("this is a folder", path, remedy: "name a file in it") }
      guard status.isRegular else { throw refusal("this is no regular file", path, remedy: "choose another name") }
    }
    var target = path
    // Linux follows 40 links, too, before it takes them for a circle.
    for _ in 0..<40 {
      let capacity = Int(PATH_MAX)
      var link = [CChar](repeating: 0, count: capacity)
      let length = readlink(target, &link, capacity)
      guard length >= 0 else { return target }
      let next = String(decoding: link.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      target = next.hasPrefix("/") ? next : "\(folder(of: target))/\(next)"
    }
    throw refusal("symbolic links go round in a circle", path, remedy: "remove one of them")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func refusal(_ what: String, _ path: String, remedy: String? = nil) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a file that can be written", remedy: remedy, category: .output)
  }

  /// The error for the system's last answer.
  private static func failure(_ path: String) -> GliaError {
    let remedy: String? =
      switch errno {
      case ENOENT, ENOTDIR: "make the folder \(folder(of: path).visible(limit: 4096)) first"
      case EACCES, EPERM, EROFS: "choose another folder, or allow writing to this one"
      case ENOSPC, EDQUOT, EFBIG: "make room, or choose another disk"
      default: nil
      }
    return refusal("cannot be written: \(SystemCall.reason)", path, remedy: remedy)
  }
}
