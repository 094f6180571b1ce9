import GliaCore

/// Half waves as of ``CosineSchedule``, each `growth` times as long as the one before, which start at the full rate.
///
/// Wave k begins after steps · (1 + growth + ... + growth^(k-1)).
///
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).
public struct CosineRestartsSchedule: Schedule {
  public static let name = "cosine_restarts"
  public static let aliases = ["cosine_decay_restarts", "cosine_annealing_warm_restarts", "sgdr"]
  public static let summary = "half waves from base to end, each growth times as long as the one before"
  public static let requiredSettings = ["steps"]
  public static var examples: [JSON] {
    [["steps": 10], ["steps": 3, "growth": 2, "end": 0.01]]
  }
  /// How many steps or epochs the first wave takes; must be given.
  public var steps = 1
  /// How many times as long as the one before each wave is.
  public var growth = 1
  /// The rate at the end of each wave.
  public var end: Double = 0
  /// Whether the schedule counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Waves of one step.
  public init() {}
  /// Waves down to `end`.
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
  /// Half waves down to `end`, each `growth` times as long as the one before.
  public static func cosineRestarts(
    steps: Int, growth: Int = 1, end: Double = 0, per: SchedulePeriod = .step
  ) -> CosineRestartsSchedule {
    CosineRestartsSchedule(steps: steps, growth: growth, end: end, per: per)
  }
}
