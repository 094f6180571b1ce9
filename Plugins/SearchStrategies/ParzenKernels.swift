import GliaCore
import RealModule

/// The kernels of a Parzen estimator in one dimension: one around each observation, and last a prior that covers everything.
///
/// For ordered coordinates, kernels are normal distributions truncated to [0, 1], as wide as the larger distance to the two
/// neighboring observations, but with n kernels at least max(0.03, 1/n²). For C categories and n observations, the observed
/// category has the probability (1 + 1/n) / (1 + C/n), and each other one (1/n) / (1 + C/n).
///
/// Source: Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components and their roles for better
/// empirical performance" (2023), for the least width, with the recommended factor and exponent.
struct ParzenKernels {
  /// The observed coordinates; nil for kernels that cover the dimension evenly.
  private let centers: [Double?]
  private let widths: [Double]
  /// The logarithms of the factors before the exponential functions.
  private let logFactors: [Double]
  /// The number of categories; nil for ordered coordinates.
  private let categories: Int?

  /// Creates kernels around the observations, which are nil where an observation lacks the dimension.
  init(_ observations: [Double?], categories: Int?) {
    (centers, self.categories) = (observations + [nil], categories)
    guard categories == nil else {
      (widths, logFactors) = ([], [])
      return
    }
    let widths = Self.widths(centers)
    logFactors = zip(centers, widths).map { center, width in
      guard let center else { return 0 }
      let inside = Self.cumulative((1 - center) / width) - Self.cumulative(-center / width)
      return -.log(inside * width * (2 * .pi).squareRoot())
    }
    self.widths = widths
  }

  /// Draws a coordinate from one kernel.
  func draw(_ kernel: Int, using random: inout Random) -> Double {
    guard let center = centers[kernel] else { return random.uniform() }
    if let categories {
      return random.uniform() < smoothing * Double(categories) ? random.uniform() : center
    }
    // Truncation by repetition: at least a third of every kernel lies inside.
    for _ in 0..<100 {
      let value = center + widths[kernel] * random.normal()
      if 0..<1 ~= value { return value }
    }
    return center
  }

  /// Returns the logarithm of a kernel's density at a coordinate, or of the probability of a category.
  func logDensity(_ kernel: Int, _ coordinate: Double) -> Double {
    guard let categories else {
      guard let center = centers[kernel] else { return 0 }
      let z = (coordinate - center) / widths[kernel]
      return logFactors[kernel] - z * z / 2
    }
    guard let center = centers[kernel] else { return -.log(Double(categories)) }
    let isSame = Int(center * Double(categories)) == Int(coordinate * Double(categories))
    return .log(smoothing + (isSame ? 1 - smoothing * Double(categories) : 0))
  }

  /// The probability of a category that was not observed.
  private var smoothing: Double { 1 / Double(max(centers.count - 1, 1) + (categories ?? 0)) }

  private static func widths(_ centers: [Double?]) -> [Double] {
    let count = Double(centers.count)
    let narrowest = max(0.03, 1 / (count * count))
    let order = centers.enumerated().compactMap { index, center in center.map { (index: index, place: $0) } }
      .sorted { ($0.place, $0.index) < ($1.place, $1.index) }
    var widths = [Double](repeating: 1, count: centers.count)
    for (rank, (index, place)) in order.enumerated() {
      // At the ends, only the inner neighbor counts; a single observation has none.
      let outer = order.count == 1 ? max(place, 1 - place) : 0
      let below = rank > 0 ? place - order[rank - 1].place : outer
      let above = rank < order.count - 1 ? order[rank + 1].place - place : outer
      widths[index] = min(max(below, above, narrowest), 1)
    }
    return widths
  }

  private static func cumulative(_ z: Double) -> Double { 0.5 * .erfc(-z / 2.squareRoot()) }
}
