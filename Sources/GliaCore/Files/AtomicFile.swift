import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes files atomically: first to a temporary file in the same folder, which then replaces the target.
///
/// A reader of the target sees either the old content or the new one, even if the program or the machine stops in between. An
/// existing file keeps its permissions, and a symbolic link keeps its target.
public enum AtomicFile {
  /// Writes `bytes` to the file at `path`.
  ///
  /// - Throws: `GliaError` of the category `output`; the existing content at `path` is then kept.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { write in try bytes.withUnsafeBytes(write) }
  }

  /// Writes `text` as UTF-8 to the file at `path`.
  public static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  /// Writes in pieces, so that large contents need not be copied: `body` calls the given function once for each piece.
  ///
  /// - Throws: any error of `body`, or `GliaError` of the category `output`; the existing content at `path` is then kept.
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
    // The rename is durable only once the folder is synchronized, too. Not every file system supports that; the file is
    // complete anyway.
    if let directory = try? FileDescriptor.open(folder, .readOnly, options: .closeOnExec) {
      try? directory.closeAfter { try SystemCall.synchronize(directory) }
    }
  }

  /// Checks whether a file can be written at `path`; existing content is not changed.
  ///
  /// - Throws: `GliaError` of the category `output`, as writing would.
  public static func check(_ path: String) throws {
    let folder = folder(of: try target(of: path))
    _ = try explaining(path) { try TemporaryFile(in: folder) }
  }

  /// Checks whether files can be written in the folder at `path`.
  ///
  /// - Throws: `GliaError` of the category `output` that names the folder.
  public static func check(folder path: String) throws {
    guard path.isPath else { throw refusal("this is not a valid path", path) }
    _ = try explaining(path) { try TemporaryFile(in: path) }
  }

  /// Removes temporary files that killed programs left in the folder at `path`.
  public static func removeAbandoned(in path: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where TemporaryFile.isNamed(name) {
      TemporaryFile.remove(abandoned: "\(path)/\(name)")
    }
  }

  /// Removes the file at `path`, if there is one, but not a folder.
  public static func remove(_ path: String) { try? SystemCall.remove(path) }

  /// Returns the file to replace: `path`, or the target of a symbolic link.
  private static func target(of path: String) throws -> String {
    guard path.isPath else { throw refusal("this is not a valid path", path) }
    if let type = try? Stat(path).type {
      guard type != .directory else { throw refusal("this is a folder", path, remedy: "name a file in it") }
      guard type == .regular else { throw refusal("this is not a regular file", path, remedy: "choose another name") }
    }
    var target = path
    // Linux also follows at most 40 links before it reports a loop.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else { return target }
      target = next.hasPrefix("/") ? next : "\(folder(of: target))/\(next)"
    }
    throw refusal("the symbolic links form a loop", path, remedy: "remove one of them")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func refusal(_ what: String, _ path: String, remedy: String? = nil) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a file that can be written", remedy: remedy, category: .output)
  }

  /// Runs `calls`, and turns a system error into an error about `path`.
  private static func explaining<T: ~Copyable>(_ path: String, _ calls: () throws -> T) throws -> T {
    do { return try calls() } catch let error as Errno {
      let remedy: String? =
        switch error {
        case .noSuchFileOrDirectory, .notDirectory: "create the folder '\(folder(of: path).visible(limit: 4096))' first"
        case .permissionDenied, .notPermitted, .readOnlyFileSystem:
          "choose another folder, or change the permissions of this one"
        case .noSpace, .diskQuotaExceeded, .fileTooLarge: "free some space, or choose another disk"
        default: nil
        }
      throw refusal("cannot be written: \(error)", path, remedy: remedy)
    }
  }
}
