import GliaCore
import RealModule

/// A density in several dimensions as a mixture of kernels, each of which is a product over the dimensions.
///
/// Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization" (2011), section 4.
struct ParzenEstimator {
  /// The normalized weights of the kernels, the last of which is the prior.
  private let weights: [Double]
  /// The kernels in each dimension.
  private let dimensions: [ParzenKernels]

  /// Creates a density.
  ///
  /// - Parameters:
  ///   - dimensions: the kernels in each dimension, one for each observation and the prior.
  ///   - weights: the weights of the observations; that of the prior is 1.
  init(_ dimensions: [ParzenKernels], weights: [Double]) {
    let total = weights.reduce(1, +)
    self.weights = (weights + [1]).map { $0 / total }
    self.dimensions = dimensions
  }

  /// Draws a point.
  func draw(using random: inout Random) -> [Double] {
    let level = random.uniform()
    var sum = 0.0
    let kernel = weights.firstIndex { weight in
      sum += weight
      return level < sum
    }
    return dimensions.map { $0.draw(kernel ?? weights.count - 1, using: &random) }
  }

  /// Returns the logarithm of the density at a point, of which coordinates that are nil do not count.
  func logDensity(_ point: [Double?]) -> Double {
    let terms = weights.indices.map { kernel in
      zip(dimensions, point).reduce(Double.log(weights[kernel])) { sum, part in
        part.1.map { sum + part.0.logDensity(kernel, $0) } ?? sum
      }
    }
    let largest = terms.max() ?? 0
    return largest + .log(terms.reduce(0) { $0 + .exp($1 - largest) })
  }
}
