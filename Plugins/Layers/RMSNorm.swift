import GliaCore
import GliaInitializers

/// Root mean square normalization: y = weight · x / √(mean(x²) + ε), with the mean taken along the last axis.
///
/// Parameter: `weight` of shape `[features]`, initialized to 1.
///
/// Source: Zhang and Sennrich, "Root mean square layer normalization" (2019), with Keras's ε.
public struct RMSNorm: Layer {
  public static let name = "rms_norm"
  public static let aliases = ["rms_normalization"]
  public static let summary = "normalization of each sample by its root mean square"
  /// A small constant added to the mean square for numerical stability, ε.
  public var epsilon: Float = 1e-6

  /// Creates an RMS normalization layer with ε 1e-6.
  public init() {}
  /// Creates an RMS normalization layer with the given ε.
  public init(epsilon: Float) { self.epsilon = epsilon }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard input.last == 1 else { return [] }
    return [
      "rms_norm of one feature outputs only the sign of the input; remove it, or give the layer before it more units"
    ]
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input,
      parameters: [ParameterPlan("weight", shape: [input.last ?? 1], initializer: ConstantInitializer(1))])
  }

  /// 1 / √(mean(x²) + ε) of a row.
  private func inverse(_ x: TensorView<Float>) -> Float {
    1 / (Float(x.sumOfSquares / Double(x.count)) + epsilon).squareRoot()
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    for row in 0..<x.rows {
      let inverse = inverse(x.row(row))
      y.row(row).assign(x.row(row), weight) { x, weight in x * inverse * weight }
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let weight = context.parameters["weight"]
    let dw = context.gradients["weight"]
    dw.fill(0)
    for row in 0..<dy.rows {
      let x = context.x.row(row)
      let dy = dy.view.row(row)
      let inverse = inverse(x)
      var product: Float = 0
      dw.update(x, dy, weight) { dw, x, dy, weight in
        dw += dy * x * inverse
        product += dy * weight * x * inverse
      }
      product /= Float(x.count)
      guard context.needsInputGradient else { continue }
      dx.row(row).assign(x, dy, weight) { x, dy, weight in inverse * (dy * weight - x * inverse * product) }
    }
  }
}
