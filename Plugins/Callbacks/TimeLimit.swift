import GliaCore

/// Stops training after the epoch in which a time limit is reached, counting the epochs before a resumption.
public struct TimeLimit: Callback {
  public static let name = "time_limit"
  public static let summary = "stops training after the epoch in which a time limit is reached"
  /// The time limit in seconds.
  @Required public var seconds: Double = 0
  private var used = 0.0
  private enum CodingKeys: CodingKey { case seconds }

  /// Creates a callback without a limit; set `seconds` before use.
  public init() {}
  /// Creates a limit of the given number of seconds.
  public init(seconds: Double) { self.seconds = seconds }

  public func validate() throws {
    try require(seconds > 0 && seconds.isFinite, "seconds", seconds, expected: "a number above 0")
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    used += epoch.seconds
    if used >= seconds { control.stop(.time) }
  }
}

extension Callback where Self == TimeLimit {
  /// Stops training after the epoch in which the time limit is reached.
  public static func timeLimit(seconds: Double) -> TimeLimit { TimeLimit(seconds: seconds) }
}
