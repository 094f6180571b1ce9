import GliaCore

/// The one-cycle policy: the learning rate rises to its maximum and then falls far below its initial value, along cosines.
///
/// It rises from base / start_divisor to base at t = warmup_fraction · steps - 1, falls to
/// base / start_divisor / end_divisor at t = steps - 1, and is constant afterwards.
///
/// Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates" (2019),
/// with PyTorch's two phases and cosine annealing. Momentum is not changed.
public struct OneCycleSchedule: Schedule {
  public static let name = "one_cycle"
  public static let summary =
    "one cycle: base / start_divisor up to base, then down to base / start_divisor / end_divisor"
  public static var examples: [JSON] {
    [["steps": 60], ["steps": 2, "warmup_fraction": 1]]
  }
  /// The number of steps or epochs of the cycle.
  @Required public var steps = 0
  /// The fraction of the cycle in which the learning rate rises.
  public var warmupFraction: Double = 0.3
  /// The ratio of the maximum learning rate to the initial one.
  public var startDivisor: Double = 25
  /// The ratio of the initial learning rate to the final one.
  public var endDivisor: Double = 10_000
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a cycle without a length; set `steps` before use.
  public init() {}
  /// Creates a cycle of `steps` steps or epochs.
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
  /// The one-cycle policy.
  public static func oneCycle(
    steps: Int, warmupFraction: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 10_000,
    per: SchedulePeriod = .step
  ) -> OneCycleSchedule {
    OneCycleSchedule(
      steps: steps, warmupFraction: warmupFraction, startDivisor: startDivisor, endDivisor: endDivisor, per: per)
  }
}
