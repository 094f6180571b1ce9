import Foundation
import SystemPackage

/// The folders of runs that belong together, such as `fold-1`, `fold-2` and so on.
struct NumberedFolders {
  let folder: OutputFolder
  let prefix: String
  let count: Int

  /// The folder of run `number`, counted from 1.
  subscript(number: Int) -> OutputFolder { OutputFolder(path: folder.file("\(prefix)-\(number)")) }

  /// Throws if one of the files cannot be written, before any work is done.
  func check(_ names: [String]) throws {
    for number in stride(from: 1, through: count, by: 1) where number == 1 || isPresent(number) {
      try self[number].check(names)
    }
  }

  /// Removes the files of an earlier run from run `first` on, except from the folder at the path `kept`.
  func removeOutdated(_ names: [String], from first: Int = 1, keeping kept: String? = nil) {
    removeOutdated(from: first, keeping: kept) { $0.remove(names) }
  }

  /// Runs `remove` for the folders of an earlier run, except for the one at the path `kept`, and removes those that are empty.
  func removeOutdated(from first: Int = 1, keeping kept: String? = nil, _ remove: (OutputFolder) -> Void) {
    var number = first
    while number <= count || isPresent(number) {
      let own = self[number]
      number += 1
      guard own.path != kept else { continue }
      remove(own)
      // Folders with other contents are kept.
      rmdir(own.path)
    }
  }

  private func isPresent(_ number: Int) -> Bool {
    (try? Stat(self[number].path, followTargetSymlink: false)) != nil
  }
}
