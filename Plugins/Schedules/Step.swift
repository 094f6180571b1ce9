import GliaCore
import RealModule

/// The learning rate falls in stairs: rate(t) = base · factor^⌊t / every⌋.
public struct StepSchedule: Schedule {
  public static let name = "step"
  public static let aliases = ["step_decay"]
  public static let summary = "base · factor^⌊t / every⌋"
  public static var examples: [JSON] {
    [["every": 20]]
  }
  /// How many steps or epochs a stair is long.
  @Required public var every = 0
  /// What the rate is multiplied by after each stair.
  public var factor: Double = 0.1
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Factor 0.1 every step.
  public init() {}
  /// A factor after every so many steps or epochs.
  public init(every: Int, factor: Double = 0.1, per: SchedulePeriod = .step) {
    (self.every, self.factor, self.per) = (every, factor, per)
  }
  public func validate() throws {
    try requireCount(every, "every")
    try requireFactor(factor)
  }
  public func rate(base: Double, at count: Int) -> Double { base * .pow(factor, count / every) }
}

extension Schedule where Self == StepSchedule {
  /// The rate falls by a factor after every so many steps or epochs.
  public static func step(every: Int, factor: Double = 0.1, per: SchedulePeriod = .step) -> StepSchedule {
    StepSchedule(every: every, factor: factor, per: per)
  }
}
