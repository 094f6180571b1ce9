import GliaCore

/// Draws what a training learned; a tool without one draws nothing.
public protocol FigureWriter: Sendable {
  /// Every name that ``write(_:into:)`` may give a file, so that those of a former run can be removed.
  var fileNames: [String] { get }
  /// Draws the figures of `training` into `folder` and returns the names of the files; what a former run left there under
  /// ``fileNames`` has been removed. An error is reported and changes nothing else.
  func write(_ training: FinishedTraining, into folder: String) throws -> [String]
}

/// What is left of a training: the model, its data and how it got there.
public struct FinishedTraining: Sendable {
  /// The parts of the data, standardized as the network sees them, and the experiment in full.
  public let preparation: Preparation
  /// The trained model.
  public let model: Model
  /// The epochs.
  public let history: [Epoch]
  /// Loss and metrics of the parts in the end.
  public let results: [(name: String, evaluation: Evaluation)]
  /// Why the training ended.
  public let stopReason: StopReason
  /// The weights of an earlier epoch that the model has, if they took the place of the last ones.
  public let restored: RestoredWeights?
  /// The network at times spread over the epochs, for an animation; empty unless one was asked for.
  public let frames: [Frame]

  /// The network after an epoch.
  public struct Frame: Sendable {
    /// The number of the epoch; 0 before the first.
    public let epoch: Int
    /// The network as it was then.
    public let network: Network
  }
}

/// Remembers networks spread evenly over a training of unknown length: whenever there are too many, every second one goes.
struct FrameCollector {
  private(set) var frames: [FinishedTraining.Frame] = []
  private var stride = 1
  private static let limit = 96
  /// All frames together have at most so many numbers, or two frames.
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
