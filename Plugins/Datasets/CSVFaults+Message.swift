import GliaCore

extension CSVFaults {
  /// The maximum number of columns listed; further ones are only counted.
  private static let mostListed = 10

  /// Throws a single error that describes all invalid cells.
  func check(_ table: CSVTable) throws {
    guard let first = faults.first else { return }
    let place = "\(table.reader.path):\(first.line), column '\(first.column.excerpt)'"
    guard faults.count > 1 else {
      throw GliaError(
        first.what, at: place, expected: first.expected,
        remedy: remedy(first, table) + (first.count > 1 ? " (\(first.count) such cells)" : ""))
    }
    let columns = Set(faults.map(\.column)).count
    var lines = faults.prefix(Self.mostListed).map { fault in
      "'\(fault.column.excerpt)', line \(fault.line): \(fault.what) (\(fault.count) \(fault.count == 1 ? "cell" : "cells")):"
        + " \(remedy(fault, table))"
    }
    if faults.count > Self.mostListed { lines.append("and \(faults.count - Self.mostListed) more") }
    let names = faults.filter { isCategory($0, table) }.map { "\"\($0.column.excerpt)\"" }
    if names.count > 1 { lines.append("together: \"categories\": [\(names.joined(separator: ", "))]") }
    throw GliaError(
      columns == 1
        ? "column '\(first.column.excerpt)' has invalid cells of \(faults.count) kinds"
        : "\(columns) columns have invalid cells", at: place, expected: first.expected,
      remedy: lines.joined(separator: "\n"))
  }

  /// Whether the column could be used as a category.
  private func isCategory(_ fault: Fault, _ table: CSVTable) -> Bool {
    guard case .feature = fault.role, !table.isModels, fault.kind == .text || fault.kind == .truth else { return false }
    return fault.texts.count <= max(20, min(rows / 2, Self.mostTexts))
  }

  /// How to fix cells of one kind.
  private func remedy(_ fault: Fault, _ table: CSVTable) -> String {
    switch fault.role {
    case .category(let known):
      if let known {
        return Suggestion.nearest(to: fault.text, among: known).map { "did you mean '\($0.excerpt)'?" }
          ?? "no training sample has this value: correct the cell, remove the row, or train with \"unknown\": \"ignore\""
      }
      return table.isModels && (fault.kind == .empty || fault.kind == .missing)
        ? "fill the cell in, or remove the row" : "correct the cell, or remove the row"
    case .target, .weight, .key:
      let drops = fault.kind == .empty || fault.kind == .missing
      return drops && !table.isModels
        ? "fill the cell in, or use \"missing\": \"drop\", which removes the row"
        : "correct the cell, or remove the row"
    case .date:
      return fault.kind == .missing
        ? "fill the cell in" + (table.isModels ? "" : ", or use \"missing\": \"mean\" or \"drop\"")
        : "write it as 2024-03-31; 3/31/2024 and 31/3/2024 cannot be told apart"
    case .feature: return table.isModels ? modelRemedy(fault, table) : featureRemedy(fault, table)
    }
  }

  /// For a trained model, only the file can be changed, not the settings.
  private func modelRemedy(_ fault: Fault, _ table: CSVTable) -> String {
    switch fault.kind {
    case .empty, .missing:
      table.source.missing == .drop
        ? "fill the cell in, or remove the row: the model was trained on complete rows only (\"missing\": \"drop\")"
        : "fill the cell in, or remove the row: the model was trained on complete rows only"
    case .decimalComma, .comma: "write it with a point, as in the training data"
    case .decimalPoint: "write it with a comma, as in the training data"
    default: "correct the cell, or remove the row: the model was trained on numbers in this column"
    }
  }

  private func featureRemedy(_ fault: Fault, _ table: CSVTable) -> String {
    let ignore = "add the column to \"ignore\""
    let category = "use \"categories\": [\"\(fault.column.excerpt)\"]"
    switch fault.kind {
    case .empty, .missing: return "fill the cell in, use \"missing\": \"mean\" or \"drop\", or \(ignore)"
    case .decimalComma: return "it looks like a decimal comma: set \"decimal\": \",\""
    case .decimalPoint: return "set \"decimal\": \".\", or omit the setting"
    case .comma:
      return "set \"decimal\": \",\" if it is a decimal comma; otherwise write it without thousands separators"
    case .thousands: return "write it without thousands separators"
    case .percent: return "write it without the percent sign"
    case .currency: return "write it without the currency symbol"
    case .date: return "use \"dates\": [\"\(fault.column.excerpt)\"], or \(ignore)"
    case .time: return "write a number, such as minutes, or \(ignore)"
    case .tooLarge: return "change the unit of the column, or \(ignore)"
    case .infinite: return "correct the cell, remove the row, or \(ignore)"
    case .typographic: return "write it with the digits 0 to 9 and a hyphen as the minus sign"
    case .unit: return "write the number alone, or \(category)"
    case .truth: return "write 1 and 0, or \(category)"
    case .text:
      let values = fault.texts.count > Self.mostTexts ? "more than \(Self.mostTexts)" : "\(fault.texts.count)"
      let noun = fault.texts.count == 1 ? "value" : "values"
      if !isCategory(fault, table) { return "\(ignore): it has \(values) \(noun) in \(rows) rows" }
      if 10 * fault.count < rows { return "correct the cell, \(category), or \(ignore)" }
      return "\(category), which has \(values) \(noun), correct the cell, or \(ignore)"
    }
  }
}

extension CSVFaults.Fault {
  /// A description of valid cells.
  fileprivate var expected: String {
    switch role {
    case .feature: "a finite number in decimal digits, up to 3.4e38"
    case .category(let known?):
      "one of \(known.prefix(20).map(\.excerpt).joined(separator: ", "))\(known.count > 20 ? ", … (\(known.count))" : "")"
    case .category(nil): "the name of a value"
    case .target: "a finite number, or the name of a class"
    case .date: "a date such as 2024-03-31 or 31.3.2024, which a time such as 18:05 may follow"
    case .weight: "a finite number of 0 or more"
    case .key: "a value for every sample, because the split needs the column"
    }
  }
}
