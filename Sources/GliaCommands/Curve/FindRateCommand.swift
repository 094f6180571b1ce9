import ArgumentParser
import Glia

/// `glia find-rate`.
struct FindRateCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "find-rate",
    abstract: "Find a learning rate by raising it during a short training.",
    discussion: """
      Trains for --steps steps while the learning rate rises exponentially, until the loss explodes. A tenth of the rate with \
      the lowest loss is a good start; anything on the slope to its left will train. The schedule and the callbacks of the \
      experiment are not used.

      Prints the suggested rate; writes rates.csv (rate, loss of the batch, its running mean) and rates.png to \
      glia-output/NAME-rate.

      Examples:
        glia find-rate moons
        glia find-rate spirals --optimizer sgd --from 1e-4 --to 100 --steps 400
      """)

  @Argument(help: "A JSON file, a report.json, or a built-in name.", completion: KnownNames.experiment)
  var experiment: String

  @Option(parsing: .unconditional, help: ArgumentHelp("The first rate.", valueName: "x"))
  var from = 1e-6

  @Option(parsing: .unconditional, help: ArgumentHelp("The last rate.", valueName: "x"))
  var to = 10.0

  @Option(parsing: .unconditional, help: ArgumentHelp("The number of steps, from 10 to 100,000.", valueName: "n"))
  var steps = 200

  @OptionGroup
  var results: ResultOptions

  @OptionGroup(title: "Experiment options")
  var options: TrainingOptions

  private static let (table, picture) = ("rates.csv", "rates.png")

  func run(with tool: Tool) throws {
    guard from > 0, from < to, to.isFinite else {
      throw UsageMistake(
        "rates from \(from.brief) to \(to.brief)", at: "--from and --to", expected: "two increasing numbers above 0")
    }
    guard 10...100_000 ~= steps else {
      throw UsageMistake(steps.counted("step"), at: "--steps", expected: "a whole number from 10 to 100,000")
    }
    let source = try ExperimentSource(experiment, in: tool)
    let described = try options.applied(to: source.experiment, with: tool.registry)
    let folder = results.folder(named: "\(described.name)-rate")
    let preparation = try Preparation(described, with: tool.registry, folder: source.folder)
    try folder.check([Self.table, Self.picture])
    let curve = try LearningRateFinder(from: from, to: to, steps: steps).run(
      preparation.network, on: preparation.training, settings: preparation.experiment.training)
    try folder.make()
    try AtomicFile.write(curve.csv, to: folder.file(Self.table))
    var files = [Self.table]
    folder.remove([Self.picture])
    if !results.noPlots, let name = folder.draw(picture(curve, preparation), as: Self.picture) { files.append(name) }
    try Console.write(
      """

        \(preparation.heading)

        \(curve.conclusion)

          in \(folder.path.excerpt)
            \(files.joined(separator: "  "))

      """)
  }
}

extension LearningRateCurve {
  fileprivate var csv: String {
    let lines = rates.indices.map { "\(rates[$0].shortest),\(losses[$0].shortest),\(smoothed[$0].shortest)\n" }
    return "learning_rate,loss,smoothed_loss\n" + lines.joined()
  }

  /// What the curve suggests, in one line.
  fileprivate var conclusion: String {
    let first = smoothed.first ?? 0
    guard let lowest = smoothed.indices.min(by: { smoothed[$0] < smoothed[$1] }),
      let suggestion, smoothed[lowest] < 0.98 * first, suggestion > rates[0]
    else {
      // Batches differ, so that a loss that rises slightly need not say anything.
      let rises = smoothed.contains { !($0 < 1.1 * first) }
      return rises
        ? "no suggestion: the loss only rose; try smaller rates with --from"
        : "no suggestion: the loss hardly changed; try larger rates with --to, or more --steps"
    }
    let end =
      lowest == smoothed.indices.last
      ? "the loss was still falling at \(rates[lowest].brief); try larger rates with --to"
      : "the loss was lowest at \(rates[lowest].brief)"
    return "learning rate \(suggestion.brief)  (\(end))"
  }
}
