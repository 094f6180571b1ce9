import Glia

/// Trains networks that differ only in their seeds, and averages them into one model.
///
/// Source: Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive uncertainty estimation using deep ensembles"
/// (2017).
struct EnsembleRun {
  private let folders: NumberedFolders
  /// The preparation with the first seed.
  private let preparation: Preparation
  private var members: [TrainingResult] = []

  private static let most = 1000

  /// Throws if the number of members is invalid, or the average needs too much memory.
  init(_ count: Int, of preparation: Preparation, in folder: OutputFolder) throws {
    guard 2...Self.most ~= count else {
      throw UsageMistake(
        "\(count.counted("member"))", at: "--ensemble", expected: "a whole number from 2 to \(Self.most.grouped)")
    }
    (self.preparation, folders) = (preparation, NumberedFolders(folder: folder, prefix: "member", count: count))
    let untrained = preparation.model(of: preparation.network, classes: [])
    _ = try UsageMistake.locating("--ensemble") {
      try Model(averaging: Array(repeating: untrained, count: count))
    }
  }

  /// The run of member `index`, counted from 0.
  func member(_ index: Int) throws -> TrainingRun {
    let seed = preparation.experiment.training.seed &+ UInt64(index)
    return try TrainingRun(preparation.with(seed: seed), from: nil, folder: folders[index + 1])
  }

  /// Throws if a file cannot be written, before any work is done.
  ///
  /// - Parameters:
  ///   - names: the files of each member.
  ///   - figures: draws the figures of the ensemble, if any.
  func check(_ names: [String], figures: (any FigureWriter)?) throws {
    try folders.folder.check([TrainingRun.modelName, "report.json"] + (figures?.fileNames ?? []))
    try folders.check(names)
  }

  mutating func add(_ member: TrainingResult) { members.append(member) }

  /// The members that the ensemble averages: all that neither diverged nor were interrupted.
  private var averaged: [TrainingResult] {
    members.filter { $0.report.stopped != .diverged && $0.report.stopped != .interrupted }
  }

  /// Writes the average as one model with its report, and removes the files of earlier runs; nil if no member is left.
  ///
  /// - Parameter outdated: the figures of an earlier run.
  func finish(replacing outdated: [String]) throws -> TrainingResult? {
    guard !averaged.isEmpty else { return nil }
    let folder = folders.folder
    var model = try Model(averaging: averaged.map(\.finished.model))
    model = try preparation.begin().calibrated(model)
    for warning in model.fitted.warnings { Console.note("warning: \(warning)") }
    model.experiment.training.seed = preparation.experiment.training.seed
    let reports = members.map(\.report)
    let report = Report(
      experiment: try preparation.experiment.relative(to: folder.path).fileJSON(),
      seed: preparation.experiment.training.seed, epochs: reports.reduce(0) { $0 + $1.epochs },
      steps: reports.reduce(0) { $0 + $1.steps }, parameters: model.network.parameterCount,
      seconds: reports.reduce(0) { $0 + $1.seconds }, stopped: reports.stopped, restored: nil,
      fitted: model.fitted,
      parts: [
        ("train", try model.evaluate(preparation.training)),
        ("validation", try preparation.validation.map { try model.evaluate($0) }),
        ("test", try preparation.test.map { try model.evaluate($0) }),
      ], members: reports)
    try model.write(to: folder.file(TrainingRun.modelName))
    folder.remove(TrainingRun.fileNames.filter { $0 != TrainingRun.modelName } + outdated)
    folders.removeOutdated(TrainingRun.fileNames + outdated, from: members.count + 1)
    try AtomicFile.write(report.text, to: folder.file("report.json"))
    let finished = FinishedTraining(
      preparation: preparation, model: model, history: [],
      results: report.parts.compactMap { name, evaluation in evaluation.map { (name, $0) } },
      stopReason: report.stopped, restored: nil, frames: [])
    return TrainingResult(finished: finished, report: report, files: [TrainingRun.modelName, "report.json"])
  }
}

extension EnsembleRun {
  /// The results of all members and of the ensemble, as a table for the terminal.
  func text(_ ensemble: TrainingResult?, registry: Registry) throws -> String {
    let experiment = preparation.experiment
    let name = experiment.name.isEmpty ? "" : "\(experiment.name.excerpt): "
    let title = "\(name)ensemble of \(averaged.count) × \(preparation.network.architecture)"
    var facts = try preparation.facts(registry)
    let seconds = members.reduce(0) { $0 + $1.report.seconds }
    facts.append(("trained", "\(members.count) of \(folders.count.counted("member")), \(seconds.asDuration)"))
    let left = zip(members, 1...).filter { [.diverged, .interrupted].contains($0.0.report.stopped) }
    if !left.isEmpty {
      facts.append(("left out", left.map { "member \($1), \($0.report.stopped.rawValue)" }.joined(separator: "; ")))
    }
    if let model = ensemble?.finished.model { facts += model.fitted.facts(of: model) }
    let files = (ensemble?.files ?? []) + ["member-1" + (members.count > 1 ? " … member-\(members.count)" : "")]
    return """

      \(title)

      \(facts.map { "  \($0.name.padded(to: 11))\($0.text)" }.joined(separator: "\n"))

      \(measurements(ensemble).indented)

        in \(folders.folder.path.excerpt)
      \(files.wrapped(to: 76).map { "    \($0)" }.joined(separator: "\n"))

      """
  }

  /// Loss and metrics of each member and of the ensemble, part by part.
  private func measurements(_ ensemble: TrainingResult?) -> String {
    let metrics = preparation.experiment.training.metrics ?? []
    let reports =
      zip(members, 1...).map { (name: "member \($1)", report: $0.report) }
      + (ensemble.map { [(name: "ensemble", report: $0.report)] } ?? [])
    let rows = ["train", "validation", "test"].flatMap { part in
      reports.compactMap { name, report -> [String]? in
        guard let evaluation = report.parts.first(where: { $0.name == part })?.evaluation else { return nil }
        return [part, name, evaluation.loss.brief]
          + zip(metrics, evaluation.metrics).map { $1.value.brief(unit: $0.unit) }
      }
    }
    return TextTable(
      header: ["", "", "loss"] + metrics.map { type(of: $0).name },
      alignment: [.left, .left] + Array(repeating: .right, count: metrics.count + 1), rows: rows
    ).description
  }
}

extension [Report] {
  /// Why the runs stopped: interrupted or diverged if one of them was, the common reason, or else completed.
  fileprivate var stopped: StopReason {
    let reasons = Set(map(\.stopped))
    for reason in [StopReason.interrupted, .diverged] where reasons.contains(reason) { return reason }
    return reasons.count == 1 ? reasons.first ?? .completed : .completed
  }
}
