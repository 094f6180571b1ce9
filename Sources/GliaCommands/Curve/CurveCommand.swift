import ArgumentParser
import Glia
import GliaSearch
import GliaStudies

/// `glia curve`.
struct CurveCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "Measure how a result depends on one setting, or on the number of samples.",
    discussion: """
      Trains with each value and several seeds, and measures the training part and the validation part (20 % of the samples \
      if the experiment has none), or the folds. The test part is not used.

      --vary PATH=VALUES gives a validation curve: where both parts are bad, the network learns too little; where only the \
      training part is good, it overfits. --vary samples=VALUES gives a learning curve, which shows whether more samples \
      would help. VALUES is a list, or a range as for 'glia search', of which --points values are tried.

      Writes curve.csv (every run) and curve.png to glia-output/NAME-curve. Every value is saved in runs.jsonl when it is \
      finished; after Control-C, --resume goes on from there. More values may be added in the same way.

      Examples:
        glia curve moons --vary network.layers.0.units=1,2,4,8,16,32 --objective accuracy
        glia curve moons --vary training.optimizer.learning_rate=log:1e-4..10
        glia curve spirals --vary samples=30,100,300,1000,1800 --seeds 3 --jobs 2
      """)

  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(help: ArgumentHelp("The setting and its values, or samples and numbers.", valueName: "path=values"))
  var vary: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Values of a range, from 2 to 1,000.", valueName: "n"))
  var points = 9

  @Option(parsing: .unconditional, help: ArgumentHelp("Runs for each value, from 1 to 1,000.", valueName: "k"))
  var seeds = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Measure K folds of the samples outside of the test part.", valueName: "k"))
  var folds: Int?

  @OptionGroup
  var study: StudyOptions

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  private static let (table, picture) = ("curve.csv", "curve.png")

  func run(with tool: Tool) throws {
    guard 2...1000 ~= points else {
      throw UsageMistake(points.counted("point"), at: "--points", expected: "a whole number from 2 to 1,000")
    }
    try study.check(seeds: seeds)
    let dimension = try UsageMistake.locating("--vary") { try SearchDimension(parsing: vary) }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = study.folder(named: "\(described.name)-curve")
    let objective = try ExperimentObjective(
      described, study, seeds: seeds, folds: folds, with: tool.registry, folder: source.folder)
    try folder.check([Self.table, Self.picture, OutputFolder.log])
    let log = folder.file(OutputFolder.log)
    try study.check(log, of: "curve", isUnfinished: StudyLog.isUnfinished(at: log))
    do { try ScoreCurve.check(dimension, points: points, of: objective) } catch let error as GliaError
      where error.place?.hasPrefix(dimension.path) == true
    { try UsageMistake.locating("--vary") { throw error } }
    for note in objective.notes { study.results.note("note: \(note)") }
    Interruption.heed(true)
    let curve: ScoreCurve
    do {
      curve = try measure(objective, dimension, in: folder)
    } catch is CancellationError {
      study.noteResumption(in: folder)
      return try Interruption.check()
    }
    let isStopped = curve.points.count < curve.count
    if !isStopped { Interruption.heed(false) }
    try write(curve, objective, into: folder)
    guard isStopped else { return }
    study.noteResumption(in: folder)
    try Interruption.check()
  }

  private func measure(
    _ objective: ExperimentObjective, _ dimension: SearchDimension, in folder: OutputFolder
  ) throws -> ScoreCurve {
    try folder.make()
    let log = try folder.log(of: objective.identity, study)
    let curve = try ScoreCurve(
      of: objective, varying: dimension, points: points, jobs: study.jobs, log: log,
      isInterrupted: { Interruption.signal != nil }
    ) { point in study.results.note(point.line(path: dimension.path, objective)) }
    if curve.points.count == curve.count { try log.finish() }
    return curve
  }

  private func write(_ curve: ScoreCurve, _ objective: ExperimentObjective, into folder: OutputFolder) throws {
    try AtomicFile.write(curve.csv(objective), to: folder.file(Self.table))
    var files = [Self.table, OutputFolder.log]
    folder.remove([Self.picture])
    if !study.results.noPlots, let name = folder.draw(try curve.picture(objective), as: Self.picture) {
      files.append(name)
    }
    let place = "\(objective.place), medians of \(seeds.counted("seed"))"
    let heading = [objective.experiment.name.excerpt, place, curve.stopped].compactMap(\.self).joined(separator: " · ")
    try Console.write(
      """

      \(heading.wrapped(to: 78, separator: " · ").indented)

      \(curve.table(objective).description.indented.indented)

          in \(folder.path.excerpt)
            \(files.joined(separator: "  "))

      """)
  }
}

extension ScoreCurve {
  /// Says that not all values were tried; nil if they were.
  var stopped: String? { points.count < count ? "stopped after \(points.count) of \(count.counted("value"))" : nil }
}

extension ExperimentObjective {
  /// The objective that the options describe.
  init(
    _ experiment: Experiment, _ options: StudyOptions, seeds: Int, folds: Int?, with registry: Registry, folder: String
  ) throws {
    do {
      try self.init(
        experiment, metric: options.metric, seeds: seeds, folds: folds, with: registry, folder: folder)
    } catch var error as GliaError where error.place.map({ ["objective", "seeds", "folds"].contains($0) }) == true {
      error.place = error.place.map { "--\($0)" }
      throw UsageMistake(error)
    }
  }
}
