import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Paths of files that start at, and are seen from, a folder.
public enum Paths {
  /// `path` as it is seen from anywhere, where a relative one starts in `folder`.
  public static func absolute(_ path: String, in folder: String = "") -> String {
    located(path, in: folder)?.string ?? path
  }

  /// `path` as it is seen from `folder`, so that both may move together.
  public static func relative(_ path: String, to folder: String) -> String {
    guard let target = located(path)?.components, let start = located(folder)?.components else { return path }
    let shared = zip(target, start).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - shared)
    return (up + target.dropFirst(shared).map(\.string)).joined(separator: "/")
  }

  /// The folder that the file at `path` lies in.
  public static func folder(of path: String) -> String {
    located(path)?.removingLastComponent().string ?? path
  }

  /// The name of the file at `path` without its ending.
  public static func name(of path: String) -> String { FilePath(path).stem ?? "" }

  /// The path from the root, `.` and `..` resolved; `nil` for one with a zero byte, which would end there and lead elsewhere.
  private static func located(_ path: String, in folder: String = "") -> FilePath? {
    guard !(path + folder).utf8.contains(0) else { return nil }
    return FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(folder)).pushing(FilePath(path))
      .lexicallyNormalized()
  }
}

extension String {
  /// Whether this can be handed to the system as a path: a zero byte would silently cut it short.
  var isPath: Bool { !isEmpty && !utf8.contains(0) }
}
