import Glia

extension OptimizerStudy {
  /// What all measurements of the study have in common: the experiment without its optimizer, and what is measured.
  public var identity: JSON {
    get throws {
      var experiment = objective.experiment
      experiment.training.optimizer = nil
      return ["experiment": try experiment.json(), "objective": .string(objective.place)]
    }
  }

  /// Returns why contenders do not fit the problem, by their indices, without training anything.
  ///
  /// - Throws: the first reason, unless those contenders just take no part.
  public func absences() throws -> [Int: GliaError] {
    let preparation = try Preparation(
      objective.experiment, on: objective.data, with: objective.registry, folder: objective.folder)
    var absences: [Int: GliaError] = [:]
    for (index, contender) in contenders.enumerated() {
      do { _ = try preparation.with(optimizer: contender.optimizer).begin() } catch let error as GliaError
        where excludesUnsuitable
      { absences[index] = error }
    }
    return absences
  }

  /// Returns the model of a run, which is trained again unless the result has kept it; nil if the run diverged.
  public func model(of contender: Int, _ result: StudyResult, seed: UInt64) throws -> Model? {
    if let model = result.models[seed] { return model }
    guard result.runs.first(where: { $0.seed == seed })?.diverged == false else { return nil }
    return try objective.run(with: settings(of: contender, result.settings), seed: seed, isInterrupted: isInterrupted)
      .model
  }

  /// Trains a contender with these settings, unless the log has the run.
  func trained(
    _ contender: Int, _ tuned: JSON.Object, seed: UInt64
  ) throws -> (run: StudyRun, model: Model?) {
    let settings = try settings(of: contender, tuned)
    var model: Model?
    let run = try log.result(
      of: question("run", settings, seed: seed),
      decode: { try StudyRun(logged: $0, seed: seed, metrics: objective.experiment.training.metrics ?? []) },
      encode: \.json
    ) {
      let result = try objective.run(with: settings, seed: seed, isInterrupted: isInterrupted)
      if keepsModels { model = result.model }
      return result.run
    }
    return (run, model)
  }

  /// The description of a measurement for the log.
  func question(_ kind: String, _ settings: JSON.Object, seed: UInt64? = nil) -> JSON.Object {
    var question: JSON.Object = [
      "measure": .string(kind), "problem": .string(problem.name), "settings": .object(settings),
    ]
    if let seed { question["seed"] = JSON(seed) }
    return question
  }
}
