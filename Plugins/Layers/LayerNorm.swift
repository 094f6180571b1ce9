import GliaCore
import GliaInitializers
import GliaKernels

/// Layer normalization: y = weight · (x - μ) / √(σ² + ε) + bias, where μ and σ² are mean and biased variance of the
/// sample's own numbers along the last axis.
///
/// Parameters: `weight` and `bias` of shape `[features]`, starting at 1 and 0.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization" (2016); ε as in Keras.
public struct LayerNorm: Layer {
  public static let name = "layer_norm"
  public static let aliases = ["layer_normalization"]
  public static let summary = "normalizes each sample over its features"
  /// What is added to the variance, ε.
  public var epsilon: Float = 0.001

  /// ε 0.001.
  public init() {}
  /// Layer normalization with the given ε.
  public init(epsilon: Float) { self.epsilon = epsilon }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard input.last == 1 else { return [] }
    return [
      "layer_norm of one feature gives its bias, whatever the input; leave it out, or give the layer before it more units"
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
      memoryPerSample: [2, input.elementCount() / max(features, 1)].elementCount())
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = pass.plan.output.last ?? 1
    let rows = x.count / features
    guard let x = x.address, let y = y.address, let weight = parameters.address, let means = memory.address else {
      return
    }
    let (inverses, bias) = (means + rows, weight + features)
    for row in 0..<rows {
      let (x, y) = (x + row * features, y + row * features)
      let mean = Float(glia_sum(features, x) / Double(features))
      for j in 0..<features { y[j] = x[j] - mean }
      let variance = Float(glia_sum_of_squares(features, y) / Double(features))
      let inverse = 1 / (variance + epsilon).squareRoot()
      for j in 0..<features { y[j] = y[j] * inverse * weight[j] + bias[j] }
      (means[row], inverses[row]) = (mean, inverse)
    }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = pass.plan.output.last ?? 1
    let rows = x.count / features
    gradients.update(repeating: 0)
    guard let x = x.address, let weight = parameters.address, let dy = dy.address, let dw = gradients.address,
      let means = memory.address
    else { return }
    let (db, lower) = (dw + features, dx.isEmpty ? nil : dx.address)
    for row in 0..<rows {
      let (x, dy) = (x + row * features, dy + row * features)
      let (mean, inverse) = (means[row], means[rows + row])
      var (sum, product): (Float, Float) = (0, 0)
      for j in 0..<features {
        let normalized = (x[j] - mean) * inverse
        dw[j] += dy[j] * normalized
        db[j] += dy[j]
        sum += dy[j] * weight[j]
        product += dy[j] * weight[j] * normalized
      }
      guard let lower else { continue }
      let dx = lower + row * features
      (sum, product) = (sum / Float(features), product / Float(features))
      for j in 0..<features { dx[j] = inverse * (dy[j] * weight[j] - sum - (x[j] - mean) * inverse * product) }
    }
  }
}
