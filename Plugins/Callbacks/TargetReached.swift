import GliaCore

/// Stops training as soon as a monitored value reaches a target.
public struct TargetReached: Callback {
  public static let name = "target"
  public static let summary = "stops training as soon as a monitored value reaches a target"
  /// The history column to monitor; nil for `validation_loss`, or `loss` if there is no validation data.
  public var monitor: String? = nil
  /// The target value.
  @Required public var value: Double = 0
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil
  private enum CodingKeys: CodingKey { case monitor, value, mode }

  /// Creates a callback without a target; set `value` before use.
  public init() {}
  /// Creates a callback that stops when `monitor` is `value` or better.
  public init(_ monitor: String?, _ value: Double, mode: MonitorMode? = nil) {
    (self.monitor, self.value, self.mode) = (monitor, value, mode)
  }

  public func validate() throws { try require(value.isFinite, "value", value, expected: "a finite number") }

  public func checkColumns(_ columns: [String]) throws {
    try watched?.check(Self.name, columns: columns, compares: false)
  }

  public var watched: Monitor? { Monitor(column: monitor, mode: mode) }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    guard let (reached, higherIsBetter) = Monitor(column: monitor, mode: mode).value(of: epoch) else { return }
    if higherIsBetter ? reached >= value : reached <= value { control.stop(.target) }
  }
}

extension Callback where Self == TargetReached {
  /// Stops training as soon as `monitor` is `value` or better.
  public static func target(_ monitor: String, _ value: Double, mode: MonitorMode? = nil) -> TargetReached {
    TargetReached(monitor, value, mode: mode)
  }
}
