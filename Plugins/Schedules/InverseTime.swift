import GliaCore

/// Inverse time decay of the learning rate: rate(t) = base / (1 + decay_rate · t).
///
/// Source: Robbins and Monro, "A stochastic approximation method" (1951); the sum of such rates diverges, while the sum of
/// their squares converges.
public struct InverseTimeSchedule: Schedule {
  public static let name = "inverse_time"
  public static let aliases = ["inverse_time_decay"]
  public static let summary = "inverse time decay: base / (1 + decay_rate · t)"
  /// The decay rate; the learning rate is halved after 1 / decay_rate.
  public var decayRate: Double = 0.01
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a decay that halves the learning rate after 100 steps.
  public init() {}
  /// Creates a decay that halves the learning rate after 1 / `decayRate` steps or epochs.
  public init(decayRate: Double, per: SchedulePeriod = .step) { (self.decayRate, self.per) = (decayRate, per) }
  public func validate() throws { try requireRate(decayRate, "decay_rate") }
  public func rate(base: Double, at count: Int) -> Double { base / (1 + decayRate * Double(count)) }
}

extension Schedule where Self == InverseTimeSchedule {
  /// Inverse time decay of the learning rate.
  public static func inverseTime(decayRate: Double = 0.01, per: SchedulePeriod = .step) -> InverseTimeSchedule {
    InverseTimeSchedule(decayRate: decayRate, per: per)
  }
}
