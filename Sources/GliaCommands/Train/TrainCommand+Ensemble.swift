import ArgumentParser
import GliaCore

extension TrainCommand {
  /// Throws for options that make no sense together with `--ensemble`.
  func validateEnsemble() throws {
    guard folds == nil else { throw ValidationError("--ensemble and --folds are mutually exclusive.") }
    guard resume == nil else {
      throw ValidationError(
        "--ensemble and --resume are mutually exclusive: each member has a checkpoint of its own, so resume it alone.")
    }
    guard fork == nil else {
      throw ValidationError("--ensemble and --fork are mutually exclusive: fork each member alone.")
    }
    guard initialWeights == nil else {
      throw ValidationError(
        "--ensemble and --initial-weights are mutually exclusive: members differ by their initial weights.")
    }
  }

  /// The number of members to train again, if the experiment is the report of an ensemble.
  func membersAgain(of source: ExperimentSource) -> Int? {
    guard let members = source.members, folds == nil, resume == nil, initialWeights == nil, fork == nil else {
      return nil
    }
    if !quiet {
      Console.note("note: this is the report of an ensemble of \(members); a member's report.json trains it alone")
    }
    return members
  }

  /// Trains the members one after another and saves their average; members that diverge or are interrupted are left out.
  func trainEnsemble(
    _ described: Experiment, _ source: ExperimentSource, of count: Int, _ folder: OutputFolder, with tool: Tool
  ) throws {
    let preparation = try Preparation(described, with: tool.registry, folder: source.folder)
    var ensemble = try EnsembleRun(count, of: preparation, in: folder)
    _ = try ensemble.member(0)
    try ensemble.check(names(of: described, in: tool), figures: noPlots ? nil : tool.figures)

    var failure: (any Error)?
    for index in 0..<count where Interruption.signal == nil {
      // Handles signals between members.
      Interruption.heed(true)
      if !quiet { Console.note("member \(index + 1) of \(count)") }
      var run = try ensemble.member(index)
      ensemble.add(try finished(&run, with: tool))
      failure = failure ?? run.divergence
    }
    Interruption.heed(true)
    var result = try ensemble.finish(replacing: tool.figures?.fileNames ?? [])
    Interruption.heed(false)
    if let figures = tool.figures, !noPlots { result?.draw(with: figures, into: folder) }
    let text = Result { try Console.write(ensemble.text(result, registry: tool.registry)) }
    try Interruption.check()
    if let failure { throw failure }
    try text.get()
  }
}
