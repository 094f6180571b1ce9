import GliaCore
import GliaVisuals

/// Trains one experiment with several optimizers, each with every seed.
struct Comparison {
  private(set) var contenders: [Contender]
  private let described: Experiment
  private let seeds: [UInt64]
  private let threshold: Double?
  private let nameWidth: Int
  private var preparations: [Preparation] = []
  /// The network each optimizer trained with the first seed; nil if it diverged.
  private var models: [Model?] = []

  private static let (picture, boundaries, table) = ("comparison.png", "boundaries.png", "comparison.csv")
  static let fileNames = [picture, boundaries, table]

  init(_ contenders: [Contender], of experiment: Experiment, seeds: Int, threshold: Double?) {
    (self.contenders, described, self.threshold) = (contenders, experiment, threshold)
    nameWidth = contenders.map(\.name.count).max() ?? 0
    self.seeds = (0..<UInt64(seeds)).map { experiment.training.seed &+ $0 }
  }

  /// Loads the data and builds the networks, so that incompatible settings are reported before training starts.
  mutating func prepare(in folder: String, with registry: Registry) throws {
    guard let first = contenders.first else { return }
    let preparation = try Preparation(first.experiment, with: registry, folder: folder)
    preparations = contenders.map { preparation.with(optimizer: $0.experiment.training.optimizer) }
    models = contenders.map { _ in nil }
  }

  /// Trains with all optimizers, seed by seed.
  mutating func train(isQuiet: Bool) throws {
    var warnings: Set<String> = []
    for seed in seeds {
      for index in contenders.indices where Interruption.signal == nil {
        let preparation = preparations[index]
        var network = preparation.network
        network.initialize(seed: seed)
        var settings = preparation.experiment.training
        settings.seed = seed
        var training = try Training(
          network, on: preparation.training, validation: preparation.validation, settings: settings)
        training.isInterrupted = { Interruption.signal != nil }
        for warning in training.warnings where warnings.insert("\(warning)").inserted {
          Console.note("warning: \(warning)")
        }
        do { try training.fit() } catch let error as GliaError where error.category == .divergence {}
        if training.stopReason == .interrupted { return }
        let run = Contender.Run(
          seed: seed, history: training.history, stopReason: training.stopReason ?? .completed,
          seconds: training.history.reduce(0) { $0 + $1.seconds })
        contenders[index].add(run)
        if seed == seeds.first, training.network.parameters.allSatisfy(\.isFinite) {
          models[index] = preparation.model(of: training.network, classes: training.classes)
        }
        if !isQuiet { Console.note(line(contenders[index], run)) }
      }
    }
  }

  private func line(_ contender: Contender, _ run: Contender.Run) -> String {
    let end = run.stopReason == .diverged ? "diverged after" : "loss \(run.losses.last?.brief ?? "nan") after"
    return
      "seed \(run.seed)  \(contender.name.padded(to: nameWidth))  \(end) \(run.history.count.counted("epoch")), \(run.seconds.asDuration)"
  }

  var allDiverged: Bool {
    let runs = contenders.flatMap(\.runs)
    return !runs.isEmpty && runs.allSatisfy { $0.stopReason == .diverged }
  }

  /// The runs of every optimizer that has any, in the form that figures take.
  private var compared: [ComparedRuns] {
    contenders.filter { !$0.runs.isEmpty }.map { ComparedRuns($0.name.typeset, losses: $0.runs.map(\.losses)) }
  }

  /// Writes the files and prints the table.
  func finish(in folder: OutputFolder) throws {
    let compared = compared
    guard !compared.isEmpty else { return }
    try AtomicFile.write(csv, to: folder.file(Self.table))
    Interruption.heed(false)
    folder.remove([Self.picture, Self.boundaries])
    var files = [Self.table]
    func draw(_ name: String, _ figure: (any Figure)?) {
      guard let figure else { return }
      do {
        try figure.write(to: folder.file(name))
        files.append(name)
      } catch { Console.noteOmission(of: name, error) }
    }
    draw(Self.picture, picture(compared))
    draw(Self.boundaries, boundaries())
    try Console.write(
      """

        \(title)

      \(results(compared).description.indented.indented)

          in \(folder.path.excerpt)
            \(files.joined(separator: "  "))

      """)
  }

  private var title: String {
    let name = described.name.isEmpty ? "optimizers" : described.name.excerpt
    guard let network = preparations.first?.network else { return name }
    return "\(name) · \(network.shortDescription)"
  }

  private var circumstances: String {
    "\(contenders.choiceOfRates) · \(described.training.epochs.counted("epoch"))"
      + " · \(seeds.count.counted("seed")) from \(seeds.first ?? 0)"
  }

  /// The loss curves; nil if no run has a finite loss.
  private func picture(_ compared: [ComparedRuns]) -> OptimizerComparison? {
    guard compared.contains(where: { $0.losses.joined().contains(where: \.isFinite) }) else { return nil }
    var figure = OptimizerComparison(compared)
    (figure.title, figure.subtitle, figure.threshold) = (title, circumstances, threshold)
    return figure
  }

  /// The decision boundaries learned with the first seed; nil if they cannot be drawn in the plane.
  private func boundaries() -> FigureGrid? {
    let drawn = zip(zip(preparations, models), contenders).compactMap { pair, contender -> (any Figure)? in
      guard let model = pair.1 else { return nil }
      let figures = pair.0.figures(of: model, history: [], results: []) { _, reason in
        Console.noteOmission(of: "the boundary of \(contender.name)", reason)
      }
      guard var figure = figures.first(where: { $0.file == "boundary.png" })?.figure else { return nil }
      (figure.title, figure.subtitle) = (contender.name.typeset, "")
      return figure
    }
    guard !drawn.isEmpty else { return nil }
    var grid = FigureGrid(columns: drawn.count == 4 ? 2 : min(drawn.count, 3), drawn)
    let missing = contenders.count - drawn.count
    grid.title = "\(title) · trained models"
    grid.subtitle =
      "seed \(seeds.first ?? 0) · \(described.training.epochs.counted("epoch")) · \(contenders.choiceOfRates)"
      + (missing > 0 ? " · \(missing) diverged" : "")
    grid.sharesLimits = true
    return grid
  }
}

extension Comparison {
  /// One line per epoch of every run.
  private var csv: String {
    // Includes the default metrics if the experiment specifies none.
    let settings = preparations.first?.experiment.training ?? described.training
    let columns = settings.columns(hasValidation: preparations.first?.validation != nil)
    let lines = contenders.flatMap { contender in
      contender.runs.flatMap { run in
        run.history.map { epoch in
          ([CSVText.quoted(contender.name), "\(run.seed)"] + epoch.cells(columns) + [run.stopReason.rawValue])
            .joined(separator: ",")
        }
      }
    }
    return ([(["optimizer", "seed"] + columns.map(CSVText.quoted) + ["stopped"]).joined(separator: ",")] + lines)
      .joined(separator: "\n") + "\n"
  }

  /// The results as a table for the terminal, lowest final loss first.
  private func results(_ compared: [ComparedRuns]) -> TextTable {
    let reached = threshold ?? compared.usualThreshold
    let ran = zip(compared, contenders.filter { !$0.runs.isEmpty })
    let sorted = ran.sorted { ($0.0.finalMedian ?? .infinity) < ($1.0.finalMedian ?? .infinity) }
    let rows = sorted.map { runs, contender in
      let range = runs.range(after: runs.epochs).map { "\($0.lowerBound.brief) … \($0.upperBound.brief)" } ?? "—"
      let epochs = reached.flatMap(runs.epochs(toReach:)).map { $0.brief } ?? "—"
      let seconds = contender.runs.reduce(0) { $0 + $1.seconds } / Double(contender.runs.count)
      return [
        contender.name, runs.finalMedian?.brief ?? "diverged", range, epochs, seconds.asDuration,
        "\(runs.divergedCount)/\(runs.losses.count)",
      ]
    }
    return TextTable(
      header: [
        "optimizer", "final loss (median)", "range", reached.map { "epochs to \($0.brief)" } ?? "epochs",
        "time per run", "diverged",
      ], alignment: [.left] + Array(repeating: .right, count: 5), rows: rows)
  }
}
