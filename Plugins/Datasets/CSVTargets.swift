import GliaCore

/// The target columns of a CSV file, or the keys of a split: numeric if every cell is a number, otherwise text.
struct CSVTargets {
  private struct Cells {
    let column: Int
    /// The cells as written in the file, with a decimal point in numbers.
    var texts: [String] = []
    /// The numbers, as long as all cells are numeric.
    var numbers: [Double] = []
    var hasNumbers = false
    var hasText = false
    /// Words for missing values, which may be class names.
    var missing: CSVFaults.Fault?
  }

  private var targets: [Cells]
  private let role: CSVFaults.Role

  init(_ columns: [Int], as role: CSVFaults.Role = .target) {
    (targets, self.role) = (columns.map { Cells(column: $0) }, role)
  }

  /// Appends the targets of the current sample; cells that are neither a finite number nor a name are added to `faults`.
  mutating func append(_ table: CSVTable, faults: inout CSVFaults) {
    for index in targets.indices {
      let column = targets[index].column
      if let number = table.double(column) {
        let text = table.trimmed(column)
        targets[index].texts.append(table.point == UInt8(ascii: ",") ? text.replacing(",", with: ".") : text)
        if !targets[index].hasText, targets[index].missing == nil { targets[index].numbers.append(number) }
        targets[index].hasNumbers = true
        continue
      }
      let text = table.trimmed(column)
      let kind = table.kind(column)
      targets[index].texts.append(table.reader.text(column))
      // Text that Swift parses as NaN or infinity is not a class name.
      if kind == .empty || kind == .tooLarge || role.isKey && kind == .missing
        || Double(text).map({ !$0.isFinite }) ?? false
      {
        faults.add(column, of: table, as: role, kind: kind)
      } else if kind == .missing {
        targets[index].missing?.count += 1
        guard targets[index].missing == nil else { continue }
        targets[index].missing = CSVFaults.Fault(
          column: table.header[column], role: role, kind: kind, what: kind.telling(of: text), text: text,
          line: table.reader.line)
      } else {
        targets[index].hasText = true
      }
    }
  }

  /// A note for each column in which words for missing values are read as class names.
  func notes(_ table: CSVTable) -> [String] {
    targets.compactMap { target in
      guard let missing = target.missing, target.hasText || !target.hasNumbers else { return nil }
      return
        "column '\(missing.column.excerpt)' has \(missing.count.counted("word")) for missing values, such as "
        + "'\(missing.text.excerpt)', read as a class name"
        + (table.isModels ? "" : "; \"missing\": \"drop\" removes such rows")
    }
  }

  /// The target columns.
  ///
  /// - Throws: if there are invalid cells, or a numeric column contains words for missing values.
  func columns(_ table: CSVTable, faults: CSVFaults) throws -> [Column] {
    var faults = faults
    for target in targets where target.hasNumbers && !target.hasText {
      if let missing = target.missing { faults.add(missing) }
    }
    try faults.check(table)
    return targets.map { target in
      let name = table.header[target.column]
      return target.numbers.count == target.texts.count
        ? Column(name, numbers: target.numbers, written: target.texts.map(CSVTable.numeral))
        : Column(name, text: target.texts)
    }
  }
}
