import Glia

/// How much an import may compute and hold: a few bytes of a file can ask for endless work.
final class ImportBudget {
  private let limit: Int
  private var spent = 0

  /// Creates the budget for a graph that has that many `numbers`; the work on these is never too much.
  init(numbers: Int = 0) { limit = (1 << 26) + 8 * min(numbers, 1 << 38) }

  /// Throws if `numbers` more numbers to compute or to hold are too many.
  func charge(_ numbers: Int, at place: String) throws {
    guard numbers <= limit - spent else {
      throw GliaError(
        "the graph needs too much work or memory", at: place,
        expected: "at most \(limit.grouped) numbers to compute in all for a graph of this size",
        remedy: "simplify the model before exporting, or make its samples smaller")
    }
    // In double precision, and once more as tensors.
    try Memory.require(floats: 4 * numbers, for: "the numbers of the graph", at: place)
    spent += max(numbers, 0)
  }

  /// Throws if `rows` · `columns` more numbers are too many.
  func charge(_ rows: Int, times columns: Int, at place: String) throws {
    let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
    try charge(overflow ? .max : product, at: place)
  }
}
