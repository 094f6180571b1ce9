/// What a ``Callback`` can read and request after an epoch.
public struct TrainingControl {
  /// The network after the epoch.
  public let network: Network
  /// The folder for files; empty for the current folder.
  public let folder: String
  /// Whether an epoch from before a checkpoint is replayed: weights and gradients are not those of that epoch, and its requests
  /// have already been fulfilled.
  public let isReplay: Bool
  /// Why training is to end; nil to continue.
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
  /// Saves the current weights in memory, replacing those saved before.
  ///
  /// - Parameter value: the value for which they are saved, such as `validation_loss 0.25`.
  public mutating func keepWeights(for value: String = "") { kept = value }
  /// Restores the saved weights.
  public mutating func restoreWeights() { restores = true }
  /// Writes a ``Checkpoint``, from which training can be resumed, after all callbacks were called; then removes the `outdated`
  /// files.
  public mutating func saveCheckpoint(to path: String, outdated: [String] = []) {
    checkpoints.append((path, outdated))
  }

  /// Returns a path relative to ``folder`` as a path for file access.
  public func path(_ name: String) -> String { Paths.absolute(name, in: folder) }

  /// The gradients of the last step, penalties included, by the names of their tensors; zeros before the first step.
  public var gradients: [(name: String, tensor: Tensor)] { workspace.gradients(of: network) }
}
