import GliaCore
import RealModule

/// Reduces the learning rate when a monitored value stops improving: rate = max(base · factorᵏ, min_rate) after k reductions.
///
/// An epoch is an improvement if its value is better than the best one so far by more than `min_delta`. After `patience`
/// epochs without improvement, the learning rate is multiplied by `factor`, down to `min_rate`, and the next `cooldown`
/// epochs are not counted. Epochs whose value is NaN are ignored.
/// PyTorch waits one epoch longer and interprets `min_delta` relative to the best value.
public struct ReduceOnPlateau: Schedule {
  public static let name = "reduce_on_plateau"
  public static let aliases = ["reduce_lr_on_plateau"]
  public static let summary = "reduces the learning rate by a factor when a monitored value stops improving"
  public static var examples: [JSON] {
    [["patience": 3, "cooldown": 2, "min_rate": 0.001]]
  }
  /// The history column to monitor; nil for `validation_loss`, or `loss` if there is no validation data.
  public var monitor: String? = nil
  /// The factor of each reduction.
  public var factor: Double = 0.1
  /// The number of epochs without improvement after which the learning rate is reduced.
  public var patience = 10
  /// The minimum change that counts as an improvement.
  public var minDelta: Double = 1e-4
  /// The number of epochs after a reduction that are not counted.
  public var cooldown = 0
  /// The lower bound of the learning rate.
  public var minRate: Double = 0
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil
  /// Whether the schedule counts steps or epochs; without effect here, because it reacts to epochs.
  public var per = SchedulePeriod.step

  private var best: Double?
  private var waited = 0
  private var cooling = 0
  private var reductions = 0
  private enum CodingKeys: CodingKey { case monitor, factor, patience, minDelta, cooldown, minRate, mode, per }

  /// Creates a schedule that monitors the loss with a patience of 10 epochs.
  public init() {}
  /// Creates a schedule that monitors `monitor` with the given patience.
  public init(
    monitor: String? = nil, factor: Double = 0.1, patience: Int = 10, minDelta: Double = 1e-4, cooldown: Int = 0,
    minRate: Double = 0, mode: MonitorMode? = nil
  ) {
    (self.monitor, self.factor, self.patience, self.minDelta) = (monitor, factor, patience, minDelta)
    (self.cooldown, self.minRate, self.mode) = (cooldown, minRate, mode)
  }

  public func validate() throws {
    try requireFactor(factor)
    try require(patience >= 0, "patience", patience, expected: "a whole number of 0 or more")
    try require(cooldown >= 0, "cooldown", cooldown, expected: "a whole number of 0 or more")
    try requireRate(minDelta, "min_delta")
    try requireRate(minRate, "min_rate")
  }

  public func rate(base: Double, at count: Int) -> Double {
    min(base, max(base * .pow(factor, reductions), minRate))
  }

  public var watched: Monitor? { Monitor(column: monitor, mode: mode) }

  public mutating func epochEnded(_ epoch: Epoch) {
    let monitor = Monitor(column: monitor, mode: mode)
    guard monitor.value(of: epoch) != nil else { return }
    if let value = monitor.improvement(epoch, over: best, by: minDelta) {
      (best, waited) = (value, 0)
    } else if cooling == 0 {
      waited += 1
    }
    cooling = max(cooling - 1, 0)
    if waited >= max(patience, 1) {
      (waited, cooling) = (0, cooldown)
      reductions += 1
    }
  }
}

extension Schedule where Self == ReduceOnPlateau {
  /// Reduces the learning rate when a monitored value stops improving.
  public static func reduceOnPlateau(
    monitor: String? = nil, factor: Double = 0.1, patience: Int = 10, minDelta: Double = 1e-4, cooldown: Int = 0,
    minRate: Double = 0, mode: MonitorMode? = nil
  ) -> ReduceOnPlateau {
    ReduceOnPlateau(
      monitor: monitor, factor: factor, patience: patience, minDelta: minDelta, cooldown: cooldown, minRate: minRate,
      mode: mode)
  }
}
