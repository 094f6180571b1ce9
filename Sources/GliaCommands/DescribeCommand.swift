import ArgumentParser
import GliaCore

/// `glia describe`.
struct DescribeCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show the layers, parameters, data and training settings of an experiment or model.",
    discussion: """
      Examples:
        glia describe moons
        glia describe experiment.json
        glia describe glia-output/moons/model.safetensors
      """)

  @Argument(
    help: "An experiment (a JSON file, a report.json, a built-in name), a model.safetensors, or a training folder.",
    completion: KnownNames.experiment)
  var subject: String

  func run(with tool: Tool) throws {
    try Console.write(try isModel(in: tool) ? describeModel(in: tool) : describeExperiment(in: tool))
  }

  /// Experiments are JSON; any other file is read as a model, whose reader reports what is wrong with it.
  private func isModel(in tool: Tool) throws -> Bool {
    if tool.experiment(named: subject) != nil || !InputFile.exists(subject) { return false }
    guard !subject.lowercased().hasSuffix(".csv") else {
      throw GliaError(
        "a CSV file is neither an experiment nor a model", at: subject.visible(limit: 4096),
        expected: "a JSON file, a model.safetensors, or the folder of a run",
        remedy: "see what it contains with 'glia inspect \(subject.visible(limit: 4096))'")
    }
    let path = OutputFolder.file("model.safetensors", at: subject)
    return try path != subject || !InputFile.isJSON(path)
  }

  private func describeExperiment(in tool: Tool) throws -> String {
    let source = try ExperimentSource(subject, in: tool)
    let preparation = try Preparation(source.experiment, with: tool.registry, folder: source.folder)
    var facts = try preparation.facts(tool.registry)
    let settings = preparation.experiment.training
    facts.append(("epochs", "\(settings.epochs.grouped), seed \(settings.seed)"))
    if let metrics = settings.metrics, !metrics.isEmpty {
      facts.append(("metrics", metrics.map { type(of: $0).name }.joined(separator: ", ")))
    }
    return text(preparation.experiment.name, facts + settings.fits, preparation.network)
  }

  private func describeModel(in tool: Tool) throws -> String {
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: subject), with: tool.registry)
    var facts: [(name: String, text: String)] = []
    if let data = model.experiment.data { facts.append(("data", try tool.registry.briefly(data))) }
    if !model.columns.isEmpty { facts.append(("features", names(model.columns))) }
    if !model.classes.isEmpty { facts.append(("classes", names(model.classes))) }
    if model.classes.isEmpty, !model.targets.isEmpty { facts.append(("targets", names(model.targets))) }
    if !model.preprocessing.isEmpty { facts.append(("input", model.preprocessing.effect)) }
    if let scaling = model.targetScaling { facts.append(("target", scaling.effect)) }
    if let loss = model.experiment.training.loss { facts.append(("loss", try tool.registry.briefly(loss))) }
    if let optimizer = model.experiment.training.optimizer {
      facts.append(("optimizer", try tool.registry.briefly(optimizer, always: ["learning_rate"])))
    }
    facts += model.fitted.facts(of: model)
    return text(model.experiment.name, facts, model.network)
  }

  private func names(_ names: [String]) -> String {
    let shown = names.prefix(8).map(\.excerpt).joined(separator: ", ")
    return names.count > 8 ? "\(shown), … (\(names.count.grouped))" : shown
  }

  private func text(_ name: String, _ facts: [(name: String, text: String)], _ network: Network) -> String {
    let title = name.isEmpty ? network.architecture : "\(name.excerpt): \(network.architecture)"
    let lines = facts.map { "  \($0.name.padded(to: 11))\($0.text)" }.joined(separator: "\n")
    return "\n\(title)\n\n\(lines)\n\n\(network.description.indented)\n\n"
  }
}

extension TrainingSettings {
  /// What is fitted on the validation set after training.
  fileprivate var fits: [(name: String, text: String)] {
    var facts: [(name: String, text: String)] = []
    switch threshold {
    case .score(let score): facts.append(("threshold", Double(score).brief))
    case .maximizing(let metric, let positive):
      let name = metric.rawValue + (positive.map { " of '\($0.excerpt)'" } ?? "")
      facts.append(("threshold", "that of the highest \(name) on the validation set"))
    case nil: break
    }
    if let calibration { facts.append(("calibration", calibration.rawValue)) }
    if let intervals { facts.append(("intervals", "for \((100 * intervals).brief) % of the targets")) }
    return facts
  }
}
