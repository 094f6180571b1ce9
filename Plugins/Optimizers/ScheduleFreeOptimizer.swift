import GliaCore

/// The common part of schedule-free optimizers: gradients are computed at y, between the fast weights z and their average x,
/// which is evaluated.
///
/// With the direction u of another rule: z ← z - η u; x ← (1 - c) x + c z; y = β₁ x + (1 - β₁) z, where c is the share of η²ₘ in
/// its sum over all steps, with the largest rate so far, ηₘ. The trained weights are y and the state holds z, from which x
/// follows: x = (y - (1 - β₁) z) / β₁.
///
/// Source: Defazio et al., "The road less scheduled" (2024).
protocol ScheduleFreeOptimizer: AveragingOptimizer {
  /// The weight of the average in the weights at which gradients are computed, β₁.
  var beta1: Float { get }
}

extension ScheduleFreeOptimizer {
  /// The fast weights, and numbers of the tensor: the sum of η²ₘ in units of the last one, and ηₘ.
  func averageState(for shape: [Int]) -> [StatePlan] {
    [StatePlan("fast", shape: shape), StatePlan("steps", shape: [1]), StatePlan("largest_rate", shape: [1])]
  }

  func requireInterpolation() throws {
    try requirePositiveRate()
    try require(beta1 > 0 && beta1 < 1, "beta1", beta1, expected: "a number above 0 and below 1")
  }

  /// Replaces the direction u by the step from y to the next y.
  func interpolate(_ direction: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let fast = context.state["fast"]
    if context.number == 1 { fast.copy(weight) }
    let share = nextShare(context)
    let (rate, fastShare, excess) = (context.learningRate, 1 - beta1, (1 - beta1) / beta1)
    direction.update(together: fast, weight) { direction, z, y in
      // In terms of differences, nothing moves where all are equal.
      var x = y + excess * (y - z)
      z -= rate * direction
      x += share * (z - x)
      direction = y - (x + fastShare * (z - x))
    }
  }

  /// Returns the share c of this step in the average.
  private func nextShare(_ context: UpdateContext) -> Float {
    let steps = context.state["steps"]
    let largest = context.state["largest_rate"]
    let (old, now) = (largest[0], max(largest[0], context.learningRate))
    largest[0] = now
    guard now > 0 else { return 0 }
    let ratio = Double(old) / Double(now)
    let sum = Double(steps[0]) * ratio * ratio + 1
    steps[0] = Float(sum)
    return Float(1 / sum)
  }

  public func average(_ weight: MutableTensorView<Float>, _ context: UpdateContext) {
    let excess = (1 - beta1) / beta1
    weight.update(context.state["fast"].view) { y, z in y += excess * (y - z) }
  }
}
