import GliaCore

/// The columns by which a split groups or orders the samples of a CSV file.
extension CSV {
  /// The columns of the targets and the weight.
  func roles(in table: CSVTable) throws -> [Int] {
    try table.columns(target.names, as: "target") + table.columns(weight.map { [$0] } ?? [], as: "weight")
  }

  /// The columns that are not features because the split needs them, without those in `others`: the groups, and times that are
  /// not numbers. Categories and dates remain features.
  func keys(_ keys: SplitKeys, in table: CSVTable, besides others: [Int]) throws -> [Int] {
    _ = try table.columns(keys.names, as: "a key of the split")
    func free(_ names: [String]) throws -> [Int] {
      try table.columns(names.filter { !(categories + dates).contains($0) }, as: "a key of the split").filter {
        !others.contains($0)
      }
    }
    return try Array(Set(free(keys.groups) + withText(free(keys.order))))
  }

  /// Returns the columns in which a cell is neither a number nor missing, in a separate pass.
  private func withText(_ columns: [Int]) throws -> [Int] {
    guard !columns.isEmpty else { return [] }
    var table = try CSVTable(path: path, like: self, wanted: wanted, isModels: false)
    var rest = columns
    while !rest.isEmpty, try table.next() { rest.removeAll { table.number($0) == nil && !table.isMissing($0) } }
    return columns.filter { !rest.contains($0) }
  }
}
