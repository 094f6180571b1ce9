import GliaCore
import RealModule

/// A Gaussian process with the Matérn 5/2 kernel and a length scale for each dimension.
///
/// k(x, x') = s (1 + √5 r + 5/3 r²) e^(-√5 r), r² = Σ d²/ℓ², where d is the difference of two coordinates, or 1 for two different
/// categories; the noise n is added to k(x, x).
///
/// Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), equations 2.23 to 2.26, 4.17 and 5.9.
struct GaussianProcess {
  /// The logarithms of the length scales, of the variance of the signal s, and of that of the noise n.
  struct Parameters {
    var logs: [Double]
    var scales: ArraySlice<Double> { logs.dropLast(2) }
    var signal: Double { .exp(logs[logs.count - 2]) }
    var noise: Double { .exp(logs[logs.count - 1]) }
  }

  /// The coordinates of the points, one point after the other.
  private let points: [Double]
  private let size: Int
  private let isOrdered: [Bool]
  /// 1/ℓ² of each dimension.
  private let inverseScales: [Double]
  private let signal: Double
  private let inverse: [Double]
  private let weights: [Double]

  /// Creates the process that has the given values at the points; nil if the kernel's matrix is singular.
  init?(_ points: [[Double]], _ values: [Double], isOrdered: [Bool], parameters: Parameters) {
    (self.points, size, self.isOrdered) = (points.flatMap(\.self), points.count, isOrdered)
    inverseScales = parameters.scales.map { .exp(-2 * $0) }
    signal = parameters.signal
    var (kernel, place) = (SymmetricMatrix(count: size), 0)
    for (i, point) in points.enumerated() {
      let row = Self.distances(point, self.points, count: i, isOrdered, inverseScales)
      for j in 0..<i { kernel.lower[place + j] = signal * Matern.value(row[j]) }
      kernel.lower[place + i] = signal + parameters.noise
      place += i + 1
    }
    guard let cholesky = Cholesky(kernel) else { return nil }
    let inverse = cholesky.inverse
    self.inverse = inverse
    weights = points.indices.map { dot(inverse, from: $0 * points.count, values, count: points.count) }
  }

  /// Returns mean and standard deviation at a point, without the noise.
  func predict(_ x: [Double]) -> (mean: Double, deviation: Double) {
    let kernel = distances(to: x).map { signal * Matern.value($0) }
    var explained = 0.0
    for i in 0..<size { explained += kernel[i] * dot(inverse, from: i * size, kernel, count: size) }
    return (weights.dot(kernel), max(signal - explained, 1e-12 * signal).squareRoot())
  }

  /// Returns mean and standard deviation at a point with their gradients, which are 0 for categories.
  func gradients(_ x: [Double]) -> (mean: Double, deviation: Double, dMean: [Double], dDeviation: [Double]) {
    let distances = distances(to: x)
    let kernel = distances.map { signal * Matern.value($0) }
    let solved = (0..<size).map { dot(inverse, from: $0 * size, kernel, count: size) }
    let deviation = max(signal - solved.dot(kernel), 1e-12 * signal).squareRoot()
    var (dMean, dDeviation) = ([Double](repeating: 0, count: x.count), [Double](repeating: 0, count: x.count))
    for i in 0..<size {
      let slope = signal * Matern.slope(distances[i])
      for k in x.indices where isOrdered[k] {
        let change = -slope * (x[k] - points[i * x.count + k]) * inverseScales[k]
        dMean[k] += weights[i] * change
        dDeviation[k] -= solved[i] * change / deviation
      }
    }
    return (weights.dot(kernel), deviation, dMean, dDeviation)
  }

  private func distances(to x: [Double]) -> [Double] {
    Self.distances(x, points, count: size, isOrdered, inverseScales)
  }

  /// Returns r² between a point and each of the first `count` points.
  private static func distances(
    _ x: [Double], _ points: [Double], count: Int, _ isOrdered: [Bool], _ inverseScales: [Double]
  ) -> [Double] {
    var distances = [Double](repeating: 0, count: count)
    for i in 0..<count {
      var sum = 0.0
      for k in x.indices { sum += part(x[k], points[i * x.count + k], isOrdered[k]) * inverseScales[k] }
      distances[i] = sum
    }
    return distances
  }

  /// Returns the squared difference of two coordinates.
  @inline(__always)
  static func part(_ a: Double, _ b: Double, _ isOrdered: Bool) -> Double {
    isOrdered ? (a - b) * (a - b) : a == b ? 0 : 1
  }
}

/// The Matérn 5/2 kernel as a function of r².
enum Matern {
  /// Returns (1 + √5 r + 5/3 r²) e^(-√5 r).
  @inline(__always)
  static func value(_ square: Double) -> Double {
    let r = (5 * square).squareRoot()
    return (1 + r + 5 / 3 * square) * .exp(-r)
  }

  /// Returns 5/3 (1 + √5 r) e^(-√5 r), which is -2 times the derivative with respect to r².
  @inline(__always)
  static func slope(_ square: Double) -> Double {
    let r = (5 * square).squareRoot()
    return 5 / 3 * (1 + r) * .exp(-r)
  }
}
