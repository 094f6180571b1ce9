import GliaCore

/// Gradient accumulation: one update per several batches, g ← (g₁ + … + gₖ) / k, for large effective batches in little memory.
///
/// Schedules and steps count updates. Batches left over at the end of an epoch count toward the first update of the next
/// epoch; those left over at the end of training are dropped.
public struct Accumulation: GradientAccumulator {
  public static let name = "accumulation"
  public static let aliases = ["gradient_accumulation", "multi_steps"]
  public static let summary = "gradient accumulation: one update per several batches"
  /// The number of batches per update, k.
  public var steps = 4
  /// Creates an accumulation of four batches per update.
  public init() {}
  /// Creates an accumulation of `steps` batches per update.
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
  /// Gradient accumulation over several batches.
  public static func accumulation(_ steps: Int = 4) -> Accumulation { Accumulation(steps) }
}
