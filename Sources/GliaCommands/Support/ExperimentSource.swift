import Foundation
import Glia

/// The source given by the argument EXPERIMENT: a built-in experiment, a JSON file, or the report of an earlier run.
struct ExperimentSource {
  var experiment: Experiment
  /// The absolute path of the folder to which the experiment's paths are relative.
  var folder: String
  /// The number of members of the ensemble that a report is of; nil for a single network.
  private(set) var members: Int?

  /// The maximum size of a JSON file in bytes.
  private static let limit = 64 << 20

  /// Loads the experiment given by `argument`; built-in names take precedence, and `./NAME` always is a file.
  init(_ argument: String, in tool: Tool) throws {
    if let known = tool.experiment(named: argument) {
      self.init(experiment: known.experiment, folder: "")
      return
    }
    guard FileManager.default.fileExists(atPath: argument) else { throw Self.unknown(argument, in: tool) }
    guard !argument.lowercased().hasSuffix(".csv") else {
      throw GliaError(
        "a CSV file is not an experiment", at: argument.visible(limit: 4096), expected: "a JSON file",
        remedy:
          "write one with 'glia init \(argument.visible(limit: 4096)) --target COLUMN', and train that"
      )
    }
    guard !argument.lowercased().hasSuffix(".safetensors") else {
      throw GliaError(
        "a model is not an experiment", at: argument.visible(limit: 4096), expected: "a JSON file",
        remedy: "give the report.json beside it; to start from its weights, add --initial-weights")
    }
    let json = try JSON(parsing: FileReader.bytes(of: argument, limit: Self.limit), name: argument)
    try self.init(json, of: argument, in: tool)
  }

  private init(_ json: JSON, of path: String, in tool: Tool) throws {
    let url = URL(fileURLWithPath: path)
    // A report contains its experiment in addition to the results.
    let described = json["stopped"] == nil ? json : json["experiment"] ?? json
    do {
      self.init(
        experiment: try Experiment(from: described, writtenBy: json["version"]?.string, with: tool.registry),
        folder: url.deletingLastPathComponent().path)
    } catch var error as GliaError {
      error.place = error.place.map { $0.isEmpty ? path : "\(path): \($0)" } ?? path
      throw error
    }
    if described != json, let members = json["members"]?.array, members.count > 1 { self.members = members.count }
    if experiment.name.isEmpty { experiment.name = url.deletingPathExtension().lastPathComponent }
  }

  private init(experiment: Experiment, folder: String) { (self.experiment, self.folder) = (experiment, folder) }

  private static func unknown(_ argument: String, in tool: Tool) -> GliaError {
    let names = tool.experiments.map(\.experiment.name)
    let isPath = argument.contains("/") || argument.contains(".")
    return GliaError(
      isPath ? "no file '\(argument.visible(limit: 4096))'" : "unknown experiment '\(argument.excerpt)'",
      expected: "a JSON file" + (names.isEmpty ? "" : ", or one of \(names.joined(separator: ", "))"),
      remedy: Suggestion.nearest(to: argument, among: names).map { "did you mean '\($0)'?" }, category: .missingInput)
  }
}

extension Tool {
  /// The built-in experiment with the given name.
  func experiment(named name: String) -> BuiltInExperiment? {
    experiments.first { Spelling.folded($0.experiment.name) == Spelling.folded(name) }
  }
}
