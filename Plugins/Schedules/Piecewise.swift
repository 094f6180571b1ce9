import GliaCore

/// A piecewise constant learning rate: rate(t) = base · factors[k], where k is the number of boundaries less than or equal
/// to t.
public struct PiecewiseSchedule: Schedule {
  public static let name = "piecewise"
  public static let aliases = ["piecewise_constant"]
  public static let summary = "piecewise constant: base · factors[k], where k is the number of boundaries ≤ t"
  public static var examples: [JSON] {
    [["boundaries": [10, 30], "factors": [0.5, 1, 0]]]
  }
  /// The step or epoch counts at which the factor changes, in ascending order.
  @Required public var boundaries: [Int] = []
  /// The factor of each interval, one more than there are boundaries.
  @Required public var factors: [Double] = []
  /// Whether t counts steps or epochs.
  public var per = SchedulePeriod.step
  /// Creates a schedule without values; set `boundaries` and `factors` before use.
  public init() {}
  /// Creates a schedule with the given boundaries and factors.
  public init(boundaries: [Int], factors: [Double], per: SchedulePeriod = .step) {
    (self.boundaries, self.factors, self.per) = (boundaries, factors, per)
  }
  public func validate() throws {
    let ascends = zip([0] + boundaries, boundaries).allSatisfy { $0 < $1 }
    try require(ascends, "boundaries", boundaries, expected: "whole numbers of at least 1 in ascending order")
    try require(
      factors.count == boundaries.count + 1, "factors", factors,
      expected: "\(boundaries.count + 1) numbers, one more than there are boundaries")
    try require(
      factors.allSatisfy { (0...1_000_000).contains($0) }, "factors", factors, expected: "numbers from 0 to 1,000,000")
  }
  public func rate(base: Double, at count: Int) -> Double {
    base * factors[boundaries.firstIndex { $0 > count } ?? boundaries.count]
  }
}

extension Schedule where Self == PiecewiseSchedule {
  /// A piecewise constant learning rate.
  public static func piecewise(
    boundaries: [Int], factors: [Double], per: SchedulePeriod = .step
  ) -> PiecewiseSchedule {
    PiecewiseSchedule(boundaries: boundaries, factors: factors, per: per)
  }
}
