import GliaCore

/// Linear warmup of the learning rate, followed by another schedule: rate(t) = base (t + 1) / steps for t < steps, then the
/// rate of `then` at t - steps.
///
/// `then` counts in the same unit as the warmup.
///
/// Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour" (2017).
public struct WarmupSchedule: Schedule {
  public static let name = "warmup"
  public static let summary = "linear warmup: base (t + 1) / steps for t < steps, then another schedule"
  public static var examples: [JSON] {
    [["steps": 10, "then": ["type": "cosine", "steps": 50]]]
  }
  /// The number of steps or epochs of the warmup.
  @Required public var steps = 0
  /// The schedule after the warmup.
  @Part public var then: any Schedule = ConstantSchedule()
  /// Whether the schedule, including `then`, counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a warmup without a length; set `steps` before use.
  public init() {}
  /// Creates a warmup followed by another schedule.
  public init(steps: Int, then: some Schedule = .constant, per: SchedulePeriod = .step) {
    (self.steps, self.then, self.per) = (steps, then, per)
  }
  public func validate() throws {
    try requireCount(steps, "steps")
    try GliaError.locating("then", then.checkSettings)
    try require(
      per == .epoch || then.per == .step, "per", per.rawValue, expected: "epoch, because 'then' counts epochs")
  }
  public func rate(base: Double, at count: Int) -> Double {
    count < steps ? base * Double(count + 1) / Double(steps) : then.rate(base: base, at: count - steps)
  }
  public var watched: Monitor? { then.watched }
  public func checkColumns(_ columns: [String]) throws {
    try GliaError.locating("then") { try then.checkColumns(columns) }
  }
  public mutating func epochEnded(_ epoch: Epoch) { then.epochEnded(epoch) }
}

extension Schedule where Self == WarmupSchedule {
  /// Linear warmup followed by another schedule.
  public static func warmup(
    steps: Int, then: some Schedule = .constant, per: SchedulePeriod = .step
  ) -> WarmupSchedule {
    WarmupSchedule(steps: steps, then: then, per: per)
  }
}
