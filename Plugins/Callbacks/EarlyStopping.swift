import GliaCore

/// Stops training when a monitored value stops improving, and restores the best weights.
///
/// An epoch is an improvement if its value is better than the best one so far by more than `min_delta`; training stops after
/// `patience` epochs without improvement. Epochs whose value is NaN are ignored. Without validation data, only `loss`, the
/// training loss, can be monitored; it is measured before the first epoch and after every epoch, so it is the loss of the
/// weights that are kept (`history.csv` has the mean over the epoch's batches, each before its update).
///
/// Source: Prechelt, "Early stopping - but when?" (1998).
public struct EarlyStopping: Callback {
  public static let name = "early_stopping"
  public static let summary = "stops training when a monitored value stops improving; restores the best weights"
  /// The history column to monitor; nil for `validation_loss`, or `loss` if there is no validation data.
  public var monitor: String? = nil
  /// The number of epochs without improvement after which training stops.
  public var patience = 10
  /// The minimum change that counts as an improvement.
  public var minDelta: Double = 0
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil
  /// Whether to restore the weights of the best epoch.
  public var restoreBest = true

  private var best: Double?
  private var waited = 0
  private enum CodingKeys: CodingKey { case monitor, patience, minDelta, mode, restoreBest }

  /// Creates a callback that monitors the loss with a patience of 10 epochs.
  public init() {}
  /// Creates a callback that monitors `monitor` with the given patience.
  public init(
    monitor: String? = nil, patience: Int, minDelta: Double = 0, mode: MonitorMode? = nil, restoreBest: Bool = true
  ) {
    (self.monitor, self.patience, self.minDelta) = (monitor, patience, minDelta)
    (self.mode, self.restoreBest) = (mode, restoreBest)
  }

  public func validate() throws {
    try require(patience >= 0, "patience", patience, expected: "a whole number of 0 or more")
    try require(minDelta >= 0 && minDelta.isFinite, "min_delta", minDelta, expected: "a number of 0 or more")
  }

  public var watched: Monitor? { Monitor(column: monitor, mode: mode) }
  public var keepsWeights: Bool { restoreBest }

  public func checkColumns(_ columns: [String]) throws {
    try watched?.check(Self.name, columns: columns)
    guard let monitor, monitor != "loss", !columns.contains("validation_loss") else { return }
    throw GliaError(
      "\(Self.name) monitors '\(monitor)' on the training data, which does not measure generalization", at: "monitor",
      expected: "loss, or a column of the validation data", remedy: "add \"validation\": 0.2 to the split")
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    let monitor = Monitor(column: monitor, mode: mode)
    if let value = monitor.improvement(epoch, over: best, by: minDelta) {
      (best, waited) = (value, 0)
      if restoreBest { control.keepWeights(for: "\(monitor.column(among: epoch.columns)) \(value.brief)") }
    } else if monitor.value(of: epoch) != nil {
      waited += 1
      if waited >= max(patience, 1) { control.stop(.earlyStopping) }
    }
  }

  public mutating func trainingEnded(control: inout TrainingControl) throws {
    if restoreBest { control.restoreWeights() }
  }
}

extension Callback where Self == EarlyStopping {
  /// Stops training after `patience` epochs without improvement of `monitor`.
  public static func earlyStopping(
    monitor: String? = nil, patience: Int = 10, minDelta: Double = 0, mode: MonitorMode? = nil, restoreBest: Bool = true
  ) -> EarlyStopping {
    EarlyStopping(monitor: monitor, patience: patience, minDelta: minDelta, mode: mode, restoreBest: restoreBest)
  }
}
