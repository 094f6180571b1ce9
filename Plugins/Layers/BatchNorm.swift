import GliaCore
import GliaInitializers

/// Batch normalization: y = weight · (x - μ) / √(σ² + ε) + bias, for each feature, an index of the last axis.
///
/// While training, μ and σ² are the mean and the biased variance of the feature over the batch (and over all axes but the
/// last), and running means follow them: r ← m · r + (1 - m) · batch's, where m is the momentum, but t / (t + 1) after t
/// batches while that is less: the first batches are averaged, so that nothing is left of where the running means start.
/// Outside of training the running means stand for the batch's. A momentum of 1 averages all batches of a training.
///
/// Parameters: `weight` and `bias` of shape `[features]`, starting at 1 and 0. State: `running_mean` and
/// `running_variance`, starting at 0 and 1, which are Keras's and PyTorch's but for its unbiased variance; and in
/// checkpoints `batches`, how many were seen. Running means from a file without that number go on with the momentum.
///
/// Source: Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
/// shift" (2015); the defaults are Keras's. In Keras and PyTorch the start of a running mean fades with the momentum alone.
public struct BatchNorm: Layer {
  public static let name = "batch_norm"
  public static let aliases = ["batch_normalization"]
  public static let summary = "normalizes each feature over the batch"
  /// The part of a running mean that is kept in each step, once there were enough of them.
  public var momentum: Float = 0.99
  /// What is added to the variance, ε.
  public var epsilon: Float = 0.001

  /// Momentum 0.99, ε 0.001.
  public init() {}
  /// Batch normalization with the given settings.
  public init(momentum: Float = 0.99, epsilon: Float = 0.001) { (self.momentum, self.epsilon) = (momentum, epsilon) }

  public func validate() throws {
    try require(momentum >= 0 && momentum <= 1, "momentum", momentum, expected: "a number from 0 to 1")
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard batch * input.dropLast().reduce(1, *) == 1 else { return [] }
    return [
      "batch_norm over a batch of one sample gives the same output for every sample; use a batch_size that leaves two or more"
    ]
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    let features = input.last ?? 1
    return try LayerPlan(
      output: input,
      parameters: [
        ParameterPlan("weight", shape: [features], initializer: ConstantInitializer(1)),
        ParameterPlan("bias", shape: [features]),
      ],
      state: [
        StatePlan("running_mean", shape: [features]), StatePlan("running_variance", shape: [features], start: 1),
        StatePlan("batches", shape: [1], isSaved: false),
      ],
      memory: [4, features].elementCount())
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = pass.plan.output.last ?? 1
    let rows = x.count / features
    guard let x = x.address, let y = y.address, let weight = parameters.address, let running = state.address,
      let mean = memory.address
    else { return }
    let (inverse, bias) = (mean + features, weight + features)
    if pass.isTraining {
      measure(x, rows: rows, features: features, mean: mean, variance: inverse)
      let kept = keptPart(of: running, features: features)
      // Mean and variance lie side by side, in the memory as in the state.
      for j in 0..<2 * features { running[j] = kept * running[j] + (1 - kept) * mean[j] }
    } else {
      mean.update(from: running, count: 2 * features)
    }
    for j in 0..<features { inverse[j] = 1 / (inverse[j] + epsilon).squareRoot() }
    for start in stride(from: 0, to: rows * features, by: features) {
      for j in 0..<features { y[start + j] = (x[start + j] - mean[j]) * inverse[j] * weight[j] + bias[j] }
    }
  }

  /// The part of the running means that one more batch leaves; counts that batch.
  private func keptPart(of running: UnsafeMutablePointer<Float>, features: Int) -> Float {
    let batches = running + 2 * features
    var seen = max(batches.pointee, 0)
    // Means that moved although nothing was counted come from a file: they are as good as those of many batches.
    if seen == 0, (0..<features).contains(where: { running[$0] != 0 || running[features + $0] != 1 }) { seen = 0x1p24 }
    batches.pointee = seen + 1
    return min(momentum, seen / (seen + 1))
  }

  /// Mean and biased variance in two passes; distances from the first row keep the digits of numbers far from 0.
  private func measure(
    _ x: UnsafePointer<Float>, rows: Int, features: Int, mean: UnsafeMutablePointer<Float>,
    variance: UnsafeMutablePointer<Float>
  ) {
    let part = 1 / Float(rows)
    mean.update(repeating: 0, count: features)
    variance.update(repeating: 0, count: features)
    for start in stride(from: 0, to: rows * features, by: features) {
      for j in 0..<features { mean[j] += (x[start + j] - x[j]) * part }
    }
    for j in 0..<features { mean[j] += x[j] }
    for start in stride(from: 0, to: rows * features, by: features) {
      for j in 0..<features { variance[j] += (x[start + j] - mean[j]) * (x[start + j] - mean[j]) * part }
    }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = pass.plan.output.last ?? 1
    let rows = x.count / features
    let lower = dx.isEmpty ? nil : dx.address
    guard let x = x.address, let weight = parameters.address, let dy = dy.address, let gradients = gradients.address,
      let mean = memory.address
    else { return }
    let inverse = mean + features
    let (products, sums) = (inverse + features, inverse + 2 * features)
    products.update(repeating: 0, count: 2 * features)
    for start in stride(from: 0, to: rows * features, by: features) {
      for j in 0..<features {
        products[j] += dy[start + j] * (x[start + j] - mean[j]) * inverse[j]
        sums[j] += dy[start + j]
      }
    }
    // These are the gradients of weight and bias, which lie side by side too.
    for j in 0..<2 * features { gradients[j] = products[j] }
    guard let dx = lower else { return }
    // The batch's mean and variance depend on the inputs; running ones do not.
    let part = pass.isTraining ? 1 / Float(rows) : 0
    for start in stride(from: 0, to: rows * features, by: features) {
      for j in 0..<features {
        let normalized = (x[start + j] - mean[j]) * inverse[j]
        dx[start + j] = weight[j] * inverse[j] * (dy[start + j] - part * (sums[j] + normalized * products[j]))
      }
    }
  }
}
