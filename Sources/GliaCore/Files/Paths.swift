import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Conversions between absolute paths and paths relative to a folder.
public enum Paths {
  /// Returns `path` as an absolute path; a relative one starts in `folder`.
  public static func absolute(_ path: String, in folder: String = "") -> String {
    located(path, in: folder)?.string ?? path
  }

  /// Returns `path` relative to `folder`, so that both can be moved together.
  public static func relative(_ path: String, to folder: String) -> String {
    guard let target = located(path)?.components, let start = located(folder)?.components else { return path }
    let shared = zip(target, start).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - shared)
    return (up + target.dropFirst(shared).map(\.string)).joined(separator: "/")
  }

  /// Returns the folder that contains the file at `path`.
  public static func folder(of path: String) -> String {
    located(path)?.removingLastComponent().string ?? path
  }

  /// Returns the name of the file at `path` without its extension.
  public static func name(of path: String) -> String { FilePath(path).stem ?? "" }

  /// Returns the absolute path with `.` and `..` resolved; `nil` for a path with a zero byte, where the system would truncate
  /// it.
  private static func located(_ path: String, in folder: String = "") -> FilePath? {
    guard !(path + folder).utf8.contains(0) else { return nil }
    return FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(folder)).pushing(FilePath(path))
      .lexicallyNormalized()
  }
}

extension String {
  /// Whether this can be passed to the system as a path: a zero byte would silently truncate it.
  var isPath: Bool { !isEmpty && !utf8.contains(0) }
}
