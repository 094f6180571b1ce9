import GliaCore
import RealModule

/// Step decay of the learning rate: rate(t) = base · factor^⌊t / every⌋.
public struct StepSchedule: Schedule {
  public static let name = "step"
  public static let aliases = ["step_decay"]
  public static let summary = "step decay: base · factor^⌊t / every⌋"
  public static var examples: [JSON] {
    [["every": 20]]
  }
  /// The number of steps or epochs between reductions.
  @Required public var every = 0
  /// The factor of each reduction.
  public var factor: Double = 0.1
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a decay by factor 0.1; set `every` before use.
  public init() {}
  /// Creates a decay by a factor every `every` steps or epochs.
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
  /// Step decay: reduces the learning rate by a factor every `every` steps or epochs.
  public static func step(every: Int, factor: Double = 0.1, per: SchedulePeriod = .step) -> StepSchedule {
    StepSchedule(every: every, factor: factor, per: per)
  }
}
