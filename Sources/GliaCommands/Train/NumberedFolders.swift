import Foundation
import SystemPackage

/// The folders of runs that belong together, such as `fold-1`, `fold-2` and so on.
struct NumberedFolders {
  let folder: OutputFolder
  let prefix: String
  let count: Int

  /// The folder of run `index`, counted from 0.
  subscript(index: Int) -> OutputFolder { OutputFolder(path: folder.file("\(prefix)-\(index + 1)")) }

  /// Throws if one of the files cannot be written, before any work is done.
  func check(_ names: [String]) throws {
    for index in 0..<count where index == 0 || isPresent(index) { try self[index].check(names) }
  }

  /// Removes the files of an earlier run from the folders from index `first` on.
  func removeOutdated(_ names: [String], from first: Int) {
    var index = first
    while index < count || isPresent(index) {
      self[index].remove(names)
      // Folders with other contents are kept.
      rmdir(self[index].path)
      index += 1
    }
  }

  private func isPresent(_ index: Int) -> Bool {
    (try? Stat(self[index].path, followTargetSymlink: false)) != nil
  }
}
