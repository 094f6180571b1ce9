import Glia

/// Compares optimizers on one problem: each is tuned with the same number of trials, then trained with the same fresh seeds.
///
/// With the same seed, all contenders start from the same weights and see the same batches, so their results are paired. The first
/// tuning trial of each has its settings before tuning, so that tuning can only help. Tuning looks at the validation part alone,
/// and at other seeds than the final runs.
///
/// ```swift
/// var study = try OptimizerStudy(StudyProblem(moons), [StudyContender(SGD()), StudyContender(Adam())], with: .standard)
/// (study.tuningTrials, study.seeds) = (20, 10)
/// let results = try study.run()
/// ```
///
/// Sources: Choi et al., "On empirical comparisons of optimizers for deep learning" (2019); Sivaprasad et al., "Optimizer
/// benchmarking needs to account for hyperparameter tuning" (2020); Schmidt, Schneider and Hennig, "Descending through a crowded
/// valley" (2021).
public struct OptimizerStudy: Sendable {
  /// The problem.
  public let problem: StudyProblem
  /// The optimizers, in order.
  public let contenders: [StudyContender]
  /// What is measured.
  public let objective: ExperimentObjective
  /// The number of tuning trials of each contender; 0 for no tuning.
  public var tuningTrials = 0
  /// The strategy of the tuning.
  public var strategy: any SearchStrategy = RandomSearch()
  /// The number of final runs of each contender.
  public var seeds = 5
  /// The number of optimizer steps of every run, in place of the experiment's epochs; nil for these. Runs have as many whole epochs
  /// as fit, at least one; an epoch of a solver is one step.
  public var steps: Int?
  /// How many trainings run at the same time.
  public var jobs = 1
  /// Whether contenders that do not fit the problem take no part; otherwise, they are an error.
  public var excludesUnsuitable = false
  /// Whether results keep the models of all runs, so that ``model(of:_:seed:)`` need not train again.
  public var keepsModels = false
  /// Where every measurement is written down, and from which a study is continued; nil for none.
  public var log: StudyLog?
  /// Ends the study if it returns true.
  public var isInterrupted: (@Sendable () -> Bool)?

  /// Creates a study; throws for an invalid experiment or metric.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - contenders: the optimizers.
  ///   - metric: the objective, such as `loss` or `accuracy`.
  ///   - registry: the registry of the components.
  ///   - folder: the folder that relative paths start from.
  public init(
    _ problem: StudyProblem, _ contenders: [StudyContender], metric: String = "loss", with registry: Registry,
    folder: String = ""
  ) throws {
    (self.problem, self.contenders) = (problem, contenders)
    var experiment = problem.experiment
    // A contender's optimizer takes its place; a solver would refuse the batches of the others.
    let usual = contenders.first { !($0.optimizer is any FullBatchOptimizer) } ?? contenders.first
    experiment.training.optimizer = usual?.optimizer ?? experiment.training.optimizer
    objective = try ExperimentObjective(experiment, metric: metric, with: registry, folder: folder)
  }

  /// The seeds of the final runs, which differ from those of the tuning.
  public var runSeeds: [UInt64] {
    let first = problem.experiment.training.seed &+ (tuningTrials > 0 ? 1 : 0)
    return (0..<UInt64(max(seeds, 0))).map { first &+ $0 }
  }

  /// What has just been done, for a display of the progress.
  public enum Progress: Sendable {
    /// A tuning trial ended with this value of the objective, which is not finite after a failure.
    case trial(contender: Int, number: Int, value: Double)
    /// A final run ended.
    case run(contender: Int, StudyRun)
  }

  /// Runs the study.
  ///
  /// If it is interrupted, the results have the seeds with which all contenders were trained.
  ///
  /// - Parameter progress: called after every trial and run, in an order that does not depend on ``jobs``.
  /// - Returns: a result for each contender, in order.
  /// - Throws: `GliaError` for contenders that do not fit the experiment, and `CancellationError` if it was interrupted before all
  ///   contenders were trained with the first seed.
  public func run(_ progress: (Progress) throws -> Void = { _ in }) throws -> [StudyResult] {
    var absences = try absences()
    var tuned = contenders.map { _ in (settings: JSON.Object(), values: [Double]()) }
    for index in contenders.indices where absences[index] == nil {
      do {
        tuned[index] = try tune(index) { try progress(.trial(contender: index, number: $0, value: $1)) }
      } catch let error as GliaError where excludesUnsuitable { absences[index] = error }
    }
    let present = contenders.indices.filter { absences[$0] == nil }
    let (seeds, settings) = (runSeeds, tuned.map(\.settings))
    var runs = contenders.map { _ in [StudyRun]() }
    var models = contenders.map { _ in [UInt64: Model]() }
    do {
      // Seed by seed, so that an early end leaves every contender about as many runs.
      try Jobs.run(present.count * seeds.count, jobs: jobs) { task in
        let (seed, place) = task.quotientAndRemainder(dividingBy: present.count)
        return try attempt { try trained(present[place], settings[present[place]], seed: seeds[seed]) }
      } ended: { task, result in
        let contender = present[task % present.count]
        switch result {
        case .failure(let error): absences[contender] = absences[contender] ?? error
        case .success(let (run, model)):
          runs[contender].append(run)
          models[contender][run.seed] = model
          try progress(.run(contender: contender, run))
        }
      }
    } catch is CancellationError where present.allSatisfy({ absences[$0] != nil || !runs[$0].isEmpty }) {}
    let complete = present.filter { absences[$0] == nil }.map { runs[$0].count }.min() ?? 0
    return contenders.indices.map { index in
      StudyResult(
        contender: contenders[index].name, settings: settings[index], tuning: tuned[index].values,
        runs: absences[index] == nil ? Array(runs[index].prefix(complete)) : [], absence: absences[index],
        models: models[index])
    }
  }

  /// Returns the result of `body`, or its error if contenders that do not fit the problem are left out.
  private func attempt<Success>(_ body: () throws -> Success) throws -> Result<Success, GliaError> {
    do { return .success(try body()) } catch let error as GliaError where excludesUnsuitable { return .failure(error) }
  }

  /// The settings of a contender: its optimizer, then what tuning chose. A solver uses all samples, whatever the batches of
  /// others, and no schedule.
  func settings(of contender: Int, _ tuned: JSON.Object) throws -> JSON.Object {
    var settings: JSON.Object = ["training.optimizer": try JSON(part: contenders[contender].optimizer)]
    let isSolver = contenders[contender].optimizer is any FullBatchOptimizer
    if isSolver { (settings["training.batch_size"], settings["training.schedule"]) = (.null, .null) }
    if let steps {
      let batch = max(objective.experiment.training.batchSize, 1)
      let each = isSolver ? 1 : (try objective.trainingCount - 1) / batch + 1
      settings["training.epochs"] = JSON(min(max(steps / each, 1), 1_000_000_000))
    }
    for (path, value) in tuned { settings[path] = value }
    return settings
  }
}
