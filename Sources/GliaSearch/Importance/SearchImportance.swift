import GliaCore
import RealModule

/// How much each setting matters: the fraction of the variance of a search's values that it explains alone.
///
/// A random forest is fitted to the trials. For each tree, the variance of the prediction over the whole search space is divided
/// into the parts of single settings and the rest, which is due to combinations of settings; the fractions are averaged over the
/// trees.
///
/// ```swift
/// let importance = try SearchImportance(of: search.finished, in: space)
/// importance.fractions["training.optimizer.learning_rate"]  // 0.83
/// ```
///
/// Source: Hutter, Hoos and Leyton-Brown, "An efficient approach for assessing hyperparameter importance" (2014).
public struct SearchImportance: Hashable, Sendable {
  /// The fraction of the variance that each setting explains alone, from 0 to 1, by path.
  public let fractions: [String: Double]
  /// The fraction of the variance that is due to combinations of settings.
  public let combined: Double

  /// Computes the importance of each setting from the trials with a value; at least two are needed.
  ///
  /// Values above the median are compressed by a logarithm, so that a few very bad trials do not decide alone.
  ///
  /// - Parameters:
  ///   - trials: the finished trials of a search.
  ///   - space: the search space.
  ///   - trees: the number of trees, from 1 to 1,000.
  ///   - seed: the seed of the forest.
  /// - Throws: `GliaError` for fewer than two trials with a value.
  public init(of trials: [FinishedTrial], in space: SearchSpace, trees: Int = 64, seed: UInt64 = 0) throws {
    let usable = trials.filter { $0.value != nil && $0.point.count == space.dimensions.count }
    // The time grows with the number of trials; a sample of them shows as much.
    let step = max((usable.count + Self.mostTrials - 1) / Self.mostTrials, 1)
    let complete = stride(from: 0, to: usable.count, by: step).map { usable[$0] }
    guard complete.count >= 2 else {
      throw GliaError(
        "\(complete.count.counted("trial")) with a value", expected: "at least 2 trials to tell which settings matter",
        remedy: "run more trials")
    }
    guard 1...1000 ~= trees else {
      throw GliaError("\(trees) trees", at: "trees", expected: "a whole number from 1 to 1,000")
    }
    let values = Self.compressed(complete.compactMap(\.value))
    let points = complete.map(\.point)
    var sums = [Double](repeating: 0, count: space.dimensions.count)
    var varied = 0.0
    for tree in 0..<trees {
      var random = Random(seed: seed, UInt64(tree))
      let drawn = points.indices.map { _ in random.below(points.count) }
      let fitted = RegressionTree(drawn, points, values, using: &random)
      let variance = fitted.variance
      guard variance > 0 else { continue }
      varied += 1
      for k in sums.indices { sums[k] += fitted.variance(of: k) / variance }
    }
    let fractions = sums.map { varied > 0 ? min(max($0 / varied, 0), 1) : 0 }
    self.fractions = Dictionary(zip(space.dimensions.map(\.path), fractions)) { first, _ in first }
    combined = varied > 0 ? max(1 - fractions.reduce(0, +), 0) : 0
  }

  private static let mostTrials = 2000

  private static func compressed(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    let (low, median) = (sorted[0], sorted[sorted.count / 2])
    let scale = max(median / 2 - low / 2, .leastNormalMagnitude)
    return values.map { value in
      let z = min(max(value / 2 / scale - median / 2 / scale, -1), 1e300)
      return z > 0 ? Double.log(onePlus: z) : z
    }
  }
}
