import GliaCore

/// Cross-validation: trains once for each fold, with that fold as the test set, and summarizes the results.
///
/// Source: Stone, "Cross-validatory choice and assessment of statistical predictions" (1974).
struct FoldsRun {
  let folder: OutputFolder
  let plan: FoldPlan
  private var results: [(fold: FoldPlan.Fold, report: Report)] = []
  private var predictions = FoldPredictions()
  /// The experiment that all folds share.
  private var experiment = Experiment()

  static let fileName = "folds.csv"
  private static let fileNames = [fileName, FoldPredictions.fileName]
  /// The table lists up to this many folds; the file lists all.
  private static let mostListed = 40

  init(_ plan: FoldPlan, in folder: OutputFolder) { (self.plan, self.folder) = (plan, folder) }

  private var hasRepeats: Bool { plan.repeats > 1 }

  private func folds(in folder: OutputFolder) -> NumberedFolders {
    NumberedFolders(folder: folder, prefix: "fold", count: plan.folds)
  }

  private var repetitions: NumberedFolders { NumberedFolders(folder: folder, prefix: "repeat", count: plan.repeats) }

  /// The folder of a fold: `fold-1`, or with repeats `repeat-1/fold-1`.
  func folder(of fold: FoldPlan.Fold) -> OutputFolder {
    folds(in: hasRepeats ? repetitions[fold.repetition] : folder)[fold.number]
  }

  /// Throws if a folder or file cannot be written, before any work is done.
  func check(_ names: [String]) throws {
    try folder.check(Self.fileNames)
    let parents = hasRepeats ? (1...plan.repeats).map { repetitions[$0] } : [folder]
    for parent in parents { try folds(in: parent).check(names) }
  }

  /// Removes the files of an earlier run, once this one has a model: those of a single run, and all other folds.
  ///
  /// - Parameter first: the fold whose files are from this run.
  func removeOutdated(_ names: [String], keeping first: FoldPlan.Fold) {
    folder.remove(names + Self.fileNames)
    let kept = folder(of: first).path
    folds(in: folder).removeOutdated(names, keeping: kept)
    repetitions.removeOutdated { folds(in: $0).removeOutdated(names, keeping: kept) }
  }

  mutating func add(_ result: TrainingResult, _ fold: FoldPlan.Fold) throws {
    results.append((fold, result.report))
    experiment = result.finished.preparation.experiment
    try predictions.add(result.finished, fold)
  }

  /// Writes `folds.csv`, the loss and metrics of every fold's test set, and `predictions.csv`.
  func write() throws {
    guard let first = tests.first else { return }
    let header =
      (hasRepeats ? ["repeat"] : []) + ["fold", "loss"] + first.evaluation.metrics.map(\.name) + ["stopped"]
    let lines = zip(tests, results).map { test, result in
      numbers(of: test.fold) + [test.evaluation.loss.shortest] + test.evaluation.metrics.map(\.value.shortest)
        + [result.report.stopped.rawValue]
    }
    let text = ([header] + lines).map { $0.map(CSVText.quoted).joined(separator: ",") + "\n" }.joined()
    try AtomicFile.write(text, to: folder.file(Self.fileName))
    try AtomicFile.write(predictions.text(repeats: hasRepeats), to: folder.file(FoldPredictions.fileName))
  }

  private func numbers(of fold: FoldPlan.Fold) -> [String] {
    (hasRepeats ? ["\(fold.repetition)"] : []) + ["\(fold.number)"]
  }

  /// The results as a table: each fold's test set, then mean and standard deviation.
  var text: String {
    guard !tests.isEmpty else { return "" }
    let metrics = experiment.training.metrics ?? []
    func row(_ names: [String], _ values: [Double]) -> [String] {
      names + zip(values, [""] + metrics.map(\.unit)).map { $0.brief(unit: $1) }
    }
    let columns = tests.map { [$0.evaluation.loss] + $0.evaluation.metrics.map(\.value) }
    let names = ["loss"] + metrics.map { type(of: $0).name }
    let gaps = names.enumerated().compactMap { column, name -> String? in
      let without = zip(tests, columns).filter { !$1[column].isFinite }.map {
        numbers(of: $0.0.fold).joined(separator: "/")
      }
      guard !without.isEmpty, without.count < tests.count else { return nil }
      return "\(name) has no value in \(Self.list(without)), so mean and std exclude it"
    }
    let blank = hasRepeats ? [""] : []
    let listed = tests.count <= Self.mostListed ? zip(tests, columns).map { row(numbers(of: $0.fold), $1) } : []
    let table = TextTable(
      header: (hasRepeats ? ["repeat"] : []) + ["fold", "test loss"] + metrics.map { type(of: $0).name },
      alignment: Array(repeating: .left, count: blank.count + 1)
        + Array(repeating: .right, count: metrics.count + 1),
      rows: listed + [row(["mean"] + blank, columns.mean), row(["std"] + blank, columns.deviation)])
    let name = experiment.name.isEmpty ? "" : "\(experiment.name.excerpt): "
    let cut = results.last?.report.stopped == .interrupted ? ", the last interrupted" : ""
    let repeated = hasRepeats ? ", \(plan.folds) in each of \(plan.repeats) repeats" : ""
    let title = "\(name)\(results.count) of \(plan.count) folds\(repeated)\(cut)"
    return """

      \(title)

      \(([table.description] + gaps.map { "\n\($0)" }).joined(separator: "\n").indented)

        in \(folder.path.excerpt)
          \(Self.fileNames.joined(separator: "  "))  \(folders)

      """
  }

  /// The first and the last folder.
  private var folders: String {
    let ends = [results.first, results.count > 1 ? results.last : nil].compactMap { $0?.fold }
    return ends.map { (hasRepeats ? "repeat-\($0.repetition)/" : "") + "fold-\($0.number)" }.joined(separator: " … ")
  }

  /// `fold 1, 2, 3`, up to a limit.
  private static func list(_ folds: [String]) -> String {
    "fold " + folds.prefix(10).joined(separator: ", ")
      + (folds.count > 10 ? " and \((folds.count - 10).grouped) more" : "")
  }

  private var tests: [(fold: FoldPlan.Fold, evaluation: Evaluation)] {
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
