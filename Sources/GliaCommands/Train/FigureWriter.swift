import GliaCore

/// Plots the results of a training run; a tool without one draws nothing.
public protocol FigureWriter: Sendable {
  /// All file names that ``write(_:into:)`` may use, so that files of an earlier run can be removed.
  var fileNames: [String] { get }
  /// Writes the figures for `training` into `folder` and returns their file names. Files of an earlier run with
  /// ``fileNames`` have been removed. An error is reported but does not affect other results.
  func write(_ training: FinishedTraining, into folder: String) throws -> [String]
}

/// A finished training run: the model, its data and its history.
public struct FinishedTraining: Sendable {
  /// The data sets, standardized as the network sees them, and the complete experiment.
  public let preparation: Preparation
  /// The trained model.
  public let model: Model
  /// The results of every epoch.
  public let history: [Epoch]
  /// The final loss and metrics of each data set.
  public let results: [(name: String, evaluation: Evaluation)]
  /// Why training stopped.
  public let stopReason: StopReason
  /// The earlier epoch whose weights were restored, if any.
  public let restored: RestoredWeights?
  /// Snapshots of the network over the epochs, for an animation; empty unless one was requested.
  public let frames: [Frame]

  /// A snapshot of the network after an epoch.
  public struct Frame: Sendable {
    /// The epoch number; 0 before the first epoch.
    public let epoch: Int
    /// The network at that time.
    public let network: Network
  }
}

/// Keeps evenly spaced snapshots of a training run of unknown length: if there are too many, every second one is dropped.
struct FrameCollector {
  private(set) var frames: [FinishedTraining.Frame] = []
  private var stride = 1
  private static let limit = 96
  /// The maximum number of values in all frames together; at least two frames are kept.
  private static let mostNumbers = 1 << 28

  mutating func add(_ network: Network, epoch: Int) {
    guard epoch % stride == 0 else { return }
    frames.append(.init(epoch: epoch, network: network))
    let limit = max(min(Self.limit, Self.mostNumbers / max(network.parameterCount, 1)), 2)
    guard frames.count > limit else { return }
    stride *= 2
    frames.removeAll { $0.epoch % stride != 0 }
  }
}
