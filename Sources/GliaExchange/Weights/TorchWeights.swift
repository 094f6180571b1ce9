import Glia

/// A model as an `nn.Sequential` of PyTorch: its weights under PyTorch's names, and the Python code that loads them.
///
/// ```swift
/// let weights = try TorchWeights(model)
/// try weights.write(to: "moons.torch.safetensors")
/// print(weights.python(loading: "moons.torch.safetensors"))
/// ```
///
/// Containers `sequential` and `repeated` become part of the one sequence, and an activation is a module of its own, so that the
/// tensors of a 2-4-1 network are called `0.weight`, `0.bias`, `2.weight` and `2.bias`. The outputs agree up to rounding.
/// Trained on in PyTorch, batch normalization averages the unbiased variance, Glia's the biased one.
public struct TorchWeights: Sendable {
  /// The tensors, in the order of the modules; the metadata contains the numbers that standardize features and targets.
  public let file: SafeTensors
  private let modules: [TorchModule]
  private let prediction: TorchPrediction
  private let comments: [String]

  /// Converts a model.
  ///
  /// - Throws: `GliaError` that names the first layer that torch.nn cannot express as a module in a sequence.
  public init(_ model: Model) throws {
    let sequence = try TorchModules(model.network)
    modules = sequence.modules
    prediction = TorchPrediction(model, readsIndices: sequence.readsIndices)
    comments = try Self.comments(on: model)
    var file = SafeTensors(metadata: prediction.metadata)
    for (index, module) in modules.enumerated() {
      for (name, tensor) in module.tensors { file.tensors["\(index).\(name)"] = tensor }
    }
    file.metadata["format"] = "pt"
    file.metadata["glia.version"] = Model.version
    self.file = file
  }

  /// Writes the weights atomically.
  ///
  /// - Throws: `GliaError` of the category `output` if the file cannot be written.
  public func write(to path: String) throws { try file.write(to: path) }

  /// Returns Python code that defines `model` and loads the weights from `path`; where features or targets are scaled, it also
  /// defines `predict`, which takes features and returns predictions as `glia predict` does.
  public func python(loading path: String) -> String {
    // A string of JSON is a literal of Python, too.
    let path = JSON.string(path).compact
    let metadata = prediction.definitions
    let imports =
      (metadata.isEmpty ? [] : ["import json", ""]) + ["import torch"]
      + (metadata.isEmpty ? [] : ["from safetensors import safe_open"])
      + ["from safetensors.torch import load_file", "from torch import nn"]
    let sequence =
      ["model = nn.Sequential("]
      + modules.map { "    \($0.python)," + ($0.note.map { "  # \($0)" } ?? "") }
      + [")", "model.load_state_dict(load_file(\(path)))", "model.eval()"]
    let reading =
      metadata.isEmpty
      ? [] : ["with safe_open(\(path), \"pt\") as file:", "    metadata = file.metadata()"] + metadata
    let function = prediction.function
    let parts = [comments + imports, sequence + reading] + (function.isEmpty ? [] : [[], function])
    return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  /// Comments on what the model takes and gives.
  private static func comments(on model: Model) throws -> [String] {
    let features = try model.preprocessing.names(of: model.columns)
    let steps = model.preprocessing.steps.map { "\($0.name) (\(list($0.columns)))" }
    let names = [
      ("Features", features), ("Classes", model.classes), ("Targets", model.classes.isEmpty ? model.targets : []),
    ]
    return names.compactMap { $1.isEmpty ? nil : "# \($0): \(list($1))" }
      + (steps.isEmpty ? [] : ["# These steps, which are not part of this code, make the features: \(list(steps))"])
      + (model.fitted.threshold.map { ["# Decision threshold: \($0)"] } ?? [])
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).map { $0.visible(limit: 200) }.joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
