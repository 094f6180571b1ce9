import GliaCore
import GliaStudies
import GliaVisuals

extension FinishedProblem {
  /// Draws the figures into the folder, and returns the names of the files; those that cannot be drawn are omitted with a note.
  func draw(rates: String, into folder: OutputFolder) -> [String] {
    let figures = zip(Comparison.pictures, [curves(rates), boundaries(rates), sensitivityFigure, budget])
    return figures.compactMap { name, figure in
      guard let figure else { return nil }
      return folder.draw(figure, as: name)
    }
  }

  private var title: String { compared.heading.typeset }
  private func circumstances(_ rates: String) -> String {
    "\(rates) · \(compared.length) · \(seedsText)"
  }

  /// The objective over the epochs; nil if no run has a finite value.
  private func curves(_ rates: String) -> (any Figure)? {
    let results = results.filter { $0.absence == nil }
    func value(_ epoch: Epoch) -> Double { objective.value(after: epoch) ?? .nan }
    guard objective.higherIsBetter else {
      let compared = results.map { result in
        ComparedRuns(
          result.contender.typeset,
          losses: result.runs.map { $0.history.map(value) + ($0.diverged ? [.infinity] : []) })
      }
      guard compared.contains(where: { $0.losses.joined().contains(where: \.isFinite) }) else { return nil }
      var figure = OptimizerComparison(compared)
      (figure.title, figure.subtitle, figure.quantity) = (title, circumstances(rates), quantity)
      figure.threshold = self.compared.problem.target
      return figure
    }
    let series = results.map { result -> CurveBands.Series in
      let epochs = result.runs.map(\.history.count).max() ?? 0
      let values = (0..<epochs).map { epoch in
        result.runs.map { $0.history.count > epoch ? value($0.history[epoch]) : .nan }
      }
      return CurveBands.Series(
        result.contender.typeset, x: (1...max(epochs, 1)).prefix(epochs).map(Double.init), runs: values)
    }
    var figure = CurveBands(series)
    (figure.title, figure.subtitle) = (title, circumstances(rates))
    (figure.yName, figure.horizontal) = (quantity, .wholeNumbers)
    return figure
  }

  /// The decision boundary of each optimizer in its run with the median of the objective; nil if they cannot be drawn in the plane.
  private func boundaries(_ rates: String) -> (any Figure)? {
    guard compared.study.keepsModels else { return nil }
    let drawn = results.indices.compactMap { boundary(of: $0) }
    guard !drawn.isEmpty else { return nil }
    var grid = FigureGrid(columns: drawn.count == 4 ? 2 : min(drawn.count, 3), drawn)
    let missing = results.count { $0.absence == nil } - drawn.count
    grid.title = "\(title) · trained models"
    let choice = seeds > 1 ? "each the run with the median \(quantity) of \(seeds.counted("seed"))" : nil
    grid.subtitle = [choice, compared.length, rates, missing > 0 ? "\(missing) diverged" : nil]
      .compactMap(\.self).joined(separator: " · ")
    grid.sharesLimits = true
    return grid
  }

  private func boundary(of contender: Int) -> (any Figure)? {
    let result = results[contender]
    guard let run = result.medianRun(objective),
      let model = try? compared.study.model(of: contender, result, seed: run.seed)
    else { return nil }
    let preparation = compared.preparation.with(optimizer: compared.study.contenders[contender].optimizer)
    let figures = preparation.figures(of: model, history: [], results: []) { _, reason in
      Console.noteOmission(of: "the boundary of \(result.contender)", reason)
    }
    guard var figure = figures.first(where: { $0.file == "boundary.png" })?.figure else { return nil }
    (figure.title, figure.subtitle) = (result.contender.typeset, "seed \(run.seed)")
    return figure
  }

  /// The objective against the learning rate, for optimizers whose rate is tuned.
  private var sensitivityFigure: (any Figure)? {
    let drawn = results.indices.filter { sensitivity.indices.contains($0) && !sensitivity[$0].isEmpty }
    guard !drawn.isEmpty else { return nil }
    var figure = CurveBands(
      drawn.map { index in
        CurveBands.Series(
          results[index].contender.typeset, x: sensitivity[index].map(\.rate), runs: sensitivity[index].map(\.values),
          style: index)
      })
    (figure.title, figure.xName, figure.yName) = ("\(title) · sensitivity to the rate", "learning rate", quantity)
    figure.subtitle =
      "other settings as tuned · median of \(sensitivity[drawn[0]].first?.values.count ?? 0) seeds, all within the band"
    figure.horizontal = .logarithmic
    return figure
  }

  /// The best value found so far against the number of tuning trials.
  private var budget: (any Figure)? {
    let drawn = results.indices.filter { results[$0].tuning.count > 1 }
    guard !drawn.isEmpty else { return nil }
    var figure = CurveBands(
      drawn.map { index in
        var best = objective.higherIsBetter ? -Double.infinity : .infinity
        let values = results[index].tuning.map { value in
          if value.isFinite { best = objective.higherIsBetter ? max(best, value) : min(best, value) }
          return best.isFinite ? best : .nan
        }
        return CurveBands.Series(
          results[index].contender.typeset, x: values.indices.map { Double($0 + 1) }, median: values, style: index)
      })
    (figure.title, figure.xName, figure.yName) = ("\(title) · what tuning brings", "tuning trials", "best \(quantity)")
    figure.subtitle = "trial 1 has the default settings · seed \(objective.experiment.training.seed)"
    (figure.horizontal, figure.isStepped) = (.wholeNumbers, true)
    return figure
  }
}

extension CurveBands.Series {
  /// Creates a curve of medians, with a band from the lowest to the highest value; `runs` has the values at each position, which
  /// are not finite where a run diverged.
  fileprivate init(_ name: String, x: [Double], runs: [[Double]], style: Int? = nil) {
    let finite = runs.map { $0.filter(\.isFinite) }
    let medians = runs.map { ScoreCurve.median($0) ?? .nan }
    self.init(
      name, x: x, median: medians, low: zip(finite, medians).map { $0.min() ?? $1 },
      high: zip(finite, medians).map { $0.max() ?? $1 }, style: style)
  }
}

extension FinishedComparison {
  /// Draws the figures of a suite into the folder, and returns the names of the files.
  func draw(_ suite: SuiteRanking, into folder: OutputFolder) -> [String] {
    let figures = zip(Comparison.suitePictures, [heatMap(suite), differences(suite), profile(suite)])
    return figures.compactMap { name, figure in
      guard let figure else { return nil }
      return folder.draw(figure, as: name)
    }
  }

  private var names: [String] { comparison.problems[0].study.contenders.map(\.name.typeset) }
  private var title: String { comparison.name.typeset }
  private var circumstances: String {
    "\(problems.count.counted("problem")) · \(choiceOfRates) · \(comparison.problems[0].study.seeds.counted("seed"))\(stopped)"
  }

  private func heatMap(_ suite: SuiteRanking) -> (any Figure)? {
    var figure = RankHeatMap(
      problems: problems.map(\.compared.problem.name.typeset), methods: names, values: suite.scores.rows)
    (figure.title, figure.subtitle) = ("\(title) · ranks", circumstances)
    return figure
  }

  private func differences(_ suite: SuiteRanking) -> (any Figure)? {
    var figure = CriticalDifferenceDiagram(
      zip(names, suite.scores.averageRanks).enumerated().map { .init($1.0, rank: $1.1, style: $0) },
      criticalDifference: suite.criticalDifference)
    (figure.title, figure.subtitle) = ("\(title) · average ranks", "\(circumstances) · Nemenyi’s test at 5 %")
    return figure
  }

  private func profile(_ suite: SuiteRanking) -> (any Figure)? {
    guard let profile = suite.profile else { return nil }
    let longest = profile.factors.joined().filter(\.isFinite).max() ?? 1
    let end = max(longest * 1.2, 2)
    var figure = CurveBands(
      names.indices.map { index in
        let steps = (try? profile.steps(of: index)) ?? []
        // A curve begins at the factor 1, and ends where no other one rises any more.
        let points = [(factor: 1.0, solved: 0.0)].filter { _ in steps.first?.factor != 1 } + steps
        let last = points.last.map { [(factor: end, solved: $0.solved)] } ?? []
        return CurveBands.Series(
          names[index], x: (points + last).map(\.factor), median: (points + last).map(\.solved), style: index)
      })
    let targets = problems.count { $0.compared.problem.target != nil }
    (figure.title, figure.subtitle) = (
      "\(title) · performance profile", "\(targets.counted("problem")) with a target · \(choiceOfRates)"
    )
    (figure.xName, figure.yName) = (
      "steps to the target, as a multiple of the fastest optimizer’s", "fraction of problems solved"
    )
    (figure.horizontal, figure.isStepped, figure.limits) = (.logarithmic, true, 0...1)
    return figure
  }
}
