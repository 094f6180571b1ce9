import GliaCore

/// Schedule-free gradient descent: the average of the weights is evaluated, and needs no falling learning rate.
///
/// z ← z - η g(y); x ← (1 - c) x + c z; y = β₁ x + (1 - β₁) z, where c = 1 / t at a constant rate; with a schedule, steps count
/// by the square of the largest rate so far. Gradients are computed at y; x is evaluated and saved.
///
/// Source: Defazio et al., "The road less scheduled" (2024). A warm-up helps, other schedules do not.
public struct ScheduleFreeSGD: ScheduleFreeOptimizer {
  public static let name = "schedule_free_sgd"
  public static let summary = "z ← z - η g(y); x ← (1 - c) x + c z; y = β₁ x + (1 - β₁) z; evaluates the average x"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-3..10", "beta1": "0.5..0.98"] }
  /// The learning rate η.
  public var learningRate: Float = 0.5
  /// The weight of the average in the weights at which gradients are computed, β₁.
  public var beta1: Float = 0.9
  /// Creates a schedule-free SGD optimizer with the default settings.
  public init() {}
  /// Creates a schedule-free SGD optimizer with the given settings.
  public init(learningRate: Float, beta1: Float = 0.9) { (self.learningRate, self.beta1) = (learningRate, beta1) }

  public func validate() throws { try requireInterpolation() }

  public func state(for shape: [Int]) -> [StatePlan] { averageState(for: shape) }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    interpolate(gradient, of: weight, context)
  }
}

extension Optimizer where Self == ScheduleFreeSGD {
  /// Schedule-free gradient descent, which evaluates an average of the weights.
  public static func scheduleFreeSGD(learningRate: Float = 0.5, beta1: Float = 0.9) -> ScheduleFreeSGD {
    ScheduleFreeSGD(learningRate: learningRate, beta1: beta1)
  }
}
