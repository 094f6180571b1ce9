import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
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
      let temporary = try explaining(path) { try TemporaryFile(in: folder) }
      let file = temporary.file
      if let old = try? Stat(target) { try? SystemCall.setPermissions(of: file, like: old) }
      try body { bytes in try explaining(path) { try file.append(bytes) } }
      try explaining(path) { try temporary.replace(target) }
    }
    // The new name lasts only when its folder is on disk, too. Not every file system can do that; the file is whole anyway.
    if let directory = try? FileDescriptor.open(folder, .readOnly, options: .closeOnExec) {
      try? directory.closeAfter { try SystemCall.synchronize(directory) }
    }
  }

  /// Finds out whether a file can be written at `path`; what stands there stays as it is.
  ///
  /// - Throws: `GliaError` of the category `output`, as writing would.
  public static func check(_ path: String) throws {
    let folder = folder(of: try target(of: path))
    _ = try explaining(path) { try TemporaryFile(in: folder) }
  }

  /// Finds out whether files can be written into the folder at `path`.
  ///
  /// - Throws: `GliaError` of the category `output` that names the folder.
  public static func check(folder path: String) throws {
    guard path.isPath else { throw refusal("this is not a path", path) }
    _ = try explaining(path) { try TemporaryFile(in: path) }
  }

  /// Removes files that were in the making in the folder at `path` when a program was killed.
  public static func removeAbandoned(in path: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where TemporaryFile.isNamed(name) {
      TemporaryFile.remove(abandoned: "\(path)/\(name)")
    }
  }

  /// Removes the file at `path`, if there is one; a folder stays.
  public static func remove(_ path: String) { try? SystemCall.remove(path) }

  /// The file to replace: `path`, or what it points to as a symbolic link.
  private static func target(of path: String) throws -> String {
    guard path.isPath else { throw refusal("this is not a path", path) }
    if let type = try? Stat(path).type {
      guard type != .directory else { throw refusal("this is a folder", path, remedy: "name a file in it") }
      guard type == .regular else { throw refusal("this is not a regular file", path, remedy: "choose another name") }
    }
    var target = path
    // Linux follows 40 links, too, before it takes them for a circle.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else { return target }
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

  /// Runs `calls`; why the system refuses one becomes an error about `path`.
  private static func explaining<T: ~Copyable>(_ path: String, _ calls: () throws -> T) throws -> T {
    do { return try calls() } catch let error as Errno {
      let remedy: String? =
        switch error {
        case .noSuchFileOrDirectory, .notDirectory: "make the folder \(folder(of: path).visible(limit: 4096)) first"
        case .permissionDenied, .notPermitted, .readOnlyFileSystem:
          "choose another folder, or allow writing to this one"
        case .noSpace, .diskQuotaExceeded, .fileTooLarge: "make room, or choose another disk"
        default: nil
        }
      throw refusal("cannot be written: \(error)", path, remedy: remedy)
    }
  }
}
