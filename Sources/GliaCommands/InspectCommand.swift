import ArgumentParser
import Glia

/// `glia inspect`.
struct InspectCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a CSV file contains, without training on it.",
    discussion: """
      Shows for each column what it contains, how many cells are missing, how many distinct values there are, their range and \
      distribution, then the likely target and what should be known before training.

      Examples:
        glia inspect iris.csv
        glia inspect iris.data --no-header
        glia inspect table.csv --json
      """)

  @Argument(help: "A CSV file, which may be compressed with gzip.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("Separator (default: detected).", valueName: "character"))
  var separator: String?

  @Option(help: ArgumentHelp("Decimal separator.", valueName: "character"))
  var decimal = "."

  @Flag(inversion: .prefixedNo, help: "The first line has the column names.")
  var header = true

  @Flag(help: "Print one JSON object.")
  var json = false

  func run(with tool: Tool) throws {
    let source = CSV(path: file, target: [], separator: separator, decimal: decimal, header: header)
    try InputFile.requireTable(file)
    let summary = try Self.locating {
      try InputFile.withRereadable(file) { path, _ in try TableSummary(of: path, like: source) }
    }
    try Console.write((json ? summary.json.text() : text(summary)) + "\n")
  }

  /// Runs `body`, and reports a wrong separator as an error in the option that gave it.
  private static func locating<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var error as GliaError {
      guard let setting = error.place, ["separator", "decimal"].contains(setting) else { throw error }
      error.place = "--\(setting)"
      throw UsageMistake(error)
    }
  }

  private func text(_ summary: TableSummary) -> String {
    let broken = summary.brokenRows > 0 ? ", \(summary.brokenRows.grouped) of them invalid" : ""
    let title =
      "\((file.split(separator: "/").last.map(String.init) ?? file).excerpt): \(summary.rows.counted("row"))\(broken), "
      + "\(summary.columns.count.counted("column")), separated by '\(summary.separator)'"
      + (summary.decimal == "." ? "" : ", decimal commas")
    let table = TextTable(
      header: ["column", "kind", "missing", "values", "range", "distribution"],
      alignment: [.left, .left, .right, .right, .left, .left],
      rows: summary.columns.map { column in
        [
          column.name.excerpt, column.kind.rawValue, column.missing == 0 ? "" : column.missing.grouped,
          column.distinct > TableSummary.mostValues ? "> \(TableSummary.mostValues.grouped)" : column.distinct.grouped,
          column.range.map { "\($0.lowerBound.brief) to \($0.upperBound.brief)" } ?? "", column.distribution,
        ]
      })
    var lines = ["", title, "", table.description.indented, ""]
    if let target = summary.likelyTarget, let column = summary.columns.first(where: { $0.name == target }) {
      lines.append("  likely target: \(target.excerpt) (\(column.task))")
    }
    lines += summary.warnings.map { "  warning: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension TableSummary.Column {
  /// A histogram of block characters for numbers, the most frequent values otherwise.
  fileprivate var distribution: String {
    guard let most = histogram.max(), most > 0 else { return shares(3) }
    let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return histogram.map { $0 == 0 ? " " : blocks[min($0 * blocks.count / most, blocks.count - 1)] }.joined()
  }

  /// What kind of task the column is the target of.
  fileprivate var task: String {
    guard holdsClasses else { return "a regression" }
    return "\(values.count.counted("class", plural: "classes")): \(shares(6))"
  }

  /// The most frequent values with their shares.
  private func shares(_ most: Int) -> String {
    guard kind == .category || kind == .boolean || isNumeric else { return "" }
    let total = Double(max(values.reduce(0) { $0 + $1.count }, 1))
    let shown = values.prefix(most).map { "\($0.text.excerpt) \((Double($0.count) / total).percent)" }
    return shown.joined(separator: ", ") + (values.count > most ? ", …" : "")
  }
}

extension TableSummary {
  /// The summary for programs.
  fileprivate var json: JSON {
    [
      "rows": JSON(rows), "invalid_rows": JSON(brokenRows), "separator": .string(separator),
      "likely_target": likelyTarget.map(JSON.string) ?? .null, "warnings": .array(warnings.map(JSON.string)),
      "columns": .array(
        columns.map { column in
          [
            "name": .string(column.name), "kind": .string(column.kind.rawValue), "missing": JSON(column.missing),
            "distinct": JSON(column.distinct), "min": column.range.map { JSON($0.lowerBound) } ?? .null,
            "max": column.range.map { JSON($0.upperBound) } ?? .null,
            "mean": column.moments.map { JSON($0.mean) } ?? .null,
            "deviation": column.moments.map { JSON($0.deviation) } ?? .null,
            "histogram": .array(column.histogram.map { JSON($0) }),
            "values": .object(
              column.isNumeric && column.distinct > 10
                ? [:] : JSON.Object(uniqueKeysWithValues: column.values.prefix(100).map { ($0.text, JSON($0.count)) })),
          ]
        }),
    ]
  }
}
