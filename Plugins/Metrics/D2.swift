import GliaCore
import RealModule

/// The fraction of the deviance of the targets that is explained, D²: 1 - Σ d(target, prediction) / Σ d(target, constant),
/// averaged over the outputs.
///
/// It generalizes R². By default, the deviance d is the absolute error, and the constant is the median of the targets. With a
/// ``power``, d is the Tweedie deviance, and the constant is the mean; targets must then be non-negative (positive from power 2
/// on), or the value is NaN, and predictions are clipped to at least 1e-7.
///
/// The best value is 1; always predicting the constant yields 0, and worse predictions yield negative values. For constant
/// targets, it is 1 for perfect predictions, otherwise 0; for a single sample, it is NaN.
///
/// Source: Hastie, Tibshirani and Wainwright, "Statistical learning with sparsity" (2015).
///
/// See also ``R2Score``.
public struct D2: Metric {
  public static let name = "d2"
  public static let aliases = ["d2_absolute_error_score", "d2_score"]
  public static let summary = "the fraction of the absolute error or Tweedie deviance of the targets that is explained"
  public static var examples: [JSON] {
    [["power": 1], ["power": 1.5], ["power": 2]]
  }
  /// The power of the Tweedie deviance, at least 1: 1 for Poisson, 2 for gamma, 3 for inverse Gaussian; nil for the absolute
  /// error.
  public var power: Double? = nil
  public var higherIsBetter: Bool { true }

  /// Creates a D² metric of the absolute error.
  public init() {}
  /// Creates a D² metric of the Tweedie deviance with the given power, or of the absolute error.
  public init(power: Double?) { self.power = power }

  public func validate() throws {
    guard let power else { return }
    try require(power >= 1 && power <= 3, "power", power, expected: "a number from 1 to 3, or null")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireNumbers(encoding)
    guard power != nil, encoding.isClassification else { return }
    throw GliaError(
      "\(Self.name) with a power is undefined for classes", expected: "a regression", remedy: "use log_loss instead")
  }

  /// Whether the deviance is the absolute error.
  public var isShiftInvariant: Bool { power == nil }
  public func value(of predictions: Predictions) -> Double {
    guard predictions.rows > 1 else { return .nan }
    return explainedFraction(predictions) { wanted, found in
      func sum(_ deviance: (_ target: Double, _ prediction: Double) -> Double, of guess: (Int) -> Double) -> Double {
        wanted.indices.reduce(0) { sum, i in
          let weight = predictions.weight(i)
          return weight > 0 ? sum + weight * deviance(wanted[i], guess(i)) : sum
        }
      }
      if let power {
        let constant = wanted.mean(weights: predictions.weights)
        func deviance(_ target: Double, _ prediction: Double) -> Double {
          Self.deviance(target, prediction < 1e-7 ? 1e-7 : prediction, power: power)
        }
        return (sum(deviance) { found[$0] }, sum(deviance) { _ in constant })
      }
      let constant = wanted.median(weights: predictions.weights)
      func distance(_ target: Double, _ prediction: Double) -> Double { (target - prediction).magnitude }
      return (sum(distance) { found[$0] }, sum(distance) { _ in constant })
    }
  }

  /// Returns the Tweedie deviance; NaN for targets for which it is undefined.
  ///
  /// With u = ln(μ / y), it is 2 y^(2-p) [(e^((2-p) u) - 1) / (2 - p) - (e^((1-p) u) - 1) / (1 - p)], where the quotients become
  /// u at p = 2 and p = 1.
  private static func deviance(_ target: Double, _ prediction: Double, power: Double) -> Double {
    guard target > 0 else {
      return target == 0 && power < 2 ? 2 * .pow(prediction, 2 - power) / (2 - power) : .nan
    }
    let logarithm = Double.log(prediction / target)
    func quotient(_ k: Double) -> Double { k == 0 ? logarithm : Double.expMinusOne(k * logarithm) / k }
    return 2 * .pow(target, 2 - power) * (quotient(2 - power) - quotient(1 - power))
  }
}

extension Metric where Self == D2 {
  /// D² of the absolute error.
  public static var d2: D2 { D2() }
  /// D² of the Tweedie deviance with the given power.
  public static func d2(power: Double) -> D2 { D2(power: power) }
}
