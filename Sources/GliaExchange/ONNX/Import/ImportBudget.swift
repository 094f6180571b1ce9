import Glia

/// How much an import may compute and hold: a few bytes of a file can ask for endless work.
final class ImportBudget {
  private let limit: Int
  private var spent = 0

  /// Creates the budget for a file of `bytes` bytes; the work on its own numbers is never too much.
  init(bytes: Int = 0) { limit = (1 << 26) + 2 * min(bytes, 1 << 40) }

  /// Throws if `numbers` more numbers to compute or to hold are too many.
  func charge(_ numbers: Int, at place: String) throws {
    guard numbers <= limit - spent else {
      throw GliaError(
        "the graph needs too much work or memory", at: place,
        expected: "at most \(limit.grouped) numbers to compute in all for a file of this size",
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
