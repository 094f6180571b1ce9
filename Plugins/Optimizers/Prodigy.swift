import GliaCore

/// Prodigy: Adam that estimates its own learning rate d from how far the weights have moved along the gradients.
///
/// With η̂ = d η √(1 - β₂ᵗ) / (1 - β₁ᵗ) and β₃ = √β₂: m ← β₁ m + (1 - β₁) d g; v ← β₂ v + (1 - β₂) (d g)²;
/// s ← β₃ s + η̂ d g / d₀; r ← β₃ r + η̂ d / d₀ Σ g (w₀ - w); d ← max(d, r / Σ |s|); w ← w - η̂ m / (√v + d ε). The sums are
/// over all tensors that it updates.
///
/// Source: Mishchenko and Defazio, "Prodigy: an expeditiously adaptive parameter-free learner" (2023), as in Optax.
public struct Prodigy: MomentOptimizer, CollectiveOptimizer {
  public static let name = "prodigy"
  public static let summary = "Adam that estimates its learning rate d: w ← w - η d √(1 - β₂ᵗ) m̂ / (√v + d ε)"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:0.1..10", "beta1": "0.5..0.99"] }
  /// The factor of the estimated rate, η; schedules change it.
  public var learningRate: Float = 1
  /// The exponential decay rate of the first moment, β₁.
  public var beta1: Float = 0.9
  /// The exponential decay rate of the second moment, β₂.
  public var beta2: Float = 0.999
  /// A small constant for numerical stability, ε.
  public var epsilon: Float = 1e-8
  /// The first estimate, d₀, below any suitable rate.
  public var initialRate: Float = 1e-6
  /// Creates a Prodigy optimizer with the default settings.
  public init() {}
  /// Creates a Prodigy optimizer with the given settings.
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, initialRate: Float = 1e-6
  ) {
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    self.initialRate = initialRate
  }

  public func validate() throws {
    try requireMoments()
    try requirePositive(initialRate, "initial_rate")
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    ["mean", "variance", "sum", "start", "rest"].map { StatePlan($0, shape: shape) }
      + [StatePlan("progress", shape: [1]), StatePlan("estimate", shape: [1], start: initialRate)]
  }

  /// d and η̂ before the step.
  private func rates(_ context: UpdateContext) -> (estimate: Double, rate: Double) {
    let estimate = Double(context.state["estimate"][0])
    let correction = context.step.correction(beta2).squareRoot() / context.step.correction(beta1)
    return (estimate, estimate * Double(context.learningRate) * correction)
  }

  public func shares(
    of gradient: TensorView<Float>, weight: TensorView<Float>, _ context: UpdateContext
  ) -> SIMD4<Double> {
    let (estimate, rate) = rates(context)
    let start = context.state["start"]
    if context.number == 1 { start.copy(weight) }
    let scale = rate * estimate / Double(initialRate)
    let (factor, beta3) = (Float(scale), Float(Double(beta2).squareRoot()))
    var moved = 0.0
    // The part of the steps that rounding kept from the weights matters while d is tiny.
    context.state["rest"].update(gradient, weight, start.view) { rest, g, w, w0 in
      moved += Double(g) * Double((w0 - w) + rest)
    }
    var size = 0.0
    context.state["sum"].update(gradient) { sum, g in
      sum = beta3 * sum + factor * g
      size += Double(sum.magnitude)
    }
    return SIMD4(scale * moved, size, 0, 0)
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    let (estimate, rate) = rates(context)
    let sums = context.sums ?? shares(of: gradient.view, weight: weight, context)
    let (progress, known) = (context.state["progress"], context.state["estimate"])
    let total = Double(beta2).squareRoot() * Double(progress[0]) + sums[0]
    progress[0] = Float(total)
    let next = sums[1] > 0 ? max(estimate, total / sums[1]) : estimate
    known[0] = Float(next)
    let (d, factor, offset) = (Float(estimate), Float(rate), Float(next * Double(epsilon)))
    let mean = context.state["mean"]
    let variance = context.state["variance"]
    mean.update(gradient.view) { mean, g in mean = beta1 * mean + (1 - beta1) * (d * g) }
    variance.update(gradient.view) { variance, g in variance = beta2 * variance + (1 - beta2) * (d * g) * (d * g) }
    gradient.assign(mean.view, variance.view) { mean, variance in
      let root = variance.squareRoot() + offset
      return root > 0 ? factor * mean / root : 0
    }
    gradient.update(together: context.state["rest"], weight) { step, rest, w in
      step += rest
      rest = step - (w - (w - step))
    }
  }
}

extension Optimizer where Self == Prodigy {
  /// Adam that estimates its own learning rate.
  public static func prodigy(
    learningRate: Float = 1, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, initialRate: Float = 1e-6
  ) -> Prodigy {
    Prodigy(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, initialRate: initialRate)
  }
}
