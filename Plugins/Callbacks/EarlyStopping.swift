import GliaCore

/// Stops when a value no longer gets better, and brings the best weights back.
///
/// An epoch is better if its value beats the best one so far by more than `min_delta`; after `patience` epochs that are
/// not, the training stops. Without a validation part only `loss`, the training loss, can be watched.
///
/// Source: Prechelt, "Early stopping - but when?" (1998).
public struct EarlyStopping: Callback {
  public static let name = "early_stopping"
  public static let summary = "stops when a value no longer gets better; restores the best weights"
  /// The column of the history to watch; nil for `validation_loss`, or `loss` without a validation part.
  public var monitor: String? = nil
  /// How many epochs without improvement are waited for.
  public var patience = 10
  /// How much better counts as better.
  public var minDelta: Double = 0
  /// `min` or `max`: which direction is better; nil for `max` where the column is an accuracy, else `min`.
  public var mode: Mode? = nil
  /// Whether the weights of the best epoch are brought back.
  public var restoreBest = true

  private var best: Double?
  private var waited = 0
  private var watched = "loss"
  private enum CodingKeys: CodingKey { case monitor, patience, minDelta, mode, restoreBest }

  /// Which direction is better.
  public enum Mode: String, Choice {
    /// Lower values are better.
    case min
    /// Higher values are better.
    case max
  }

  /// Watches the loss with a patience of 10 epochs.
  public init() {}
  /// Watches `monitor` with the given patience.
  public init(monitor: String? = nil, patience: Int, minDelta: Double = 0, mode: Mode? = nil, restoreBest: Bool = true)
  {
    (self.monitor, self.patience, self.minDelta) = (monitor, patience, minDelta)
    (self.mode, self.restoreBest) = (mode, restoreBest)
  }

  public func validate() throws {
    try require(patience >= 0, "patience", patience, expected: "a whole number of 0 or more")
    try require(minDelta >= 0 && minDelta.isFinite, "min_delta", minDelta, expected: "a number of 0 or more")
  }

  public func check(columns: [String]) throws {
    guard let monitor, !columns.contains(monitor) else { return }
    let isHeld = monitor.hasPrefix("validation_") && !columns.contains("validation_loss")
    throw GliaError(
      "early_stopping watches '\(monitor.excerpt)', which the history will not have", at: "monitor",
      expected: "one of \(columns.joined(separator: ", "))",
      remedy: isHeld
        ? "add \"validation\": 0.2 to the split"
        : Suggestion.nearest(to: monitor, among: columns).map { "did you mean '\($0)'?" })
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    watched = monitor ?? (epoch.validation == nil ? "loss" : "validation_loss")
    guard let value = epoch[watched] else { return }
    let higherIsBetter = mode.map { $0 == .max } ?? watched.hasSuffix("accuracy")
    let isBetter = best.map { higherIsBetter ? value > $0 + minDelta : value < $0 - minDelta } ?? true
    if isBetter, !value.isNaN {
      (best, waited) = (value, 0)
      if restoreBest { control.keepWeights() }
    } else {
      waited += 1
      if waited >= max(patience, 1) { control.stop(.earlyStopping) }
    }
  }

  public mutating func trainingEnded(control: inout TrainingControl) throws {
    if restoreBest { control.restoreWeights() }
  }
}
