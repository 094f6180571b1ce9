import GliaCore

/// Stops after the epoch in which the epochs together have taken this long, those before a resumption included.
public struct TimeLimit: Callback {
  public static let name = "time_limit"
  public static let summary = "stops after the epoch in which the time is used up"
  /// How long the epochs may take, in seconds.
  @Required public var seconds: Double = 0
  private var used = 0.0
  private enum CodingKeys: CodingKey { case seconds }

  /// One hour.
  public init() {}
  /// A number of seconds.
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
  /// Stops after the epoch in which so many seconds are used up.
  public static func timeLimit(seconds: Double) -> TimeLimit { TimeLimit(seconds: seconds) }
}
