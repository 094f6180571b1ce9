import GliaCore
import GliaCore
import RealModule

extension GaussianProcess {
  /// Fits length scales and variances to values of mean 0 and variance 1: the maximum of the marginal likelihood times priors
  /// that matter only for few points.
  static func fit(_ points: [[Double]], _ values: [Double], isOrdered: [Bool]) -> Parameters {
    let likelihood = MarginalLikelihood(points, values, isOrdered: isOrdered)
    let dimensions = isOrdered.count
    let box =
      Array(repeating: Double.log(0.02)...Double.log(50), count: dimensions) + [
        Double.log(0.05)...Double.log(20), Double.log(1e-6)...Double.log(1),
      ]
    let typical = 0.4 * Double(max(dimensions, 1)).squareRoot()
    let starts = [typical, typical / 4].map { scale in
      Array(repeating: Double.log(scale), count: dimensions) + [0, .log(scale < typical ? 1e-2 : 1e-4)]
    }
    // The more promising start is followed further.
    let begun = starts.map { BoxMinimizer(box: box, iterations: 6).minimize(from: $0, likelihood.loss) }
    let best = begun.min { $0.value < $1.value }?.point ?? starts[0]
    return Parameters(logs: BoxMinimizer(box: box, iterations: 14).minimize(from: best, likelihood.loss).point)
  }
}

/// The negative logarithm of the marginal likelihood and of the priors, as a function of the logarithms of the parameters.
///
/// Length scales are expected to grow with the square root of the number of dimensions, as distances do: Hvarfner, Hellsten and Nardi, "Vanilla Bayesian optimization performs great in high
/// dimensions" (2024).
struct MarginalLikelihood {
  private let values: [Double]
  private let dimensions: Int
  /// The squared differences of each pair of points, pair by pair in the order of the lower triangle.
  private let parts: [Double]

  init(_ points: [[Double]], _ values: [Double], isOrdered: [Bool]) {
    (self.values, dimensions) = (values, isOrdered.count)
    var parts: [Double] = []
    parts.reserveCapacity(points.count * points.count / 2 * isOrdered.count)
    for i in points.indices {
      for j in 0..<i {
        for k in isOrdered.indices {
          parts.append(GaussianProcess.part(points[i][k], points[j][k], isOrdered[k]))
        }
      }
    }
    self.parts = parts
  }

  /// Returns the loss and its gradient; infinite if the kernel's matrix is singular.
  func loss(_ logs: [Double]) -> (value: Double, gradient: [Double]) {
    let parameters = GaussianProcess.Parameters(logs: logs)
    let (size, signal, noise) = (values.count, parameters.signal, parameters.noise)
    let inverseScales = parameters.scales.map { Double.exp(-2 * $0) }
    var kernel = SymmetricMatrix(count: size)
    var slopes = [Double](repeating: 0, count: size * (size - 1) / 2)
    var pair = 0
    for i in 0..<size {
      for _ in 0..<i {
        let square = dot(parts, from: pair * dimensions, inverseScales, count: dimensions)
        let r = (5 * square).squareRoot()
        let decay = signal * Double.exp(-r)
        kernel.lower[pair + i] = (1 + r + 5 / 3 * square) * decay
        slopes[pair] = 5 / 3 * (1 + r) * decay
        pair += 1
      }
      kernel.lower[pair + i] = signal + noise
    }
    guard let cholesky = Cholesky(kernel) else {
      return (.infinity, [Double](repeating: 0, count: logs.count))
    }
    let inverse = cholesky.inverse
    let weights = (0..<size).map { dot(inverse, from: $0 * size, values, count: size) }
    let fit = weights.dot(values)
    var loss = fit / 2 + cholesky.halfLogDeterminant
    // ∂loss/∂θ = ½ Σ (K⁻¹ - α αᵀ) ∂K/∂θ, and the part of the signal follows from those of K and the noise.
    var gradient = [Double](repeating: 0, count: logs.count)
    pair = 0
    for i in 0..<size {
      for j in 0..<i {
        let factor = (inverse[i * size + j] - weights[i] * weights[j]) * slopes[pair]
        for k in 0..<dimensions { gradient[k] += factor * parts[pair * dimensions + k] * inverseScales[k] }
        pair += 1
      }
    }
    let trace = (0..<size).reduce(0) { $0 + inverse[$1 * size + $1] }
    let ofNoise = (trace - weights.squaredNorm) * noise / 2
    gradient[dimensions + 1] = ofNoise
    gradient[dimensions] = (Double(size) - fit) / 2 - ofNoise
    for (index, prior) in priors.enumerated() {
      let deviation = (logs[index] - prior.mean) / prior.deviation
      loss += deviation * deviation / 2
      gradient[index] += deviation / prior.deviation
    }
    return (loss, gradient)
  }

  /// Normal distributions of the logarithms.
  private var priors: [(mean: Double, deviation: Double)] {
    Array(repeating: (0.5 * Double.log(Double(dimensions)) - 1.5, 1.2), count: dimensions) + [(0, 1), (-9, 3)]
  }
}
