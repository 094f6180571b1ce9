/// What a ``Callback`` may look at and ask for after an epoch.
public struct TrainingControl {
  /// The network as it is after the epoch.
  public let network: Network
  /// The folder that files go into; empty for the current one.
  public let folder: String
  /// Whether an epoch from before a checkpoint is replayed: weights and gradients are not those of that epoch, and what
  /// is asked for has happened.
  public let isReplay: Bool
  /// Why the training is to end; nil to go on.
  public private(set) var stopReason: StopReason?
  private(set) var kept: String?
  private(set) var restores = false
  private(set) var checkpoints: [(path: String, outdated: [String])] = []
  private let workspace: Workspace

  init(network: Network, folder: String, isReplay: Bool, workspace: Workspace) {
    (self.network, self.folder, self.isReplay, self.workspace) = (network, folder, isReplay, workspace)
  }

  /// Ends the training after this epoch.
  public mutating func stop(_ reason: StopReason) { stopReason = reason }
  /// Remembers the weights as they are now, instead of those remembered before.
  ///
  /// - Parameter value: for which value, such as `validation_loss 0.25`.
  public mutating func keepWeights(for value: String = "") { kept = value }
  /// Brings the remembered weights back.
  public mutating func restoreWeights() { restores = true }
  /// Writes a ``Checkpoint``, from which the training can be resumed, once all callbacks were called; then removes the files
  /// that it makes `outdated`.
  public mutating func saveCheckpoint(to path: String, outdated: [String] = []) {
    checkpoints.append((path, outdated))
  }

  /// A path as it is seen from ``folder``.
  public func path(_ name: String) -> String { Paths.absolute(name, in: folder) }

  /// The gradients of the last step, penalties included, by the names of their tensors; zeros before the first step.
  public var gradients: [(name: String, tensor: Tensor)] { workspace.gradients(of: network) }
}
