import Glia

struct Swish: ElementwiseActivation {  // a = f(z)
  static let name = "my_swish"
  var beta: Float = 1
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * .sigmoid(T(beta) * z) }
}

struct Cauchy: ElementwiseLoss {  // l(prediction, target)
  static let name = "cauchy"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    .log(onePlus: (prediction - target) * (prediction - target))
  }
}

struct LogPenalty: ElementwiseRegularizer {  // Σ r(w)
  static let name = "log_penalty"
  var strength: Float = 0.001
  func callAsFunction<T: DifferentiableScalar>(_ w: T) -> T { T(strength) * .log(onePlus: w * w) }
}

struct Rademacher: ElementwiseInitializer {  // one draw
  static let name = "rademacher"
  func draw(fanIn: Int, fanOut: Int, using random: inout Random) -> Float {
    (random.uniform() < 0.5 ? 1 : -1) / Float(fanIn).squareRoot()
  }
}

struct Signum: ElementwiseOptimizer {  // the step of one parameter
  static let name = "signum"
  struct State: ParameterState { var mean: Float = 0 }
  var learningRate: Float = 0.001
  func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.mean = 0.9 * state.mean + 0.1 * gradient
    return step.learningRate * (state.mean > 0 ? 1 : state.mean < 0 ? -1 : 0)
  }
}

struct Quadratic: FormulaLayer {  // yₖ = xᵀ Aₖ x + bₖ
  static let name = "quadratic"
  var units = 1
  func plan(input: [Int]) throws -> LayerPlan {
    let n = try input.elementCount()
    let a = ParameterPlan("a", shape: [units, n, n], initializer: .randomNormal(stddev: 0.1))
    return try LayerPlan(output: [units], parameters: [a, ParameterPlan("b", shape: [units])])
  }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let a = parameters["a"]
    let b = parameters["b"]
    for k in y.indices {
      y[k] = b[k] + .sum(over: x.indices) { i in x[i] * .sum(over: x.indices) { j in a[k, i, j] * x[j] } }
    }
  }
}
