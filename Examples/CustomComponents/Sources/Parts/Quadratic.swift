import Glia

/// yₖ = xᵀ Aₖ x + Wₖ x + bₖ: each unit has a quadratic decision boundary; the gradients are derived from the formula.
public struct Quadratic: FormulaLayer {
  public static let name = "quadratic"
  public static let summary = "xᵀ A x + W x + b"
  public static var examples: [JSON] { [["units": 3]] }
  /// The number of units.
  @Required public var units = 0
  public init() {}

  public func plan(input: [Int]) throws -> LayerPlan {
    let n = try input.elementCount()
    return try LayerPlan(
      output: [units],
      parameters: [
        ParameterPlan("quadratic", shape: [units, n, n], initializer: .randomNormal(stddev: 0.1)),
        ParameterPlan("weight", shape: [units, n], initializer: .glorotUniform, fanIn: n, fanOut: units),
        ParameterPlan("bias", shape: [units]),
      ])
  }

  public func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let a = parameters["quadratic"]
    let w = parameters["weight"]
    let b = parameters["bias"]
    for k in y.indices {
      y[k] = b[k] + .sum(over: x.indices) { i in x[i] * (w[k, i] + .sum(over: x.indices) { j in a[k, i, j] * x[j] }) }
    }
  }
}
