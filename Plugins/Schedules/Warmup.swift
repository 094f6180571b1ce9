import GliaCore

/// The learning rate rises in a straight line, then follows another schedule: rate(t) = base (t + 1) / steps for t < steps,
/// after that the rate of `then` at t - steps.
///
/// `then` counts what the warmup counts.
///
/// Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour" (2017).
public struct WarmupSchedule: Schedule {
  public static let name = "warmup"
  public static let summary = "base (t + 1) / steps for t < steps, then another schedule"
  public static var examples: [JSON] {
    [["steps": 10, "then": ["type": "cosine", "steps": 50]]]
  }
  /// How many steps or epochs the rise takes.
  @Required public var steps = 0
  /// What comes after it.
  @Part public var then: any Schedule = ConstantSchedule()
  /// Whether steps or epochs are counted, by `then` as well.
  public var per = SchedulePeriod.step
  /// A rise of one step, which is none.
  public init() {}
  /// A rise, then another schedule.
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
  /// The rate rises in a straight line, then follows another schedule.
  public static func warmup(
    steps: Int, then: some Schedule = .constant, per: SchedulePeriod = .step
  ) -> WarmupSchedule {
    WarmupSchedule(steps: steps, then: then, per: per)
  }
}
