import Foundation
import GliaCore
import SystemPackage

/// The folder that a run leaves its files in.
///
/// A run that is refused or fails leaves there what a former run made: ``check(_:)`` finds out first whether all files can
/// be written, each then takes the place of its predecessor whole, and what has no successor is removed
/// (``remove(_:)``) when the run has written its own model, never before.
struct OutputFolder {
  let path: String

  /// The folder of an experiment: `glia-output/` and its name; what is not a letter, digit, `-`, `_` or `.` becomes `-`.
  init(named name: String) {
    let kept = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
    // Names of dots alone lead elsewhere.
    let isPlain = kept.contains { $0 != "." }
    path = "glia-output/" + (isPlain ? kept : "experiment")
  }

  init(path: String) { self.path = path }

  /// A run may go on from these and replace them.
  private static let continued: Set = [TrainingRun.modelName, TrainingRun.checkpointName, "report.json"]

  /// Refuses, before hours of training, what would be found after them: files that cannot be written, or that the run itself
  /// has read. Nothing is made.
  func check(_ names: [String]) throws {
    guard !path.isEmpty else { throw UsageMistake("an empty path", at: "--output", expected: "a folder") }
    let exists = try Self.exists(path)
    try exists ? Self.locatingOutput { try AtomicFile.check(folder: path) } : checkThatItCanBeMade()
    // A folder that is still to be made has no other folders in it.
    for name in names where exists || name.contains("/") {
      try Self.locatingOutput { try AtomicFile.check(file(name)) }
      if !Self.continued.contains(name) { try OutputFile.refuseInput(file(name)) }
    }
  }

  /// Makes the folder and those that it lies in, and removes what runs that were killed left half written there.
  func make() throws {
    try Self.make(path)
    guard try Self.exists(path) else { throw Self.refusal("the folder cannot be made", at: path) }
    AtomicFile.removeAbandoned(in: path)
  }

  /// The file at `path`, or the one called `name` in a folder there.
  static func file(_ name: String, at path: String) -> String {
    isFolder(path) ? OutputFolder(path: path).file(name) : path
  }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Removes what a former run left under these names.
  func remove(_ names: [String]) { for name in names { AtomicFile.remove(file(name)) } }

  private func checkThatItCanBeMade() throws {
    var parent = path
    repeat { parent = Self.parent(of: parent) } while try !Self.exists(parent)
    do { try AtomicFile.check(folder: parent) } catch let error as GliaError {
      throw Self.refusal("the folder cannot be made: \(error.what)", at: path)
    }
  }

  /// Whether the folder exists; throws if something else stands in its place.
  private static func exists(_ path: String) throws -> Bool {
    if isFolder(path) { return true }
    guard (try? Stat(path, followTargetSymlink: false)) == nil else {
      throw refusal("there is a file in the folder's place, or a link that leads nowhere", at: path)
    }
    return false
  }

  private static func isFolder(_ path: String) -> Bool { (try? Stat(path).type) == .directory }

  /// The folder that `path` lies in.
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
      throw refusal("the folder cannot be made: \(Errno(rawValue: errno))", at: path)
    }
  }

  /// Runs `body`; what it refuses another folder would fix.
  private static func locatingOutput(_ body: () throws -> Void) throws {
    do { try body() } catch var error as GliaError where error.category == .output {
      error.remedy = error.remedy ?? "choose another folder with --output"
      throw error
    }
  }

  private static func refusal(_ what: String, at path: String) -> GliaError {
    GliaError(
      what, at: path.excerpt, expected: "a folder that can be written", remedy: "choose another with --output",
      category: .output)
  }
}
