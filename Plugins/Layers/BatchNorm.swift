import GliaCore
import GliaInitializers

/// Batch normalization: y = weight · (x - μ) / √(σ² + ε) + bias for each feature, that is, each index of the last axis.
///
/// During training, μ and σ² are the mean and the biased variance of the feature over the batch and all axes but the last.
/// They update running averages: r ← m · r + (1 - m) · batch statistic, where m is the smaller of the momentum and
/// t / (t + 1) after t batches. The first batches are thus averaged evenly, and the initial values have no influence.
/// During inference, the running averages replace the batch statistics. A momentum of 1 averages all training batches.
///
/// Parameters: `weight` and `bias` of shape `[features]`, initialized to 1 and 0. State: `running_mean` and
/// `running_variance`, initialized to 0 and 1, as in Keras (PyTorch's running variance is unbiased); checkpoints also
/// contain `batches`, the number of batches seen. Running averages from a file without that number use the momentum.
///
/// Source: Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
/// shift" (2015), with Keras's defaults. In Keras and PyTorch the initial values decay with the momentum alone.
public struct BatchNorm: Layer {
  public static let name = "batch_norm"
  public static let aliases = ["batch_normalization"]
  public static let summary = "normalization of each feature over the batch"
  /// The upper bound of the momentum of the running averages, m.
  public var momentum: Float = 0.99
  /// A small constant added to the variance for numerical stability, ε.
  public var epsilon: Float = 0.001

  /// Creates a batch normalization layer with momentum 0.99 and ε 0.001.
  public init() {}
  /// Creates a batch normalization layer with the given settings.
  public init(momentum: Float = 0.99, epsilon: Float = 0.001) { (self.momentum, self.epsilon) = (momentum, epsilon) }

  public func validate() throws {
    try require(momentum >= 0 && momentum <= 1, "momentum", momentum, expected: "a number from 0 to 1")
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard batch * input.dropLast().reduce(1, *) == 1 else { return [] }
    return [
      "batch_norm over a batch of one sample gives the same output for every sample; give every batch two or more samples"
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
    // Holds the variance first, then its inverse square root.
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

  /// Counts one more batch and returns the momentum with which it updates the running averages.
  private func keptPart(
    mean: TensorView<Float>, variance: TensorView<Float>, batches: MutableTensorView<Float>
  ) -> Float {
    var seen = max(batches[0], 0)
    // Running averages without a count come from a file; treat them as those of many batches.
    if seen == 0, mean.indices.contains(where: { mean[$0] != 0 || variance[$0] != 1 }) { seen = 0x1p24 }
    batches[0] = seen + 1
    return min(momentum, seen / (seen + 1))
  }

  /// Computes the mean and biased variance in two passes, relative to the first row to avoid cancellation far from 0.
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
    // Batch statistics depend on the inputs; running averages do not.
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
