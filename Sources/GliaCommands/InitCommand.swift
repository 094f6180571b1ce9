import ArgumentParser
import Glia

/// `glia init`.
struct InitCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a starting experiment for a CSV file.",
    discussion: """
      Looks at the file as 'glia inspect' does, writes an experiment that can be trained at once, and says why each setting \
      is as it is.

      Examples:
        glia init iris.csv --target species
        glia init prices.csv --target price --output prices.json
      """)

  @Argument(help: "A CSV file, which may be compressed with gzip.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The column to predict (default: the likely target).", valueName: "column"))
  var target: String?

  @Option(
    help: ArgumentHelp("Output file (default: the name of the CSV file with .json).", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: String?

  func run(with tool: Tool) throws {
    let output = output ?? Paths.name(of: file) + ".json"
    guard !InputFile.exists(output) else {
      throw UsageMistake(
        "the file exists", at: output.excerpt, expected: "a new file", remedy: "choose another name with --output")
    }
    try AtomicFile.check(output)
    let summary = try TableSummary(of: file)
    guard let target = target ?? summary.likelyTarget else {
      throw UsageMistake(
        "no column looks like a target", at: file.excerpt, expected: "the column to predict",
        remedy: "name it with --target")
    }
    let columns = summary.columns.map(\.name)
    guard columns.contains(target) else {
      throw UsageMistake(
        "no column '\(target.excerpt)'", at: "--target",
        expected: "one of \(columns.prefix(20).map(\.excerpt).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: target, among: columns).map { "did you mean '\($0.excerpt)'?" })
    }
    let start = try StartingExperiment(
      for: summary, target: target, path: Paths.relative(Paths.absolute(file), to: Paths.folder(of: output)),
      name: Paths.name(of: file))
    // What is written must be read again.
    _ = try Experiment(from: start.json, with: tool.registry)
    try AtomicFile.write(start.json.text() + "\n", to: output)
    let width = start.reasons.map(\.setting.count).max() ?? 0
    let reasons = start.reasons.map { "  \($0.setting.padded(to: width + 2))\($0.why)" }.joined(separator: "\n")
    try Console.write("\n\(output.excerpt):\n\n\(reasons)\n\n  train it with: glia train \(output.excerpt)\n\n")
    for warning in summary.warnings { Console.note("note: \(warning)") }
  }
}

/// An experiment that suits a table, and the reason for each of its settings.
struct StartingExperiment {
  /// The experiment.
  let json: JSON
  /// Why each setting is as it is.
  let reasons: [(setting: String, why: String)]

  /// Chooses the settings for predicting the column `target` of a table; throws if nothing can be predicted from it.
  init(for summary: TableSummary, target: String, path: String, name: String) throws {
    guard let column = summary.columns.first(where: { $0.name == target }), column.distinct > 1 else {
      throw GliaError(
        "column '\(target.excerpt)' has fewer than two values", at: "--target", expected: "a column to predict",
        remedy: "choose another column")
    }
    let rows = summary.rows - summary.brokenRows
    let features = summary.columns.filter { $0.name != target }
    let ignored = features.filter { $0.distinct < 2 || $0.kind == .text || $0.kind == .date || $0.isIndex(of: rows) }
    let used = features.filter { feature in !ignored.contains { $0.name == feature.name } }
    guard !used.isEmpty else {
      throw GliaError(
        "no column is left to predict '\(target.excerpt)' from", at: "--target",
        expected: "a column of numbers or categories",
        remedy: "see 'glia inspect'")
    }
    let categories = used.filter { $0.kind == .category }
    var reasons: [(setting: String, why: String)] = []
    func because(_ setting: String, _ why: String) { reasons.append((setting, why)) }

    var data: JSON.Object = ["type": "csv", "path": .string(path), "target": .string(target), "standardize": true]
    because("data.standardize", "features of equal scale train faster")
    if !ignored.isEmpty {
      data["ignore"] = .array(ignored.map { .string($0.name) })
      because("data.ignore", ignored.map { "\($0.name.excerpt) (\($0.reasonToIgnore(rows)))" }.joined(separator: ", "))
    }
    if !categories.isEmpty {
      (data["categories"], data["unknown"]) = (.array(categories.map { .string($0.name) }), "ignore")
      because(
        "data.categories",
        "each value of \(categories.map(\.name.excerpt).joined(separator: ", ")) becomes a feature of 0 and 1")
      because("data.unknown", "new values must not stop predictions")
    }
    if column.missing > 0 {
      data["missing"] = "drop"
      because("data.missing", "\(column.missing.counted("row")) without a target cannot be learned from")
    } else if used.contains(where: { $0.missing > 0 && $0.kind != .category }) {
      data["missing"] = "mean"
      because(
        "data.missing",
        "cells are missing in \(used.filter { $0.missing > 0 && $0.kind != .category }.map(\.name.excerpt).joined(separator: ", "))"
      )
    }
    let isRegression = column.kind == .number && column.distinct > 10
    if isRegression {
      data["standardize_targets"] = true
      because(
        "data.standardize_targets",
        "targets range from \(column.range.map { "\($0.lowerBound.brief) to \($0.upperBound.brief)" } ?? "")")
    }

    let inputs = used.reduce(0) { $0 + ($1.kind == .category ? $1.distinct + ($1.missing > 0 ? 1 : 0) : 1) }
    let units = rows < 500 ? 16 : rows < 5_000 ? 32 : rows < 50_000 ? 64 : 128
    because(
      "network.layers",
      "two hidden layers of \(units) units for \(rows.counted("row")) and \(inputs.counted("feature"))")
    because("regularizer", "a little L2 against overfitting")
    let hidden: JSON = [
      "type": "dense", "units": JSON(units), "activation": "relu", "regularizer": ["type": "l2", "strength": 0.0001],
    ]
    let outputs = isRegression || column.distinct == 2 ? 1 : column.distinct
    let activation = isRegression ? "linear" : outputs == 1 ? "sigmoid" : "softmax"
    let loss =
      isRegression ? "mean_squared_error" : outputs == 1 ? "binary_crossentropy" : "sparse_categorical_crossentropy"
    because(
      "training.loss",
      isRegression
        ? "\(target.excerpt) is a number: a regression" : "\(target.excerpt) has \(column.distinct.grouped) classes")
    let rate = rows < 2_000 ? 0.01 : 0.003
    because("training.optimizer", "Adam with a learning rate of \(rate) is a good start for \(rows.counted("row"))")
    because(
      "training.callbacks",
      "training stops, and the best weights return, when the validation loss has not improved for 30 epochs")
    because("split", "one fifth of the rows each to choose the epoch and to measure the result")
    json = [
      "name": .string(name), "data": .object(data),
      "split": isRegression
        ? ["test": 0.2, "validation": 0.2] : ["test": 0.2, "validation": 0.2, "stratify": true],
      "network": [
        "layers": [hidden, hidden, ["type": "dense", "units": JSON(outputs), "activation": .string(activation)]]
      ],
      "training": [
        "loss": .string(loss), "optimizer": ["type": "adam", "learning_rate": JSON(rate)], "epochs": 300,
        "batch_size": JSON(rows < 10_000 ? 32 : 128),
        "metrics": isRegression ? ["r2_score", "mean_absolute_error"] : ["accuracy"],
        "callbacks": [["type": "early_stopping", "patience": 30]],
      ],
    ]
    self.reasons = reasons
  }
}

extension TableSummary.Column {
  /// Whether the column numbers the rows.
  fileprivate func isIndex(of rows: Int) -> Bool {
    guard kind == .number, let range, rows > 10, distinct > min(rows - 1, TableSummary.mostValues) else { return false }
    return range.upperBound - range.lowerBound == Double(rows - 1) && range.lowerBound == range.lowerBound.rounded()
  }

  fileprivate func reasonToIgnore(_ rows: Int) -> String {
    if distinct < 2 { return "always the same" }
    return kind == .date ? "dates" : kind == .text ? "text" : "numbers the rows"
  }
}
