import GliaCore

/// The learning rate falls with the inverse of time: rate(t) = base / (1 + decay_rate · t).
///
/// Source: Robbins and Monro, "A stochastic approximation method" (1951): such rates sum to infinity, their squares do
/// not.
public struct InverseTimeSchedule: Schedule {
  public static let name = "inverse_time"
  public static let aliases = ["inverse_time_decay"]
  public static let summary = "base / (1 + decay_rate · t)"
  /// How fast the rate falls: it is half after 1 / decay_rate.
  public var decayRate: Double = 0.01
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Half after 100 steps.
  public init() {}
  /// Half after 1 / `decayRate` steps or epochs.
  public init(decayRate: Double, per: SchedulePeriod = .step) { (self.decayRate, self.per) = (decayRate, per) }
  public func validate() throws { try requireRate(decayRate, "decay_rate") }
  public func rate(base: Double, at count: Int) -> Double { base / (1 + decayRate * Double(count)) }
}

extension Schedule where Self == InverseTimeSchedule {
  /// The rate falls with the inverse of time.
  public static func inverseTime(decayRate: Double = 0.01, per: SchedulePeriod = .step) -> InverseTimeSchedule {
    InverseTimeSchedule(decayRate: decayRate, per: per)
  }
}
