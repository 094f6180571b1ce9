import GliaCore
import GliaSearch
import RealModule

/// Bayesian optimization: a Gaussian process predicts the value of every point, and the next trial is the point with the highest
/// expected improvement.
///
/// The first trials are points of a scrambled Sobol sequence. Trials that are still running are assumed to end with the predicted
/// value, which keeps others away from them. Settings that are not part of a trial count as if they were in the middle.
///
/// Sources: Snoek, Larochelle and Adams, "Practical Bayesian optimization of machine learning algorithms" (2012); Ginsbourger, Le
/// Riche and Carraro, "Kriging is well-suited to parallelize optimization" (2010).
public struct BayesianSearch: SearchStrategy {
  public static let name = "bayesian"
  public static let aliases = ["gp", "gaussian_process"]
  public static let summary = "expected improvement of a Gaussian process"
  /// The number of trials before the process is used.
  public var startupTrials = 10
  /// How many trials may run at the same time.
  public var concurrency: Int? = 4

  /// Creates a search with 10 startup trials, of which up to 4 trials run at the same time.
  public init() {}
  /// Creates a search.
  public init(startupTrials: Int = 10, concurrency: Int = 4) {
    (self.startupTrials, self.concurrency) = (startupTrials, concurrency)
  }

  public func validate() throws {
    try require(startupTrials >= 1, "startup_trials", startupTrials, expected: "a whole number above 0")
    try requireConcurrency(concurrency)
  }

  public func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    let known = search.observations
    guard number > startupTrials, known.count > 1 else {
      let count = search.space.dimensions.count
      return count <= SobolSequence.mostDimensions
        ? try SobolSearch().propose(number, of: search) : RandomSearch().propose(number, of: search)
    }
    let coordinates = SearchCoordinates(search.space)
    let kept = Self.kept(known)
    let values = Self.standardized(kept.map(\.value))
    let points = kept.map(\.point)
    let parameters = GaussianProcess.fit(points, values, isOrdered: coordinates.isOrdered)
    let process = GaussianProcess(points, values, isOrdered: coordinates.isOrdered, parameters: parameters)
    let pending = search.pending
    let all =
      pending.isEmpty
      ? process
      : process.flatMap { process in
        GaussianProcess(
          points + pending, values + pending.map { process.predict($0).mean }, isOrdered: coordinates.isOrdered,
          parameters: parameters)
      }
    guard let all, let best = values.min() else { return RandomSearch().propose(number, of: search) }
    let maximizer = AcquisitionMaximizer(
      ExpectedImprovement(process: all, best: best), coordinates, known: Set(known.map(\.point) + pending))
    let incumbents = zip(points, values).sorted { $0.1 < $1.1 }.prefix(3).map(\.0)
    var random = search.random(number)
    return maximizer.maximum(near: incumbents, using: &random)
  }

  /// Returns the observations for the model: so many that a proposal takes less than a second, the best and the latest ones.
  private static func kept(_ known: [(point: [Double], value: Double)]) -> [(point: [Double], value: Double)] {
    let most = 200
    guard known.count > most else { return known }
    let ranked = known.indices.sorted { (known[$0].value, $0) < (known[$1].value, $1) }
    let latest = known.indices.suffix(most / 2)
    let chosen = Set(latest).union(ranked.filter { !latest.contains($0) }.prefix(most / 2))
    return chosen.sorted().map { known[$0] }
  }

  /// Returns the values with mean 0 and variance 1; those above the median are compressed by a logarithm, so that very bad
  /// trials do not hide the differences of good ones.
  static func standardized(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    let (low, median) = (sorted[0], sorted[sorted.count / 2])
    let scale = max(median - low, 1e-9 * max(median.magnitude, low.magnitude), .leastNormalMagnitude)
    let shaped = values.map { value in
      let z = min(max((value - median) / scale, -1), 1e300)
      return z > 0 ? Double.log(onePlus: z) : z
    }
    let mean = shaped.reduce(0, +) / Double(shaped.count)
    let variance = shaped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shaped.count)
    let deviation = variance > 1e-20 ? variance.squareRoot() : 1
    return shaped.map { ($0 - mean) / deviation }
  }
}

extension SearchStrategy {
  /// Throws unless `concurrency` is from 1 to 1,024.
  func requireConcurrency(_ concurrency: Int?) throws {
    try require(
      concurrency.map { 1...1024 ~= $0 } ?? false, "concurrency", concurrency ?? 0,
      expected: "a whole number from 1 to 1,024")
  }
}

extension SearchStrategy where Self == BayesianSearch {
  /// Bayesian optimization with a Gaussian process.
  public static func bayesian(startupTrials: Int = 10, concurrency: Int = 4) -> BayesianSearch {
    BayesianSearch(startupTrials: startupTrials, concurrency: concurrency)
  }
}
