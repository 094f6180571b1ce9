import GliaCore
import GliaKernels

/// Makes one update of several batches, with the mean of their gradients: large batches in little memory.
///
/// Schedules and steps count updates. Batches that are left at the end of an epoch count towards the next epoch's first
/// update; those left in the end are dropped.
public struct Accumulation: Transform {
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

  /// The sum of the gradients, and of how many.
  public func stateCount(parameters: Int) -> Int { parameters + 1 }

  public func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) -> Bool {
    let n = gradient.count
    let count = state[n] + 1
    guard let g = gradient.address, let sum = state.address else { return true }
    if count > 1 { glia_axpy(n, 1, sum, g) }
    guard count < Float(steps) else {
      glia_scale(n, 1 / count, g, g)
      state[n] = 0
      return true
    }
    sum.update(from: g, count: n)
    state[n] = count
    return false
  }
}

extension Transform where Self == Accumulation {
  /// Makes one update of several batches.
  public static func accumulation(_ steps: Int = 4) -> Accumulation { Accumulation(steps) }
}
