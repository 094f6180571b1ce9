import Glia

/// An experiment that suits a table, and the reason for each of its settings.
struct StartingExperiment {
  /// The experiment.
  let json: JSON
  /// Why each setting is as it is.
  let reasons: [(setting: String, why: String)]
  /// The columns that are not used.
  let ignored: Set<String>

  /// Chooses the settings for predicting the column `target` of a table; throws if nothing can be predicted from it.
  init(for summary: TableSummary, target: String, path: String, name: String) throws {
    guard let column = summary.columns.first(where: { $0.name == target }), column.distinct > 1 else {
      throw GliaError(
        "column '\(target.excerpt)' has fewer than two values", at: "--target", expected: "a column to predict",
        remedy: "choose another column")
    }
    let isRegression = column.isNumeric && !column.holdsClasses
    let isCounted = column.distinct <= TableSummary.mostValues
    guard isRegression || isCounted else {
      throw GliaError(
        "column '\(target.excerpt)' has more than \(TableSummary.mostValues.grouped) texts", at: "--target",
        expected: "classes or numbers", remedy: "choose another column")
    }
    let rows = summary.rows - summary.brokenRows
    let features = summary.columns.filter { $0.name != target }
    let ignored = features.filter { $0.reasonToIgnore(rows) != nil }
    let used = features.filter { $0.reasonToIgnore(rows) == nil }
    guard !used.isEmpty else {
      throw GliaError(
        "no column is left to predict '\(target.excerpt)' from", at: "--target",
        expected: "a column of numbers or categories",
        remedy: "see 'glia inspect'")
    }
    let embedded = used.filter(\.suitsEmbedding)
    let categories = used.filter { $0.kind == .category || $0.suitsEmbedding }
    let coded = categories.filter { !$0.suitsEmbedding }
    let gaps = used.filter { $0.missing > 0 && $0.kind != .category && !$0.suitsEmbedding }
    var reasons: [(setting: String, why: String)] = []
    func because(_ setting: String, _ why: String) { reasons.append((setting, why)) }

    var data: JSON.Object = ["type": "csv", "path": .string(path), "target": .string(target), "standardize": true]
    if summary.decimal != "." {
      data["decimal"] = .string(summary.decimal)
      because("data.decimal", "numbers are written with decimal commas")
    }
    because("data.standardize", "features of equal scale train faster")
    if !ignored.isEmpty {
      data["ignore"] = .array(ignored.map { .string($0.name) })
      let groups = Dictionary(grouping: ignored) { $0.reasonToIgnore(rows) ?? "" }.sorted { $0.key < $1.key }
      because("data.ignore", groups.map { "\($0.value.named) (\($0.key))" }.joined(separator: ", "))
    }
    if !categories.isEmpty {
      (data["categories"], data["unknown"]) = (.array(categories.map { .string($0.name) }), "ignore")
      if !coded.isEmpty { because("data.categories", "each value of \(coded.named) becomes a feature of 0 and 1") }
      if !embedded.isEmpty {
        let many = embedded.map { $0.distinct.grouped }.prefix(5).joined(separator: ", ")
        because(
          "preprocessing", "\(embedded.named) with \(many) values: each value gets a learned vector (embedding)")
      }
      because("data.unknown", "new values must not stop predictions")
    }
    let dates = used.filter { $0.kind == .date }
    if !dates.isEmpty {
      data["dates"] = .array(dates.map { .string($0.name) })
      because("data.dates", "year, month, day and weekday of \(dates.named) become features")
    }
    if column.missing > 0 {
      data["missing"] = "drop"
      because(
        "data.missing",
        "\(column.missing.counted("row")) without a target cannot be learned from"
          + (gaps.isEmpty ? "" : "; rows with other missing cells are left out, too")
      )
    } else if !gaps.isEmpty {
      data["missing"] = "mean"
      because("data.missing", "cells are missing in \(gaps.named)")
    }
    if isRegression {
      data["standardize_targets"] = true
      because(
        "data.standardize_targets",
        "targets range from \(column.range.map { "\($0.lowerBound.brief) to \($0.upperBound.brief)" } ?? "")")
    }

    let inputs = used.reduce(0) { sum, column in
      switch column.kind {
      case _ where column.suitsEmbedding: sum + CategoryEmbedding.size(column.distinct)
      case .category: sum + column.distinct + (column.missing > 0 ? 1 : 0)
      case .date: sum + 4
      default: sum + 1
      }
    }
    let filled = rows - column.missing
    let training = StartingTraining(rows: filled - filled / 5, features: inputs, isRegression: isRegression)
    let outputs = isRegression || column.distinct == 2 ? 1 : column.distinct
    let activation = isRegression ? "linear" : outputs == 1 ? "sigmoid" : "softmax"
    let loss =
      isRegression ? "mean_squared_error" : outputs == 1 ? "binary_crossentropy" : "sparse_categorical_crossentropy"
    reasons += training.reasons(rows: filled, features: inputs)
    let many = isCounted ? column.distinct.grouped : "more than \(TableSummary.mostValues.grouped)"
    because(
      "training.loss",
      isRegression
        ? "\(target.excerpt) is a number with \(many) different values: a regression"
        : "\(target.excerpt) has \(many) classes")
    let (split, whySplit) = Self.split(of: filled, classes: isRegression ? nil : column.values.map(\.count))
    because("split", whySplit)
    var experiment: JSON.Object = ["name": .string(name), "data": .object(data), "split": split]
    if !embedded.isEmpty {
      experiment["preprocessing"] = [
        ["type": "embedding", "columns": .array(embedded.map { .string($0.name) })]
      ]
    }
    experiment["network"] = ["layers": training.layers(units: outputs, activation: activation)]
    experiment["training"] = training.training(
      loss: loss, metrics: isRegression ? ["r2_score", "mean_absolute_error"] : ["accuracy"])
    json = .object(experiment)
    self.reasons = reasons
    self.ignored = Set(ignored.map(\.name))
  }

  /// A test part of one fifth, to which each class contributes its share; nothing if the classes are too small to be divided.
  private static func split(of rows: Int, classes: [Int]?) -> (split: JSON, why: String) {
    let hint = rows < 1_000 ? "; so few rows vary by chance: --folds 5 measures on all of them" : ""
    guard let classes else { return (["test": 0.2], "one fifth of the rows measures the result" + hint) }
    // Stratification moves each share by one row at most to reach a fifth; a class of one row can only be trained on.
    let shares = classes.map { min(max(($0 + 2) / 5, 1), $0 - 1) }
    let lack = (rows + 2) / 5 - shares.reduce(0, +)
    let movable = zip(shares, classes).count { share, count in lack > 0 ? share < count - 1 : share > 1 }
    guard shares.contains(where: { $0 > 0 }), abs(lack) - movable <= max(1, rows / 50) else {
      return (
        [:], "no row measures the result: most of the \(classes.count.grouped) classes are too small to be divided"
      )
    }
    return (["test": 0.2, "stratify": true], "one fifth of the rows of each class measures the result" + hint)
  }

  /// The reasons as text for a terminal.
  var explanation: String {
    let width = (reasons.map(\.setting.count).max() ?? 0) + 2
    return reasons.map { setting, why in
      let lines = why.split(separator: " ").map(String.init).wrapped(to: max(78 - width, 30), separator: " ")
      return "  " + setting.padded(to: width) + lines.joined(separator: "\n" + "".padded(to: width + 2))
    }.joined(separator: "\n")
  }
}

extension TableSummary.Column {
  /// Whether the column numbers the rows.
  private func isIndex(of rows: Int) -> Bool {
    guard kind == .number, let range, rows > 10, distinct > min(rows - 1, TableSummary.mostValues) else { return false }
    return range.upperBound - range.lowerBound == Double(rows - 1) && range.lowerBound == range.lowerBound.rounded()
  }

  /// Why nothing can be learned from the column; nil if it can.
  fileprivate func reasonToIgnore(_ rows: Int) -> String? {
    if distinct == 0 { return "empty" }
    if distinct == 1 { return "always the same" }
    if kind == .text, !suitsEmbedding { return "text" }
    return isIndex(of: rows) ? "numbers the rows" : nil
  }
}

extension [TableSummary.Column] {
  /// The names of the first columns, and how many others there are.
  fileprivate var named: String {
    let names = prefix(5).map(\.name.excerpt).joined(separator: ", ")
    return count > 5 ? "\(names) and \((count - 5).grouped) others" : names
  }
}
