import GliaCore

/// A constant learning rate: rate(t) = base.
public struct ConstantSchedule: Schedule {
  public static let name = "constant"
  public static let summary = "a constant learning rate"
  /// Whether the schedule counts steps or epochs; without effect here.
  public var per = SchedulePeriod.step
  /// Creates a constant schedule.
  public init() {}
  public func rate(base: Double, at count: Int) -> Double { base }
}

extension Schedule where Self == ConstantSchedule {
  /// A constant learning rate.
  public static var constant: ConstantSchedule { ConstantSchedule() }
}
