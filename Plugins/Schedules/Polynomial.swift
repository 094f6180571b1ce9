import GliaCore
import RealModule

/// Polynomial decay of the learning rate to `end`: rate(t) = end + (base - end) (1 - t / steps)^power up to t = steps, constant
/// afterwards.
public struct PolynomialSchedule: Schedule {
  public static let name = "polynomial"
  public static let aliases = ["polynomial_decay"]
  public static let summary = "polynomial decay: end + (base - end) (1 - t / steps)^power"
  public static var examples: [JSON] {
    [["steps": 50, "power": 2], ["steps": 50, "end": 0.01, "power": 0.5]]
  }
  /// The number of steps or epochs of the decay.
  @Required public var steps = 0
  /// The final learning rate.
  public var end: Double = 0
  /// The exponent; 1 gives linear decay.
  public var power: Double = 1
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a linear decay to 0; set `steps` before use.
  public init() {}
  /// Creates a polynomial decay to `end`.
  public init(steps: Int, end: Double = 0, power: Double = 1, per: SchedulePeriod = .step) {
    (self.steps, self.end, self.power, self.per) = (steps, end, power, per)
  }
  public func validate() throws {
    try requireCount(steps, "steps")
    try requireRate(end, "end")
    try require(power > 0 && power.isFinite, "power", power, expected: "a number above 0")
  }
  public func rate(base: Double, at count: Int) -> Double {
    let left = Double.pow(1 - Double(min(count, steps)) / Double(steps), power)
    return base * left + end * (1 - left)
  }
}

extension Schedule where Self == PolynomialSchedule {
  /// Polynomial decay of the learning rate to `end`.
  public static func polynomial(
    steps: Int, end: Double = 0, power: Double = 1, per: SchedulePeriod = .step
  ) -> PolynomialSchedule {
    PolynomialSchedule(steps: steps, end: end, power: power, per: per)
  }
}
