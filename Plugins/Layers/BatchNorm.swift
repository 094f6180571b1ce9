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
      saved: [SavedPlan("mean", shape: [features]), SavedPlan("inverse", shape: [features])])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let mean = context.saved["mean"]
    // First the variance, then what to multiply by.
    let inverse = context.saved["inverse"]
    let runningMean = context.state["running_mean"]
    let runningVariance = context.state["running_variance"]
    if context.isTraining {
      measure(x, mean: mean, variance: inverse)
      let kept = keptPart(mean: runningMean.view, variance: runningVariance.view, batches: context.state["batches"])
      runningMean.update(mean.view) { running, batch in running = kept * running + (1 - kept) * batch }
      runningVariance.update(inverse.view) { running, batch in running = kept * running + (1 - kept) * batch }
    } else {
      mean.copy(runningMean.view)
      inverse.copy(runningVariance.view)
    }
    inverse.assign(inverse.view) { variance in 1 / (variance + epsilon).squareRoot() }
    let weight = context.parameters["weight"]
    let bias = context.parameters["bias"]
    for row in 0..<x.rows {
      let y = y.row(row)
      y.assign(x.row(row), mean.view, inverse.view) { x, mean, inverse in (x - mean) * inverse }
      y.update(weight, bias) { y, weight, bias in y = y * weight + bias }
    }
  }

  /// The part of the running means that one more batch leaves; counts that batch.
  private func keptPart(
    mean: TensorView<Float>, variance: TensorView<Float>, batches: MutableTensorView<Float>
  ) -> Float {
    var seen = max(batches[0], 0)
    // Means that moved although nothing was counted come from a file: they are as good as those of many batches.
    if seen == 0, mean.indices.contains(where: { mean[$0] != 0 || variance[$0] != 1 }) { seen = 0x1p24 }
    batches[0] = seen + 1
    return min(momentum, seen / (seen + 1))
  }

  /// Mean and biased variance in two passes; distances from the first row keep the digits of numbers far from 0.
  private func measure(_ x: TensorView<Float>, mean: MutableTensorView<Float>, variance: MutableTensorView<Float>) {
    let part = 1 / Float(x.rows)
    mean.fill(0)
    variance.fill(0)
    for row in 0..<x.rows { mean.update(x.row(row), x.row(0)) { mean, x, first in mean += (x - first) * part } }
    mean.add(x.row(0))
    for row in 0..<x.rows {
      variance.update(x.row(row), mean.view) { variance, x, mean in variance += (x - mean) * (x - mean) * part }
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let mean = context.saved["mean"].view
    let inverse = context.saved["inverse"].view
    let weight = context.parameters["weight"]
    let dw = context.gradients["weight"]
    let db = context.gradients["bias"]
    dw.fill(0)
    db.fill(0)
    for row in 0..<dy.rows {
      dw.update(dy.view.row(row), context.x.row(row), mean, inverse) { dw, dy, x, mean, inverse in
        dw += dy * (x - mean) * inverse
      }
      db.add(dy.view.row(row))
    }
    guard context.needsInputGradient else { return }
    // The batch's mean and variance depend on the inputs; running ones do not.
    let part = context.isTraining ? 1 / Float(dy.rows) : 0
    for row in 0..<dy.rows {
      let dx = dx.row(row)
      dx.assign(context.x.row(row), mean, inverse) { x, mean, inverse in (x - mean) * inverse }
      dx.update(dw.view, db.view) { dx, dw, db in dx = db + dx * dw }
      dx.update(dy.view.row(row), weight, inverse) { dx, dy, weight, inverse in
        dx = weight * inverse * (dy - part * dx)
      }
    }
  }
}
