#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Paths of files that start at, and are seen from, a folder.
public enum FilePath {
  /// `path` as it is seen from anywhere, where a relative one starts in `folder`.
  public static func absolute(_ path: String, in folder: String = "") -> String {
    let base = path.hasPrefix("/") ? [] : folder.hasPrefix("/") ? [folder] : [currentFolder, folder]
    return "/" + parts((base + [path]).joined(separator: "/")).joined(separator: "/")
  }

  /// `path` as it is seen from `folder`, so that both may move together.
  public static func relative(_ path: String, to folder: String) -> String {
    let (target, start) = (parts(absolute(path)), parts(absolute(folder)))
    let shared = zip(target, start).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: start.count - shared) + target[shared...]).joined(separator: "/")
  }

  /// The folder that the file at `path` lies in.
  public static func folder(of path: String) -> String {
    "/" + parts(absolute(path)).dropLast().joined(separator: "/")
  }

  /// The name of the file at `path` without its ending.
  public static func name(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static var currentFolder: String { FileManager.default.currentDirectoryPath }

  /// The names along a path, `.` and `..` resolved.
  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").reduce(into: []) { parts, name in
      if name == ".." { _ = parts.popLast() } else if name != "." { parts.append(String(name)) }
    }
  }
}
