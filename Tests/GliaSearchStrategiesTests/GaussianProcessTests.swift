import GliaCore
import RealModule
import Testing

@testable import GliaSearchStrategies

@Suite("Gaussian processes")
struct GaussianProcessTests {
  private func sample(_ count: Int) -> (points: [[Double]], values: [Double]) {
    var random = Random(seed: 5)
    let points = (0..<count).map { _ in [random.uniform(), random.uniform(), [0.25, 0.75][random.below(2)]] }
    return (points, points.map { Double.sin(5 * $0[0]) + $0[1] * $0[1] + ($0[2] > 0.5 ? 1 : 0) })
  }
  private let isOrdered = [true, true, false]

  /// Expects a gradient to be that of central differences.
  private func expectGradient(
    _ x: [Double], only: [Int]? = nil, _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) {
    let gradient = function(x).gradient
    for k in only ?? Array(x.indices) {
      func value(_ change: Double) -> Double {
        var moved = x
        moved[k] += change
        return function(moved).value
      }
      let slope = (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(abs(slope - gradient[k]) < 1e-5 * max(1, abs(slope)), "\(k): \(slope) \(gradient[k])")
    }
  }

  @Test("the gradient of the marginal likelihood is right")
  func likelihood() {
    let (points, values) = sample(12)
    let likelihood = MarginalLikelihood(points, values, isOrdered: isOrdered)
    for logs in [[0.0, 0, 0, 0, -3], [-1, -0.5, 0.7, 0.4, -6]] { expectGradient(logs, likelihood.loss) }
  }

  @Test("one observation: mean and deviation by hand")
  func single() throws {
    // k = 2 (1 + √5/2 + 5/12) e^(-√5/2) for a distance of 0.5 and a length scale of 1.
    let parameters = GaussianProcess.Parameters(logs: [0, .log(2), .log(0.1)])
    let process = try #require(GaussianProcess([[0.25]], [3], isOrdered: [true], parameters: parameters))
    let k = 2 * (1 + 5.0.squareRoot() / 2 + 5.0 / 12) * Double.exp(-5.0.squareRoot() / 2)
    let (mean, deviation) = process.predict([0.75])
    #expect(abs(mean - 3 * k / 2.1) < 1e-14 && abs(deviation * deviation - (2 - k * k / 2.1)) < 1e-14)
  }

  @Test("predictions pass through observations, and their gradients are right")
  func predictions() throws {
    let (points, values) = sample(15)
    let parameters = GaussianProcess.Parameters(logs: [-0.7, 0, 0.3, 0, .log(1e-6)])
    let process = try #require(GaussianProcess(points, values, isOrdered: isOrdered, parameters: parameters))
    for (point, value) in zip(points, values) { #expect(abs(process.predict(point).mean - value) < 1e-3) }
    let improvement = ExpectedImprovement(process: process, best: 0.3)
    for x in [[0.3, 0.4, 0.25], [0.9, 0.1, 0.75], [0.5, 0.99, 0.25]] {
      expectGradient(x, only: [0, 1]) { (process.predict($0).mean, process.gradients($0).dMean) }
      expectGradient(x, only: [0, 1]) { (process.predict($0).deviation, process.gradients($0).dDeviation) }
      expectGradient(x, only: [0, 1], improvement.loss)
      #expect(abs(improvement.value(x) + improvement.loss(x).value) < 1e-9)
    }
  }

  @Test("the fit finds which dimensions matter")
  func relevance() {
    var random = Random(seed: 2)
    let points = (0..<40).map { _ in [random.uniform(), random.uniform(), 0.25] }
    let values = BayesianSearch.standardized(points.map { .sin(6 * $0[0]) })
    let scales = Array(GaussianProcess.fit(points, values, isOrdered: isOrdered).scales)
    #expect(scales[0] + 1 < scales[1])
  }

  @Test("the logarithm of the expected improvement, also far from the best value")
  func logarithm() {
    // ln(φ(z) + z Φ(z)) by mpmath.
    for (z, expected) in [
      (0, -0.918938533204673), (2, 0.697383545788228), (-2, -4.76878352391711), (-9.99, -55.4512272859783),
      (-40, -808.29856835662),
    ] as [(Double, Double)] {
      #expect(abs(ExpectedImprovement.logarithm(z).value / expected - 1) < 1e-9, "\(z)")
    }
    let (above, below) = (ExpectedImprovement.logarithm(-9.999999), ExpectedImprovement.logarithm(-10.000001))
    #expect(abs(above.value - below.value) < 1e-4 && abs(above.slope - below.slope) < 1e-3)
  }

  @Test("the minimizer follows a curved valley, and stops at the walls of its box")
  func minimizer() {
    func rosenbrock(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
    }
    let free = BoxMinimizer(box: [-2...2, -2...2], iterations: 100).minimize(from: [-1.2, 1], rosenbrock)
    #expect(free.value < 1e-4 && abs(free.point[0] - 1) < 0.02)
    let walled = BoxMinimizer(box: [-2...0.5, -2...2], iterations: 100).minimize(from: [-1.2, 1], rosenbrock)
    #expect(walled.point[0] == 0.5 && abs(walled.point[1] - 0.25) < 1e-3)
  }

  @Test("very bad values do not hide the differences of good ones")
  func standardized() {
    let values = BayesianSearch.standardized([1, 2, 3, 4, 1e300])
    #expect(values.allSatisfy(\.isFinite) && values[1] - values[0] > 0.001 && values[4] > values[3])
    #expect(BayesianSearch.standardized([2, 2, 2]) == [0, 0, 0])
  }
}
