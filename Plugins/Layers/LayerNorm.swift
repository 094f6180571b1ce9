import GliaCore
import GliaInitializers

/// Layer normalization: y = weight · (x - μ) / √(σ² + ε) + bias, where μ and σ² are the mean and biased variance of each
/// sample along the last axis.
///
/// Parameters: `weight` and `bias` of shape `[features]`, initialized to 1 and 0.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization" (2016), with Keras's ε.
public struct LayerNorm: Layer {
  public static let name = "layer_norm"
  public static let aliases = ["layer_normalization"]
  public static let summary = "normalization of each sample over its features"
  /// A small constant added to the variance for numerical stability, ε.
  public var epsilon: Float = 0.001

  /// Creates a layer normalization layer with ε 0.001.
  public init() {}
  /// Creates a layer normalization layer with the given ε.
  public init(epsilon: Float) { self.epsilon = epsilon }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard input.last == 1 else { return [] }
    return [
      "layer_norm of one feature outputs its bias for any input; remove it, or give the layer before it more units"
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
      saved: [SavedPlan("mean", perSample: input.dropLast()), SavedPlan("inverse", perSample: input.dropLast())])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    let bias = context.parameters["bias"]
    let means = context.saved["mean"]
    let inverses = context.saved["inverse"]
    for row in 0..<x.rows {
      let x = x.row(row)
      let y = y.row(row)
      let mean = Float(x.sum / Double(x.count))
      y.assign(x) { x in x - mean }
      let inverse = 1 / (Float(y.view.sumOfSquares / Double(x.count)) + epsilon).squareRoot()
      y.update(weight, bias) { y, weight, bias in y = y * inverse * weight + bias }
      (means[row], inverses[row]) = (mean, inverse)
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let weight = context.parameters["weight"]
    let dw = context.gradients["weight"]
    let db = context.gradients["bias"]
    let means = context.saved["mean"]
    let inverses = context.saved["inverse"]
    dw.fill(0)
    db.fill(0)
    for row in 0..<dy.rows {
      let x = context.x.row(row)
      let dy = dy.view.row(row)
      let (mean, inverse) = (means[row], inverses[row])
      var (sum, product): (Float, Float) = (0, 0)
      dw.update(x, dy, weight) { dw, x, dy, weight in
        let normalized = (x - mean) * inverse
        dw += dy * normalized
        sum += dy * weight
        product += dy * weight * normalized
      }
      db.add(dy)
      guard context.needsInputGradient else { continue }
      (sum, product) = (sum / Float(x.count), product / Float(x.count))
      dx.row(row).assign(x, dy, weight) { x, dy, weight in
        inverse * (dy * weight - sum - (x - mean) * inverse * product)
      }
    }
  }
}
