import Glia
import GliaStudies

/// The problems given by the argument of `glia compare`: one experiment, or a suite.
struct StudySource {
  /// The problems, each with the folder to which its paths are relative.
  let problems: [(problem: StudyProblem, folder: String)]
  let isSuite: Bool
  /// The name of the experiment or of the suite.
  let name: String

  private static let prefix = "suite:"
  /// The maximum size of a suite in bytes.
  private static let limit = 1 << 26

  init(_ argument: String, in tool: Tool) throws {
    if argument.hasPrefix(Self.prefix) {
      let suite = try StudySuite.builtIn(String(argument.dropFirst(Self.prefix.count)), with: tool.registry)
      self.init(suite, folder: "")
      return
    }
    if tool.experiment(named: argument) == nil, InputFile.exists(argument), try InputFile.isJSON(argument),
      let json = try? JSON(parsing: FileReader.bytes(of: argument, limit: Self.limit), name: argument),
      json.array != nil
    {
      try self.init(json, of: argument, in: tool)
      return
    }
    let source = try ExperimentSource(argument, in: tool)
    self.init(
      problems: [(StudyProblem(source.experiment), source.folder)], isSuite: false, name: source.experiment.name)
  }

  /// The suite of a file; the files that it names are in its folder.
  private init(_ json: JSON, of path: String, in tool: Tool) throws {
    let own = Paths.absolute(Paths.folder(of: path))
    do {
      let suite = try StudySuite(from: json, name: Paths.name(of: path), with: tool.registry) { text in
        let isBuiltIn = tool.experiment(named: text) != nil
        let source = try ExperimentSource(isBuiltIn ? text : Paths.absolute(text, in: own), in: tool)
        // Each has a folder of its own.
        return source.experiment.located(in: source.folder)
      }
      self.init(suite, folder: own)
    } catch var error as GliaError {
      error.place = [path.visible(limit: 4096), error.place].compactMap(\.self).joined(separator: ": ")
      throw error
    }
  }

  private init(_ suite: StudySuite, folder: String) {
    self.init(problems: suite.problems.map { ($0, folder) }, isSuite: true, name: suite.name)
  }

  private init(problems: [(problem: StudyProblem, folder: String)], isSuite: Bool, name: String) {
    (self.problems, self.isSuite, self.name) = (problems, isSuite, name)
  }
}

/// A problem with the study of its optimizers.
struct ComparedProblem {
  let problem: StudyProblem
  var study: OptimizerStudy
  /// The length of each run, such as `60 epochs`.
  let length: String
  /// The preparation, for titles and boundaries.
  let preparation: Preparation
  /// Why optimizers take no part, by their indices.
  let absences: [Int: GliaError]

  init(
    _ problem: StudyProblem, _ contenders: [StudyContender], objective: String, options: TrainingOptions,
    budget: StudyBudget?, target: Double?, _ tool: Tool, folder: String,
    settings: (inout OptimizerStudy) -> Void
  ) throws {
    var problem = problem
    problem.experiment = try options.applied(to: problem.experiment, with: tool.registry).withoutFiles
    problem.experiment = budget?.applied(to: problem.experiment) ?? problem.experiment
    problem.target = target ?? problem.target
    var study: OptimizerStudy
    do {
      study = try OptimizerStudy(problem, contenders, metric: objective, with: tool.registry, folder: folder)
    } catch var error as GliaError where error.place == "objective" {
      error.place = "--objective"
      throw UsageMistake(error)
    }
    budget?.limit(&study)
    settings(&study)
    let preparation = try Preparation(study.objective.experiment, with: tool.registry, folder: folder)
    // Their models are drawn.
    study.keepsModels = preparation.network.input == [2]
    absences = try study.absences()
    (self.problem, self.study, self.preparation) = (problem, study, preparation)
    length = budget?.text ?? problem.experiment.training.epochs.counted("epoch")
  }
}
