import GliaCore

/// The learning rate stays as it is: rate(t) = base.
public struct ConstantSchedule: Schedule {
  public static let name = "constant"
  public static let summary = "the rate stays as it is"
  /// Steps or epochs; it makes no difference here.
  public var per = SchedulePeriod.step
  /// The rate stays as it is.
  public init() {}
  public func rate(base: Double, at count: Int) -> Double { base }
}

extension Schedule where Self == ConstantSchedule {
  /// The rate stays as it is.
  public static var constant: ConstantSchedule { ConstantSchedule() }
}
