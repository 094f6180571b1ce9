import GliaCore

/// The learning rate rises from a small one to the full one and falls to a far smaller one, along half waves.
///
/// From base / start_divisor up to base at t = warmup_fraction · steps - 1, down to base / start_divisor / end_divisor at
/// t = steps - 1, where it stays.
///
/// Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates" (2019),
/// with PyTorch's two phases and waves. Momentum stays as it is.
public struct OneCycleSchedule: Schedule {
  public static let name = "one_cycle"
  public static let summary = "up from base / start_divisor to base, then down to base / start_divisor / end_divisor"
  public static var examples: [JSON] {
    [["steps": 60], ["steps": 2, "warmup_fraction": 1]]
  }
  /// How many steps or epochs the cycle takes.
  @Required public var steps = 0
  /// The part of the steps in which the rate rises.
  public var warmupFraction: Double = 0.3
  /// How many times smaller than the full rate the first one is.
  public var startDivisor: Double = 25
  /// How many times smaller than the first rate the last one is.
  public var endDivisor: Double = 10_000
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// A cycle of one step, at the full rate.
  public init() {}
  /// A cycle of `steps` steps or epochs.
  public init(
    steps: Int, warmupFraction: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 10_000,
    per: SchedulePeriod = .step
  ) {
    (self.steps, self.warmupFraction, self.per) = (steps, warmupFraction, per)
    (self.startDivisor, self.endDivisor) = (startDivisor, endDivisor)
  }
  public func validate() throws {
    try requireCount(steps, "steps")
    try require(
      (0...1).contains(warmupFraction), "warmup_fraction", warmupFraction, expected: "a number from 0 to 1")
    for (setting, value) in [("start_divisor", startDivisor), ("end_divisor", endDivisor)] {
      try require(value >= 1 && value.isFinite, setting, value, expected: "a number of at least 1")
    }
  }
  public func rate(base: Double, at count: Int) -> Double {
    let (start, last) = (base / startDivisor, Double(steps - 1))
    let (t, top) = (min(Double(count), last), max(warmupFraction * Double(steps) - 1, 0))
    if t < top { return halfWave(from: start, to: base, at: t / top) }
    return last > top ? halfWave(from: base, to: start / endDivisor, at: (t - top) / (last - top)) : base
  }
}

extension Schedule where Self == OneCycleSchedule {
  /// The rate rises from a small one to the full one and falls to a far smaller one.
  public static func oneCycle(
    steps: Int, warmupFraction: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 10_000,
    per: SchedulePeriod = .step
  ) -> OneCycleSchedule {
    OneCycleSchedule(
      steps: steps, warmupFraction: warmupFraction, startDivisor: startDivisor, endDivisor: endDivisor, per: per)
  }
}
