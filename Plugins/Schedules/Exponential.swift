import GliaCore
import RealModule

/// Exponential decay of the learning rate: rate(t) = base · factorᵗ.
public struct ExponentialSchedule: Schedule {
  public static let name = "exponential"
  public static let summary = "exponential decay: base · factorᵗ"
  /// The factor applied at each step or epoch.
  public var factor: Double = 0.99
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a decay by factor 0.99 per step.
  public init() {}
  /// Creates a decay by the given factor per step or epoch.
  public init(factor: Double, per: SchedulePeriod = .step) { (self.factor, self.per) = (factor, per) }
  public func validate() throws { try requireFactor(factor) }
  public func rate(base: Double, at count: Int) -> Double { base * .pow(factor, count) }
}

extension Schedule where Self == ExponentialSchedule {
  /// Exponential decay of the learning rate.
  public static func exponential(factor: Double = 0.99, per: SchedulePeriod = .step) -> ExponentialSchedule {
    ExponentialSchedule(factor: factor, per: per)
  }
}
