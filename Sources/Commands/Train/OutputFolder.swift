import Foundation
import GliaCore

/// The folder that a training leaves its files in.
struct OutputFolder {
  let path: String

  /// The folder of an experiment: `glia-output/` and its name; what is no letter, digit, `-`, `_` or `.` becomes `-`.
  init(named name: String) {
    let kept = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    // Names of dots alone lead elsewhere.
    let isPlain = kept.contains { $0 != "." }
    path = "glia-output/" + (isPlain ? kept : "experiment")
  }

  init(path: String) { self.path = path }

  /// Makes the folder and tries to write into it, so that hours of training do not end in an error.
  func prepare(for names: [String]) throws {
    guard !path.isEmpty else { throw UsageMistake("an empty path", at: "--output", expected: "a folder") }
    try make(path)
    for name in names where isFolder(file(name)) {
      throw refusal("there is a folder in the place of the file", at: file(name))
    }
    let probe = file(".glia-probe")
    try AtomicFile.write("", to: probe)
    try? FileManager.default.removeItem(atPath: probe)
  }

  /// The file at `path`, or the one called `name` in a folder there.
  static func file(_ name: String, at path: String) -> String {
    let folder = OutputFolder(path: path)
    return folder.isFolder(path) ? folder.file(name) : path
  }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Removes what a former run left under that name.
  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: file(name)) }

  /// Makes a folder and those that it lies in.
  private func make(_ path: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard isFolder.boolValue else { throw refusal("there is a file in the folder's place", at: path) }
      return
    }
    if let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex { try make(String(path[..<slash])) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw refusal("the folder cannot be made: \(String(cString: strerror(errno)))", at: path)
    }
  }

  private func refusal(_ what: String, at path: String) -> GliaError {
    GliaError(
      what, at: path.excerpt, expected: "a folder that can be written", remedy: "choose another with --output",
      category: .output)
  }
}
