import Foundation
import GliaCore
import SystemPackage

/// The output folder of a run.
///
/// A run that is rejected or fails leaves the files of an earlier run in place: ``check(_:)`` first makes sure that all
/// files can be written, each file then replaces the old one atomically, and outdated files are removed
/// (``remove(_:)``) only after the run has written its own model.
struct OutputFolder {
  let path: String

  /// The folder of an experiment: `glia-output/` and its name, with `-` for anything but letters, digits, `-`, `_` and `.`.
  init(named name: String) {
    let kept = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    // Names such as `..` refer to other folders.
    let isPlain = kept.contains { $0 != "." }
    path = "glia-output/" + (isPlain ? kept : "experiment")
  }

  init(path: String) { self.path = path }

  /// A run may read these files and also replace them.
  private static let continued: Set = [
    TrainingRun.modelName, TrainingRun.checkpointName, "report.json", SearchRun.log, log,
  ]

  /// Throws, before hours of training, if a file cannot be written or is one of the run's own inputs. Creates nothing.
  func check(_ names: [String]) throws {
    guard !path.isEmpty else { throw UsageMistake("an empty path", at: "--output", expected: "a folder") }
    let exists = try Self.exists(path)
    try exists ? Self.locatingOutput { try AtomicFile.check(folder: path) } : checkThatItCanBeMade()
    // A folder that does not exist yet has no subfolders.
    for name in names where exists || name.contains("/") {
      try Self.locatingOutput { try AtomicFile.check(file(name)) }
      if !Self.continued.contains(name) { try OutputFile.refuseInput(file(name)) }
    }
  }

  /// Creates the folder and its parents, and removes incomplete files of runs that were killed.
  func make() throws {
    try Self.make(path)
    guard try Self.exists(path) else { throw Self.refusal("cannot create the folder", at: path) }
    AtomicFile.removeAbandoned(in: path)
  }

  /// The file at `path`, or the one called `name` in a folder there.
  static func file(_ name: String, at path: String) -> String {
    isFolder(path) ? OutputFolder(path: path).file(name) : path
  }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Removes the files with these names that an earlier run left.
  func remove(_ names: [String]) { for name in names { AtomicFile.remove(file(name)) } }

  private func checkThatItCanBeMade() throws {
    var parent = path
    repeat { parent = Self.parent(of: parent) } while try !Self.exists(parent)
    do { try AtomicFile.check(folder: parent) } catch let error as GliaError {
      throw Self.refusal("cannot create the folder: \(error.what)", at: path)
    }
  }

  /// Whether the folder exists; throws if the path is not a folder.
  private static func exists(_ path: String) throws -> Bool {
    if isFolder(path) { return true }
    guard (try? Stat(path, followTargetSymlink: false)) == nil else {
      throw refusal("the path is a file or a broken link, not a folder", at: path)
    }
    return false
  }

  private static func isFolder(_ path: String) -> Bool { (try? Stat(path).type) == .directory }

  /// The parent folder of `path`.
  private static func parent(of path: String) -> String {
    guard let slash = path.drop(while: { $0 == "/" }).dropLast().lastIndex(of: "/") else {
      return path.hasPrefix("/") ? "/" : "."
    }
    return String(path[..<slash])
  }

  private static func make(_ path: String) throws {
    guard !isFolder(path) else { return }
    try make(parent(of: path))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw refusal("cannot create the folder: \(Errno(rawValue: errno))", at: path)
    }
  }

  /// Runs `body`, and adds a hint to its errors that suggests another folder.
  private static func locatingOutput(_ body: () throws -> Void) throws {
    do { try body() } catch var error as GliaError where error.category == .output {
      error.remedy = error.remedy ?? "choose another folder with --output"
      throw error
    }
  }

  private static func refusal(_ what: String, at path: String) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a writable folder", remedy: "choose another with --output",
      category: .output)
  }
}
