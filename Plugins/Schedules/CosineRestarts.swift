import GliaCore

/// Cosine decay with warm restarts: repeated ``CosineSchedule`` cycles, each `growth` times as long as the one before and
/// starting at the full learning rate.
///
/// Cycle k starts after steps · (1 + growth + ... + growth^(k-1)).
///
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
public struct CosineRestartsSchedule: Schedule {
  public static let name = "cosine_restarts"
  public static let aliases = ["cosine_decay_restarts", "cosine_annealing_warm_restarts", "sgdr"]
  public static let summary = "cosine decay from base to end with restarts, each cycle growth times as long as the last"
  public static var examples: [JSON] {
    [["steps": 10], ["steps": 3, "growth": 2, "end": 0.01]]
  }
  /// The number of steps or epochs of the first cycle.
  @Required public var steps = 0
  /// The factor by which each cycle is longer than the one before.
  public var growth = 1
  /// The learning rate at the end of each cycle.
  public var end: Double = 0
  /// Whether the schedule counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates cycles without a length; set `steps` before use.
  public init() {}
  /// Creates cycles that decay to `end`.
  public init(steps: Int, growth: Int = 1, end: Double = 0, per: SchedulePeriod = .step) {
    (self.steps, self.growth, self.end, self.per) = (steps, growth, end, per)
  }
  public func validate() throws {
    try requireCount(steps, "steps")
    try requireCount(growth, "growth")
    try requireRate(end, "end")
  }
  public func rate(base: Double, at count: Int) -> Double {
    var (length, passed) = (steps, growth == 1 ? count % steps : count)
    while passed >= length {
      passed -= length
      let longer = length.multipliedReportingOverflow(by: growth)
      length = longer.overflow ? .max : longer.partialValue
    }
    return halfWave(from: base, to: end, at: Double(passed) / Double(length))
  }
}

extension Schedule where Self == CosineRestartsSchedule {
  /// Cosine decay to `end` with warm restarts.
  public static func cosineRestarts(
    steps: Int, growth: Int = 1, end: Double = 0, per: SchedulePeriod = .step
  ) -> CosineRestartsSchedule {
    CosineRestartsSchedule(steps: steps, growth: growth, end: end, per: per)
  }
}
