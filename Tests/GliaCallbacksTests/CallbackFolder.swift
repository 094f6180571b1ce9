import Foundation
import Glia

/// A folder for a training run with callbacks, removed at the end.
class CallbackFolder {
  let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  func preparation(_ callbacks: [any Callback], epochs: Int = 7, validation: Double = 0.2) throws -> Preparation {
    var experiment = Experiment()
    experiment.data = Moons(samples: 100, noise: 0.2)
    experiment.split = RandomSplit(test: 0.2, validation: validation)
    experiment.network.layers = [Dense(4, activation: .tanh), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.1))
    (experiment.training.epochs, experiment.training.batchSize) = (epochs, 16)
    experiment.training.metrics = [ROCAUC(), LogLoss()]
    experiment.training.callbacks = callbacks
    return try Preparation(experiment, with: .standard)
  }

  func training(
    _ callbacks: any Callback..., epochs: Int = 7, in name: String = "", resumedFrom file: String? = nil
  ) throws -> Training {
    var training = try preparation(callbacks, epochs: epochs).begin()
    training.folder = name.isEmpty ? folder.path : folder.appending(path: name).path
    if let file { try training.resume(from: Checkpoint(contentsOf: path(file), with: .standard)) }
    return training
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }
  func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }
  func parameters(_ name: String) throws -> [Float] {
    try Model(contentsOf: path(name), with: .standard).network.parameters
  }
}
