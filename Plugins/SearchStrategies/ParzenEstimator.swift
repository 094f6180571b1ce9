import GliaCore
import RealModule

/// The density of points in one dimension as a mixture: a kernel around each observation, and a prior over all.
///
/// For ordered coordinates, kernels are normal distributions truncated to [0, 1]; the width of each is the larger distance to its
/// two neighbors. For categories, kernels are relative frequencies.
///
/// Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization" (2011), section 4.
struct ParzenEstimator {
  private var means: [Double] = []
  private var widths: [Double] = []
  /// The normalized weights of the kernels, the last of which is the prior.
  private let weights: [Double]
  /// The logarithms of the factors before the exponential functions.
  private var logFactors: [Double] = []
  /// The probabilities of the categories; empty for ordered coordinates.
  private var probabilities: [Double] = []

  /// Creates the density.
  ///
  /// - Parameters:
  ///   - coordinates: the observations.
  ///   - weights: their weights; that of the prior is 1.
  ///   - categories: the number of categories; nil for ordered coordinates.
  init(_ coordinates: [Double], weights: [Double], categories: Int?) {
    let total = weights.reduce(1, +)
    self.weights = (weights + [1]).map { $0 / total }
    if let categories {
      probabilities = [Double](repeating: 1 / total / Double(categories), count: categories)
      for (coordinate, weight) in zip(coordinates, self.weights) {
        probabilities[Self.category(coordinate, of: categories)] += weight
      }
    } else {
      means = coordinates + [0.5]
      widths = Self.widths(means)
      logFactors = zip(self.weights, zip(means, widths)).map { weight, kernel in
        let inside = Self.cumulative((1 - kernel.0) / kernel.1) - Self.cumulative(-kernel.0 / kernel.1)
        return .log(weight / (inside * kernel.1 * (2 * .pi).squareRoot()))
      }
    }
  }

  /// Draws a coordinate.
  func draw(using random: inout Random) -> Double {
    guard probabilities.isEmpty else {
      return (Double(Self.index(probabilities, random.uniform())) + 0.5) / Double(probabilities.count)
    }
    let kernel = Self.index(weights, random.uniform())
    // Truncation by repetition: at least a quarter of every kernel lies inside.
    for _ in 0..<100 {
      let value = means[kernel] + widths[kernel] * random.normal()
      if 0..<1 ~= value { return value }
    }
    return random.uniform()
  }

  /// Returns the logarithm of the density, or of the probability of a category.
  func logDensity(_ coordinate: Double) -> Double {
    guard probabilities.isEmpty else {
      return .log(probabilities[Self.category(coordinate, of: probabilities.count)])
    }
    var terms: [Double] = []
    terms.reserveCapacity(means.count)
    for i in means.indices {
      let z = (coordinate - means[i]) / widths[i]
      terms.append(logFactors[i] - z * z / 2)
    }
    let largest = terms.max() ?? 0
    return largest + .log(terms.reduce(0) { $0 + .exp($1 - largest) })
  }

  /// Returns the widths of kernels, the last of which is the prior.
  private static func widths(_ means: [Double]) -> [Double] {
    let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    let narrowest = 1 / Double(min(100, means.count + 1))
    var widths = [Double](repeating: 1, count: means.count)
    for (place, index) in order.enumerated() where index != means.count - 1 {
      // At the ends, only the inner neighbor counts.
      let below = place > 0 ? means[index] - means[order[place - 1]] : 0
      let above = place < order.count - 1 ? means[order[place + 1]] - means[index] : 0
      widths[index] = min(max(below, above, narrowest), 1)
    }
    return widths
  }

  private static func category(_ coordinate: Double, of count: Int) -> Int {
    min(max(Int(coordinate * Double(count)), 0), count - 1)
  }

  private static func cumulative(_ z: Double) -> Double { 0.5 * .erfc(-z / 2.squareRoot()) }

  /// Returns the index at which the sum of the weights exceeds `level`.
  private static func index(_ weights: [Double], _ level: Double) -> Int {
    var sum = 0.0
    return weights.firstIndex { weight in
      sum += weight
      return level < sum
    } ?? weights.count - 1
  }
}
