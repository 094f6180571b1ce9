import GliaCore

extension FinishedTraining {
  /// The text of `history.csv`: one line per epoch; NaN leaves the cell empty.
  var historyCSV: String {
    let columns = preparation.experiment.training.columns(hasValidation: preparation.validation != nil)
    let lines = history.map { $0.cells(columns).joined(separator: ",") }
    return ([columns.map(CSVText.quoted).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}

/// The contents of `report.json`.
struct Report {
  let experiment: JSON
  let seed: UInt64
  let epochs: Int
  let steps: Int
  let parameters: Int
  let seconds: Double
  let stopped: StopReason
  /// The earlier epoch whose weights were restored, if any.
  let restored: RestoredWeights?
  /// What was fitted in addition to the network.
  let fitted: FittedValues
  let parts: [(name: String, evaluation: Evaluation?)]
  /// The reports of the members, if the model is an ensemble.
  var members: [Report] = []
  /// The search that found the settings, if one did.
  var search: JSON?

  /// The text of `report.json`.
  var text: String {
    var report: JSON.Object = ["experiment": experiment]
    for (name, result) in results { report[name] = result }
    if !members.isEmpty { report["members"] = .array(members.map { .object($0.results) }) }
    if let search { report["search"] = search }
    report["machine"] = ["processor": .string(Machine.processor), "kernels": .string(Machine.kernels)]
    report["version"] = .string(Model.version)
    return JSON.object(report).text() + "\n"
  }

  private var results: JSON.Object {
    var results: JSON.Object = [
      "seed": JSON(seed), "epochs": JSON(epochs), "steps": JSON(steps),
      "parameters": JSON(parameters), "seconds": JSON(seconds), "stopped": .string(stopped.rawValue),
      "best_epoch": restored.map { JSON($0.epoch) } ?? .null, "fitted": fitted.json,
    ]
    for (name, evaluation) in parts { results[name] = evaluation.map(Self.json) ?? .null }
    return results
  }

  private static func json(_ evaluation: Evaluation) -> JSON {
    var object: JSON.Object = ["loss": JSON(evaluation.loss)]
    for metric in evaluation.metrics { object[metric.name] = metric.json }
    return .object(object)
  }
}

extension MetricValue {
  /// The value, or the confusion matrix with one row per true class; NaN becomes null.
  var json: JSON {
    matrix.map { .array($0.map { .array($0.map { JSON($0) }) }) } ?? JSON(value)
  }
}
