import Glia
import GliaSearch
import GliaStudies

/// The results of a search: its files, and what is printed.
struct SearchResults {
  let objective: ExperimentObjective
  let space: SearchSpace
  let strategy: String
  let trials: [FinishedTrial]
  /// The share of the variation of the objective that each setting explains; nil if it cannot be estimated.
  let importance: SearchImportance?

  private var best: FinishedTrial? { trials.best }

  /// The text of `search.csv`: a line for each trial.
  var csv: String {
    let paths = space.dimensions.map(\.path)
    let lines = trials.map { trial in
      ["\(trial.number)"] + paths.map { trial.values[$0]?.plainText ?? "" }
        + [trial.value.map { objective.value(fromLower: $0).shortest } ?? "", trial.state]
    }
    return ([["trial"] + paths + ["objective", "state"]] + lines).map {
      $0.map(CSVText.quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  /// What `report.json` says about the search.
  var json: JSON {
    var members: JSON.Object = [
      "space": space.json, "strategy": .string(strategy), "trials": JSON(trials.count),
      "objective": .string(objective.description),
    ]
    if let best, let value = best.value {
      members["best"] = [
        "trial": JSON(best.number), "objective": JSON(objective.value(fromLower: value)),
        "settings": .object(best.values),
      ]
    }
    if let importance {
      members["importance"] = .object(
        space.dimensions.reduce(into: [:]) { $0[$1.path] = JSON(importance.share(of: $1)) })
    }
    return .object(members)
  }

  /// The facts for the terminal.
  var facts: [(name: String, text: String)] {
    var facts: [(name: String, text: String)] = []
    if let best, let value = best.value {
      facts.append(("best", "trial \(best.number), \(objective.metric) \(objective.value(fromLower: value).brief)"))
      for (index, setting) in best.values.enumerated() {
        facts.append((index == 0 ? "settings" : "", "\(setting.key) \(setting.value.briefText)"))
      }
    }
    let states = ["completed", "pruned", "diverged", "failed"].compactMap { state -> String? in
      let count = trials.count { $0.state == state }
      return count > 0 ? "\(count) \(state)" : nil
    }
    facts.append(("trials", states.joined(separator: ", ") + " (\(strategy))"))
    if let importance, trials.count >= 10 {
      let ranked = space.dimensions.map { ($0, importance.share(of: $0)) }.sorted { $0.1 > $1.1 }.prefix(5)
      facts.append(("importance", ranked.map { "\($0.path.lastPart) \($1.percent)" }.joined(separator: ", ")))
    }
    facts.append(("objective", objective.description))
    return facts
  }
}

extension SearchResults {
  /// The result for the terminal.
  func text(_ training: TrainingResult, in folder: OutputFolder) -> String {
    let files = [SearchRun.table, SearchRun.best, SearchRun.log] + training.files
    return """

        \(training.finished.preparation.heading) · search of \(space.dimensions.count.counted("setting"))

      \(facts.map { "    \($0.name.padded(to: 12))\($0.text.wrapped(to: 80, margin: 16))" }.joined(separator: "\n"))

      \(training.measurements.indented.indented)

          in \(folder.path.excerpt)
      \(files.wrapped(to: 74).map { "      \($0)" }.joined(separator: "\n"))

      """
  }
}

extension SearchImportance {
  /// The fraction of the variance that a setting explains alone.
  func share(of dimension: SearchDimension) -> Double { fractions[dimension.path] ?? 0 }
}

extension FinishedTrial {
  /// How it ended, in one word.
  var state: String {
    switch outcome {
    case .value: "completed"
    case .pruned: "pruned"
    case .failed(let reason): reason == Self.diverged ? reason : "failed"
    }
  }
}

extension String {
  /// The last part of the path of a setting.
  var lastPart: String { split(separator: ".").last.map(String.init) ?? self }
}
