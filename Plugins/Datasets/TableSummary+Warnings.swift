import GliaCore

extension TableSummary {
  /// What should be known before training on the table, each with its evidence.
  public var warnings: [String] { warnings(ignoring: []) }

  /// What should be known before training on the table without the columns named, each with its evidence.
  public func warnings(ignoring ignored: Set<String>) -> [String] {
    let columns = columns.filter { !ignored.contains($0.name) }
    let valid = rows - brokenRows
    var found: [String] = []
    if brokenRows > 0 {
      found.append("\(brokenRows.counted("row")) of \(rows.grouped) with fewer or more cells than the header")
    }
    let empty = columns.filter { $0.kind == .empty }
    if !empty.isEmpty {
      found.append("\(empty.named) \(empty.count == 1 ? "is" : "are") empty; add \(empty.pronoun) to \"ignore\"")
    }
    let constant = columns.filter { $0.distinct == 1 && valid - $0.missing > 1 }
    if !constant.isEmpty {
      found.append(
        "\(constant.named) \(constant.count == 1 ? "has" : "have") the same value in all rows, from which nothing can be "
          + "learned; add \(constant.pronoun) to \"ignore\"")
    }
    for column in columns {
      let (name, filled) = ("'\(column.name.excerpt)'", valid - column.missing)
      if column.kind == .text, filled >= 20, !column.suitsEmbedding {
        let many = column.distinct > Self.mostValues ? "more than \(Self.mostValues.grouped)" : column.distinct.grouped
        found.append("\(name) has \(many) distinct texts in \(filled.counted("row")); add it to \"ignore\"")
      }
      if column.kind == .percent, column.percentages < filled {
        found.append(
          "\(name) has \((filled - column.percentages).counted("number")) without a percent sign, read as percent, too: "
            + "0.5 is 0.5 %")
      }
      if column.kind != .empty, 2 * column.missing > valid {
        found.append("\(name) is missing in \((Double(column.missing) / Double(valid)).percent) of the rows")
      }
    }
    return found
  }
}

extension [TableSummary.Column] {
  /// The names of the first columns, and how many others there are.
  fileprivate var named: String {
    let shown = prefix(4).map { "'\($0.name.excerpt)'" }.joined(separator: ", ")
    return count > 4 ? "\(count.counted("column")) (\(shown), …)" : shown
  }

  fileprivate var pronoun: String { count == 1 ? "it" : "them" }
}
