import RealModule

/// A test function of two variables with known minima, on which optimizers are compared.
public struct Surface: Sendable {
  /// The name of the function.
  public var name: String
  /// The function f(x, y).
  public var value: @Sendable (_ x: Double, _ y: Double) -> Double
  /// The gradient (∂f/∂x, ∂f/∂y).
  public var gradient: @Sendable (_ x: Double, _ y: Double) -> (x: Double, y: Double)
  /// The positions of the minima.
  public var minima: [(x: Double, y: Double)]
  /// The lowest value, f*.
  public var lowest = 0.0
  /// The part of the plane that is drawn.
  public var limits: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  /// The usual starting point.
  public var start: (x: Double, y: Double)

  /// Creates a test function from its value, gradient, and minima.
  public init(
    _ name: String, minima: [(x: Double, y: Double)], lowest: Double = 0,
    limits: (x: ClosedRange<Double>, y: ClosedRange<Double>), start: (x: Double, y: Double),
    value: @escaping @Sendable (_ x: Double, _ y: Double) -> Double,
    gradient: @escaping @Sendable (_ x: Double, _ y: Double) -> (x: Double, y: Double)
  ) {
    (self.name, self.minima, self.lowest, self.limits, self.start) = (name, minima, lowest, limits, start)
    (self.value, self.gradient) = (value, gradient)
  }

  /// All predefined surfaces.
  public static let all = [ravine, rosenbrock, beale, himmelblau, rastrigin]

  /// x² + 10 y²: a valley that is ten times steeper in one direction. The minimum is 0 at (0, 0).
  ///
  /// Source: the ill-conditioned quadratic of Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
  public static let ravine = Surface(
    "ravine x² + 10y²", minima: [(0, 0)], limits: (-2.2...2.2, -2.2...2.2), start: (-2, 1.2),
    value: { x, y in x * x + 10 * y * y }, gradient: { x, y in (2 * x, 20 * y) })

  /// (1 - x)² + 100 (y - x²)²: a curved valley. The minimum is 0 at (1, 1).
  ///
  /// Source: Rosenbrock, "An automatic method for finding the greatest or least value of a function" (1960).
  public static let rosenbrock = Surface(
    "Rosenbrock", minima: [(1, 1)], limits: (-2...2, -1...3), start: (-1.2, 1),
    value: { x, y in
      let (a, b) = (1 - x, y - x * x)
      return a * a + 100 * b * b
    },
    gradient: { x, y in
      let b = y - x * x
      return (-2 * (1 - x) - 400 * x * b, 200 * b)
    })

  /// Σ (cᵢ - x (1 - yⁱ))² for c = 1.5, 2.25, 2.625: flat with steep corners. The minimum is 0 at (3, 0.5).
  ///
  /// Source: Beale, "On an iterative method for finding a local minimum of a function of more than one variable" (1958).
  public static let beale = Surface(
    "Beale", minima: [(3, 0.5)], limits: (-4.5...4.5, -4.5...4.5), start: (3, 4),
    value: { x, y in bealeTerms(x, y).reduce(0) { $0 + $1.rest * $1.rest } },
    gradient: { x, y in
      bealeTerms(x, y).reduce((x: 0, y: 0)) { ($0.x + 2 * $1.rest * $1.x, $0.y + 2 * $1.rest * $1.y) }
    })

  /// Returns the root of each term and its derivatives.
  private static func bealeTerms(_ x: Double, _ y: Double) -> [(rest: Double, x: Double, y: Double)] {
    [(1.5, y, 1), (2.25, y * y, 2 * y), (2.625, y * y * y, 3 * y * y)].map { c, power, slope in
      (c - x * (1 - power), power - 1, x * slope)
    }
  }

  /// (x² + y - 11)² + (x + y² - 7)²: four equal minima of 0.
  ///
  /// Source: Himmelblau, "Applied nonlinear programming" (1972).
  public static let himmelblau = Surface(
    "Himmelblau",
    minima: [
      (3, 2), (-2.805118086952745, 3.131312518250573), (-3.779310253377747, -3.283185991286170),
      (3.584428340330492, -1.848126526964404),
    ], limits: (-5...5, -5...5), start: (-0.5, -1),
    value: { x, y in
      let (a, b) = (x * x + y - 11, x + y * y - 7)
      return a * a + b * b
    },
    gradient: { x, y in
      let (a, b) = (x * x + y - 11, x + y * y - 7)
      return (4 * x * a + 2 * b, 2 * a + 4 * y * b)
    })

  /// 20 + Σ (x² - 10 cos 2πx): a bowl with many local minima. The minimum is 0 at (0, 0).
  ///
  /// Source: Rastrigin, "Systems of extremal control" (1974).
  public static let rastrigin = Surface(
    "Rastrigin", minima: [(0, 0)], limits: (-5.12...5.12, -5.12...5.12), start: (-3.4, 2.7),
    value: { x, y in 20 + x * x + y * y - 10 * (Double.cos(2 * .pi * x) + Double.cos(2 * .pi * y)) },
    gradient: { x, y in (2 * x + 20 * .pi * Double.sin(2 * .pi * x), 2 * y + 20 * .pi * Double.sin(2 * .pi * y)) })
}
