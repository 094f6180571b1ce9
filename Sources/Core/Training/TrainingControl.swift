/// What a ``Callback`` may look at and ask for after an epoch.
public struct TrainingControl {
  /// The network as it is after the epoch.
  public let network: Network
  /// The folder that files go into; empty for the current one.
  public let folder: String
  /// Why the training is to end; nil to go on.
  public private(set) var stopReason: StopReason?
  private(set) var keeps = false
  private(set) var restores = false
  private(set) var checkpoints: [String] = []
  private let step: TrainingStep

  init(network: Network, folder: String, step: TrainingStep) {
    (self.network, self.folder, self.step) = (network, folder, step)
  }

  /// Ends the training after this epoch.
  public mutating func stop(_ reason: StopReason) { stopReason = reason }
  /// Remembers the weights as they are now, instead of those remembered before.
  public mutating func keepWeights() { keeps = true }
  /// Brings the remembered weights back.
  public mutating func restoreWeights() { restores = true }
  /// Writes a ``Checkpoint``, from which the training can be resumed, once all callbacks were told.
  public mutating func saveCheckpoint(to path: String) { checkpoints.append(path) }

  /// A path as it is seen from ``folder``.
  public func path(_ name: String) -> String { FilePath.absolute(name, in: folder) }

  /// The gradients of the last step, penalties included, by the names of their tensors; zeros before the first step.
  public var gradients: [(name: String, tensor: Tensor)] { step.gradients(network) }
}
