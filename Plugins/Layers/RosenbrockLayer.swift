import GliaCore
import GliaInitializers

/// Rosenbrock's function as a layer, to compare optimizers on a curved valley: y = s (u, 10 (v - u²)) for inputs with the sum s.
///
/// For the data set `rosenbrock`, whose only sample has the input 1 and the targets 1 and 0, twice the mean squared error is
/// (1 - u)² + 100 (v - u²)², with the minimum 0 at u = v = 1.
///
/// Parameters: `u` and `v`, which start near the usual point (-1.2, 1).
///
/// Source: Rosenbrock, "An automatic method for finding the greatest or least value of a function" (1960).
public struct RosenbrockLayer: FormulaLayer {
  public static let name = "rosenbrock"
  public static let summary = "Rosenbrock's function of two parameters, to compare optimizers"
  public static var examples: [JSON] { [["deviation": 0]] }
  /// The standard deviation of the starting point.
  public var deviation: Float = 0.1

  /// Creates the layer with starting points that depend on the seed.
  public init() {}
  /// Creates the layer with starting points of this standard deviation around (-1.2, 1).
  public init(deviation: Float) { self.deviation = deviation }

  public func validate() throws {
    try require(deviation >= 0 && deviation <= 1, "deviation", deviation, expected: "a number from 0 to 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    _ = try inputCount(input)
    func parameter(_ name: String, _ mean: Float) -> ParameterPlan {
      let start: any Initializer =
        deviation == 0 ? ConstantInitializer(mean) : RandomNormal(mean: mean, stddev: deviation)
      return ParameterPlan(name, shape: [1], initializer: start)
    }
    return try LayerPlan(output: [2], parameters: [parameter("u", -1.2), parameter("v", 1)])
  }

  public func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let u = parameters["u"]
    let v = parameters["v"]
    let s: T = .sum(over: x.indices) { x[$0] }
    y[0] = s * u[0]
    y[1] = 10 * s * (v[0] - u[0] * u[0])
  }
}

extension Layer where Self == RosenbrockLayer {
  /// Rosenbrock's function of two parameters.
  public static func rosenbrock(deviation: Float = 0.1) -> RosenbrockLayer { RosenbrockLayer(deviation: deviation) }
}
