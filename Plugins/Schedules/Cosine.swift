import GliaCore
import RealModule

/// Cosine decay of the learning rate to `end`: rate(t) = end + (base - end) (1 + cos(π t / steps)) / 2 up to t = steps,
/// constant afterwards.
///
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017), without restarts.
public struct CosineSchedule: Schedule {
  public static let name = "cosine"
  public static let aliases = ["cosine_decay", "cosine_annealing"]
  public static let summary = "cosine decay: end + (base - end) (1 + cos(π t / steps)) / 2"
  public static var examples: [JSON] {
    [["steps": 50], ["steps": 50, "end": 0.01]]
  }
  /// The number of steps or epochs of the decay.
  @Required public var steps = 0
  /// The final learning rate.
  public var end: Double = 0
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a decay to 0; set `steps` before use.
  public init() {}
  /// Creates a cosine decay to `end`.
  public init(steps: Int, end: Double = 0, per: SchedulePeriod = .step) {
    (self.steps, self.end, self.per) = (steps, end, per)
  }
  public func validate() throws {
    try requireCount(steps, "steps")
    try requireRate(end, "end")
  }
  public func rate(base: Double, at count: Int) -> Double {
    halfWave(from: base, to: end, at: Double(min(count, steps)) / Double(steps))
  }
}

/// Interpolates along half a cosine period from `start` at 0 to `end` at 1.
func halfWave(from start: Double, to end: Double, at part: Double) -> Double {
  let left = (1 + Double.cos(.pi * part)) / 2
  return start * left + end * (1 - left)
}

extension Schedule where Self == CosineSchedule {
  /// Cosine decay of the learning rate to `end`.
  public static func cosine(steps: Int, end: Double = 0, per: SchedulePeriod = .step) -> CosineSchedule {
    CosineSchedule(steps: steps, end: end, per: per)
  }
}
