import GliaCore

/// Stops as soon as a value is reached.
public struct TargetReached: Callback {
  public static let name = "target"
  public static let summary = "stops as soon as a value is reached"
  public static let requiredSettings = ["value"]
  /// The history column to monitor; nil for `validation_loss`, or `loss` if there is no validation data.
  public var monitor: String? = nil
  /// The value that is enough.
  public var value: Double = 0
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil
  private enum CodingKeys: CodingKey { case monitor, value, mode }

  /// A loss of 0.
  public init() {}
  /// Watches `monitor` until it is `value` or better.
  public init(_ monitor: String?, _ value: Double, mode: MonitorMode? = nil) {
    (self.monitor, self.value, self.mode) = (monitor, value, mode)
  }

  public func validate() throws { try require(value.isFinite, "value", value, expected: "a finite number") }

  public func check(columns: [String]) throws { try watched?.check(Self.name, columns: columns, compares: false) }

  public var watched: Monitor? { Monitor(column: monitor, mode: mode) }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    guard let (reached, higherIsBetter) = Monitor(column: monitor, mode: mode).value(of: epoch) else { return }
    if higherIsBetter ? reached >= value : reached <= value { control.stop(.target) }
  }
}

extension Callback where Self == TargetReached {
  /// Stops as soon as `monitor` is `value` or better.
  public static func target(_ monitor: String, _ value: Double, mode: MonitorMode? = nil) -> TargetReached {
    TargetReached(monitor, value, mode: mode)
  }
}
