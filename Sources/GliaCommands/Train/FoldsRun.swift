import GliaCore

/// Cross-validation: trains once for each fold, with that fold as the test set, and summarizes the results.
///
/// Source: Stone, "Cross-validatory choice and assessment of statistical predictions" (1974).
struct FoldsRun {
  let folder: OutputFolder
  let count: Int
  private var results: [(fold: Int, report: Report)] = []
  /// The experiment that all folds share.
  private var experiment = Experiment()

  static let fileName = "folds.csv"

  init(_ count: Int, in folder: OutputFolder) throws {
    guard count >= 2 else {
      throw UsageMistake("\(count.counted("fold"))", at: "--folds", expected: "a whole number of 2 or more")
    }
    (self.count, self.folder) = (count, folder)
  }

  /// The experiment with fold `index`, counted from 0, as the test set.
  func experiment(_ experiment: Experiment, fold index: Int, with registry: Registry) throws -> Experiment {
    let own = try experiment.split.map { try JSON(part: $0) }?.object ?? [:]
    let isRandom = own["type"].map { $0 == "random" || $0 == "k_fold" } ?? true
    guard isRandom else {
      throw UsageMistake(
        "the experiment already has a split, '\(own["type"]?.string ?? "")'", at: "--folds",
        expected: "no split, or a random or k_fold split")
    }
    var split: JSON.Object = ["type": "k_fold", "folds": JSON(count), "fold": JSON(index)]
    for key in ["validation", "seed", "stratify"] { split[key] = own[key] ?? split[key] }
    return try UsageMistake.locating("--folds") { try experiment.setting("split", to: .object(split), with: registry) }
  }

  /// The folders of the folds.
  var folders: NumberedFolders { NumberedFolders(folder: folder, prefix: "fold", count: count) }

  /// Throws if a folder or file cannot be written, before any work is done.
  func check(_ names: [String]) throws {
    try folder.check([Self.fileName])
    try folders.check(names)
  }

  /// Removes the files of an earlier run, once this one has a model: those of a single run, and all other folds.
  func removeOutdated(_ names: [String]) {
    folder.remove(names + [Self.fileName])
    folders.removeOutdated(names, from: 1)
  }

  mutating func add(_ result: TrainingResult, fold index: Int) {
    results.append((index + 1, result.report))
    experiment = result.finished.preparation.experiment
  }

  /// Writes `folds.csv`: the loss and metrics of every fold's test set.
  func write() throws {
    guard let first = tests.first else { return }
    let header = ["fold", "loss"] + first.evaluation.metrics.map(\.name) + ["stopped"]
    let lines = zip(tests, results).map { test, result in
      ["\(test.fold)", test.evaluation.loss.shortest] + test.evaluation.metrics.map(\.value.shortest)
        + [result.report.stopped.rawValue]
    }
    let text = ([header] + lines).map { $0.map(CSVText.quoted).joined(separator: ",") + "\n" }.joined()
    try AtomicFile.write(text, to: folder.file(Self.fileName))
  }

  /// The results as a table: each fold's test set, then mean and standard deviation.
  var text: String {
    guard !tests.isEmpty else { return "" }
    let metrics = experiment.training.metrics ?? []
    func row(_ name: String, _ values: [Double]) -> [String] {
      [name] + zip(values, [""] + metrics.map(\.unit)).map { $0.brief(unit: $1) }
    }
    let columns = tests.map { [$0.evaluation.loss] + $0.evaluation.metrics.map(\.value) }
    let names = ["loss"] + metrics.map { type(of: $0).name }
    let gaps = names.enumerated().compactMap { column, name -> String? in
      let without = zip(tests, columns).filter { !$1[column].isFinite }.map { "\($0.0.fold)" }
      guard !without.isEmpty, without.count < tests.count else { return nil }
      return "\(name) has no value in fold \(without.joined(separator: ", ")), so mean and std exclude it"
    }
    let table = TextTable(
      header: ["fold", "test loss"] + metrics.map { type(of: $0).name },
      alignment: [.left] + Array(repeating: .right, count: metrics.count + 1),
      rows: zip(tests, columns).map { row("\($0.fold)", $1) } + [
        row("mean", columns.mean), row("std", columns.deviation),
      ])
    let name = experiment.name.isEmpty ? "" : "\(experiment.name.excerpt): "
    let cut = results.last?.report.stopped == .interrupted ? ", the last interrupted" : ""
    let title = "\(name)\(results.count) of \(count) folds\(cut)"
    return """

      \(title)

      \(([table.description] + gaps.map { "\n\($0)" }).joined(separator: "\n").indented)

        in \(folder.path.excerpt)
          \(Self.fileName)  fold-1\(results.count > 1 ? " … fold-\(results.count)" : "")

      """
  }

  private var tests: [(fold: Int, evaluation: Evaluation)] {
    results.compactMap { fold, report in
      report.parts.first { $0.name == "test" }?.evaluation.map { (fold, $0) }
    }
  }
}

extension [[Double]] {
  /// The mean of the finite values in each column; NaN if there are none.
  fileprivate var mean: [Double] { columns.map { $0.reduce(0, +) / Double($0.count) } }

  /// The sample standard deviation (divisor n - 1) of the finite values in each column.
  fileprivate var deviation: [Double] {
    zip(columns, mean).map { column, mean in
      (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Swift.max(column.count - 1, 1))).squareRoot()
    }
  }

  private var columns: [[Double]] {
    (first ?? []).indices.map { column in map { $0[column] }.filter(\.isFinite) }
  }
}
