import GliaCore

/// How ``CohenKappa`` weights disagreements between classes.
public enum KappaWeights: String, Choice {
  /// All disagreements count alike.
  case none
  /// By the distance of the classes in class order.
  case linear
  /// By the squared distance of the classes in class order.
  case quadratic

  /// Returns the weight of a sample of class `i` for which class `j` is predicted.
  func disagreement(_ i: Int, _ j: Int) -> Double {
    let distance = Double(i - j).magnitude
    return switch self {
    case .none: i == j ? 0 : 1
    case .linear: distance
    case .quadratic: distance * distance
    }
  }

  /// Returns the mean weight if predicted and true classes with these numbers of samples were independent.
  ///
  /// The time is proportional to the number of classes.
  func expectedDisagreement(_ actualCounts: [Double], _ predictedCounts: [Double]) -> Double {
    let (actual, predicted) = (actualCounts.normalized, predictedCounts.normalized)
    let classes = zip(actual, predicted)
    switch self {
    case .none:
      // The sum of products with all other classes, which is exactly 0 if all samples are of one class.
      let total = predicted.reduce(0, +)
      return classes.reduce(0) { $0 + $1.0 * max(total - $1.1, 0) }
    case .linear:
      // The distance is the number of boundaries between two classes.
      var (sum, below, predictedBelow) = (0.0, 0.0, 0.0)
      let (total, predictedTotal) = (actual.reduce(0, +), predicted.reduce(0, +))
      for (a, p) in classes {
        (below, predictedBelow) = (below + a, predictedBelow + p)
        sum += below * max(predictedTotal - predictedBelow, 0) + predictedBelow * max(total - below, 0)
      }
      return sum
    case .quadratic:
      let (mean, predictedMean) = (actual.position, predicted.position)
      let distance = mean - predictedMean
      return actual.positionVariance(around: mean) + predicted.positionVariance(around: predictedMean)
        + distance * distance
    }
  }
}

extension [Double] {
  /// The numbers divided by their sum.
  fileprivate var normalized: [Double] {
    let total = reduce(0, +)
    return map { $0 / total }
  }
  /// The mean position, weighted by the numbers, which sum to 1.
  fileprivate var position: Double { indices.reduce(0) { $0 + Double($1) * self[$1] } }
  /// The variance of the position, weighted by the numbers, which sum to 1.
  fileprivate func positionVariance(around mean: Double) -> Double {
    indices.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) * self[$1] }
  }
}
