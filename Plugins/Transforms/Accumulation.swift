import GliaCore

/// Makes one update of several batches, with the mean of their gradients: large batches in little memory.
///
/// Schedules and steps count updates. Batches that are left at the end of an epoch count towards the next epoch's first
/// update; those left in the end are dropped.
public struct Accumulation: GradientAccumulator {
  public static let name = "accumulation"
  public static let aliases = ["gradient_accumulation", "multi_steps"]
  public static let summary = "one update of several batches"
  /// Of how many batches an update is made.
  public var steps = 4
  /// One update of four batches.
  public init() {}
  /// One update of `steps` batches.
  public init(_ steps: Int) { self.steps = steps }

  public func validate() throws {
    try require((1...1_000_000).contains(steps), "steps", steps, expected: "a whole number from 1 to 1,000,000")
  }

  public func state(for count: Int) -> [StatePlan] {
    [StatePlan("sum", shape: [count]), StatePlan("batches", shape: [1])]
  }

  public func accumulate(_ gradient: MutableTensorView<Float>, _ context: UpdateContext) -> Bool {
    let sum = context.state["sum"]
    let batches = context.state["batches"]
    batches[0] += 1
    if batches[0] > 1 { gradient.add(sum.view) }
    guard batches[0] < Float(steps) else {
      gradient.assign(gradient.view, times: 1 / batches[0])
      batches[0] = 0
      return true
    }
    sum.copy(gradient.view)
    return false
  }
}

extension Transform where Self == Accumulation {
  /// Makes one update of several batches.
  public static func accumulation(_ steps: Int = 4) -> Accumulation { Accumulation(steps) }
}
