import GliaCore

/// The samples of a CSV file that are dropped because of missing values, counted by column.
struct CSVGaps {
  private let columns: [Int]
  private var counts: [Int: Int] = [:]
  private var leftOut = 0
  private var rows = 0

  /// Creates a counter for `columns`, which is empty unless samples with missing values are dropped.
  init(in columns: [Int], of source: CSV) { self.columns = source.missing == .drop ? columns : [] }

  /// Whether the current sample is dropped.
  mutating func leavesOut(_ table: CSVTable) -> Bool {
    rows += 1
    var isLeftOut = false
    for column in columns where table.isMissing(column) {
      counts[column, default: 0] += 1
      isLeftOut = true
    }
    if isLeftOut { leftOut += 1 }
    return isLeftOut
  }

  /// A note such as `55 of 300 rows dropped: missing in Age 40, Port 16`; nil if no row was dropped.
  func note(_ table: CSVTable) -> String? {
    guard leftOut > 0 else { return nil }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let columns = order.prefix(10).map { "\(table.header[$0.key].excerpt) \($0.value)" }
    let rest = order.count > 10 ? ", … (\(order.count) columns)" : ""
    return "\(leftOut) of \(rows) rows dropped: missing in \(columns.joined(separator: ", "))\(rest)"
  }
}
