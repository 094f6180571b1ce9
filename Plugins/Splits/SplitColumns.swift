import GliaCore

extension SplitKeys {
  /// Creates the keys of a split with one column of groups or one of times.
  init(by group: String?, order: String?) {
    self.init(groups: [group].compactMap(\.self), order: [order].compactMap(\.self))
  }
}

extension Split {
  /// Throws for a combination of settings that contradict each other.
  func checkKeys(stratify: Bool, by group: String?, order: String?) throws {
    guard let given = order.map({ _ in "order" }) ?? group.map({ _ in "by" }) else { return }
    let why = order == nil ? "a group is not divided, whatever its classes" : "time alone decides"
    if stratify {
      throw GliaError(
        "stratify cannot be used with \(given)", at: "stratify", expected: "one of the two: \(why)",
        remedy: "leave one of them out")
    }
    if group != nil, order != nil {
      throw GliaError(
        "by cannot be used with order", at: "order",
        expected: "one of the two: a group may have samples of all times, so it would be in all parts",
        remedy: "leave one of them out")
    }
  }
}

extension [String] {
  /// The number of cells whose form is examined.
  private static let examined = 10_000

  /// Throws if the order of texts is not that of what they mean: of numbers among text, and of dates that do not begin with the
  /// year.
  func requireOrder(of name: String) throws {
    let place = "column '\(name.excerpt)'"
    let cells = prefix(Self.examined)
    let numbers = cells.count { Double($0) != nil }
    if numbers > 0, let word = cells.first(where: { Double($0) == nil }) {
      throw GliaError(
        "numbers and the text '\(word.excerpt)' have no common order", at: place,
        expected: "numbers, or text such as 2024-05-01, in every cell", remedy: "correct the cell")
    }
    for cell in cells {
      let kind = CellKind(of: cell)
      guard kind == .date || kind == .time, !cell.trimmed.isOrderedTime else { continue }
      throw GliaError(
        "\(kind.telling(of: cell)) cannot be ordered as text", at: place,
        expected: "dates and times that begin with the largest unit, such as 2024-05-01 or 09:30",
        remedy: "rewrite the column, or order by a column of numbers")
    }
  }
}

extension String {
  /// Whether a date or time begins with the largest unit, with leading zeros (ISO 8601).
  fileprivate var isOrderedTime: Bool {
    wholeMatch(of: /[0-9]{4}[-\/.][0-9]{2}([-\/.][0-9]{2}([T ].*)?)?|[0-9]{2}:[0-9]{2}.*/) != nil
  }
}
