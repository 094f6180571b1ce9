#if canImport(FoundationEssentials) && canImport(Glibc)
  import FoundationEssentials
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
    do {
      guard let temporary = TemporaryFile(in: folder) else { throw failure(path) }
      if let old = SystemCall.status(of: target) { fchmod(temporary.handle, old.st_mode & 0o777) }
      try body { bytes in
        guard SystemCall.append(bytes, to: temporary.handle) else { throw failure(path) }
      }
      guard temporary.replace(target) else { throw failure(path) }
    }
    // The new name lasts only when its folder is on disk, too. Not every file system can do that; the file is whole anyway.
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Finds out whether a file can be written at `path`; what stands there stays as it is.
  ///
  /// - Throws: `GliaError` of the category `output`, as writing would.
  public static func check(_ path: String) throws {
    guard TemporaryFile(in: folder(of: try target(of: path))) != nil else { throw failure(path) }
  }

  /// Finds out whether files can be written into the folder at `path`.
  ///
  /// - Throws: `GliaError` of the category `output` that names the folder.
  public static func check(folder path: String) throws {
    guard SystemCall.accepts(path) else { throw refusal("this is not a path", path) }
    guard TemporaryFile(in: path) != nil else { throw failure(path) }
  }

  /// Removes files that were in the making in the folder at `path` when a program was killed.
  public static func removeAbandoned(in path: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where TemporaryFile.isNamed(name) {
      TemporaryFile.remove(abandoned: "\(path)/\(name)")
    }
  }

  /// Removes the file at `path`, if there is one; a folder stays.
  public static func remove(_ path: String) { unlink(path) }

  /// The file to replace: `path`, or what it points to as a symbolic link.
  private static func target(of path: String) throws -> String {
    guard SystemCall.accepts(path) else { throw refusal("this is not a path", path) }
    if let status = SystemCall.status(of: path) {
      guard !status.isFolder else { throw refusal("this is a folder", path, remedy: "name a file in it") }
      guard status.isRegular else { throw refusal("this is not a regular file", path, remedy: "choose another name") }
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
