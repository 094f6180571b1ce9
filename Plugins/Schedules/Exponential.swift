import GliaCore
import RealModule

/// The learning rate falls by the same factor every step or epoch: rate(t) = base · factorᵗ.
public struct ExponentialSchedule: Schedule {
  public static let name = "exponential"
  public static let summary = "base · factorᵗ"
  /// What the rate is multiplied by each time.
  public var factor: Double = 0.99
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Factor 0.99 every step.
  public init() {}
  /// A factor for every step or epoch.
  public init(factor: Double, per: SchedulePeriod = .step) { (self.factor, self.per) = (factor, per) }
  public func validate() throws { try requireFactor(factor) }
  public func rate(base: Double, at count: Int) -> Double { base * .pow(factor, count) }
}

extension Schedule where Self == ExponentialSchedule {
  /// The rate falls by the same factor every step or epoch.
  public static func exponential(factor: Double = 0.99, per: SchedulePeriod = .step) -> ExponentialSchedule {
    ExponentialSchedule(factor: factor, per: per)
  }
}
