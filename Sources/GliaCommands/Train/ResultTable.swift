import GliaCore

extension TrainingResult {
  /// The result as a table for the terminal.
  func text(in folder: OutputFolder, registry: Registry) throws -> String {
    let preparation = finished.preparation
    let network = finished.model.network
    var title = "\(network.architecture), \(network.parameterCount.counted("parameter"))"
    if !preparation.experiment.name.isEmpty { title = "\(preparation.experiment.name.excerpt): \(title)" }
    var facts = try preparation.facts(registry)
    facts.append(
      ("trained", "\(report.epochs.counted("epoch")), \(report.steps.counted("step")), \(report.seconds.asDuration)"))
    facts.append(("stopped", explanation))
    if let restored = report.restored {
      let epoch = restored.epoch == 0 ? "initial" : "epoch \(restored.epoch.grouped)"
      facts.append(("weights", "\(epoch) (\(restored.value))"))
    }
    facts += report.fitted.facts(of: finished.model)
    if report.stopped == .interrupted {
      facts.append(("resume", "--resume \(folder.file(TrainingRun.checkpointName).visible(limit: 4096))"))
    }
    return """

      \(title)

      \(facts.map { "  \($0.name.padded(to: 11))\($0.text)" }.joined(separator: "\n"))

      \(measurements.indented)

        in \(folder.path.excerpt)
      \(files.wrapped(to: 76).map { "    \($0)" }.joined(separator: "\n"))

      """
  }

  /// Loss and metrics of each part.
  var measurements: String {
    let metrics = finished.preparation.experiment.training.metrics ?? []
    let rows = report.parts.compactMap { name, evaluation in
      evaluation.map { evaluation in
        [name, evaluation.loss.brief]
          + zip(metrics, evaluation.metrics).map { $1.value.brief(unit: $0.unit) }
      }
    }
    return TextTable(
      header: ["", "loss"] + metrics.map { type(of: $0).name },
      alignment: [.left] + Array(repeating: .right, count: metrics.count + 1), rows: rows
    ).description
  }

  /// The quantities monitored by the callbacks that can stop training.
  private var watched: String {
    let columns = finished.history.last?.columns ?? []
    let callbacks = finished.preparation.experiment.training.callbacks
    let watched = callbacks.filter { type(of: $0).name == "early_stopping" }.compactMap {
      $0.watched?.column(among: columns)
    }
    return watched.isEmpty ? "the loss" : watched.joined(separator: " or ")
  }

  private var explanation: String {
    switch report.stopped {
    case .completed where report.epochs < finished.preparation.experiment.training.epochs:
      "converged: no step decreases the loss any further"
    case .completed: "all epochs completed"
    case .earlyStopping: "early stopping: \(watched) no longer improved"
    case .interrupted: "interrupted"
    case .diverged: "diverged; the weights are those of the last finite loss"
    case .target: "target reached"
    case .time: "time limit reached"
    default: report.stopped.rawValue
    }
  }
}

extension Preparation {
  /// A short summary of data and training.
  func facts(_ registry: Registry) throws -> [(name: String, text: String)] {
    let settings = experiment.training
    let parts = [(training, "for training"), (validation, "for validation"), (test, "for testing")]
      .compactMap { part, use in part.map { "\($0.count.grouped) \(use)" } }
    var facts: [(name: String, text: String)] = []
    if let data = experiment.data { facts.append(("data", try registry.briefly(data))) }
    facts.append(
      ("samples", parts.joined(separator: ", ") + (preprocessing.isEmpty ? "" : "; \(preprocessing.effect)")))
    if let loss = settings.loss {
      let of = training.targetScaling.map { " on targets, \($0.effect)" } ?? ""
      facts.append(("loss", try registry.briefly(loss) + of))
    }
    if let optimizer = settings.optimizer {
      let batch = min(settings.batchSize, training.count)
      let isFull = optimizer is any FullBatchOptimizer
      facts.append(
        (
          "optimizer",
          try registry.briefly(optimizer, always: isFull ? [] : ["learning_rate"])
            + (isFull ? ", all samples in every step" : ", batches of \(batch.grouped)")
        ))
    }
    if let schedule = settings.schedule {
      let words = try registry.briefly(schedule)
      if words != "constant" { facts.append(("schedule", words)) }
    }
    if !settings.callbacks.isEmpty {
      facts.append(("callbacks", try settings.callbacks.map { try registry.briefly($0) }.joined(separator: ", ")))
    }
    return facts
  }
}
