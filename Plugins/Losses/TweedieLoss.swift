import GliaCore

/// The Tweedie deviance of predictions μ from targets y, for the power p between 1 and 2:
/// 2/(n k) Σ [y^(2-p) / ((1 - p) (2 - p)) - y μ^(1-p) / (1 - p) + μ^(2-p) / (2 - p)].
///
/// It is suitable for non-negative targets with many exact zeros, such as rainfall or insurance claims, whose variance grows
/// as μ^p. With p = 1, it is the Poisson deviance, 2 (y ln(y / μ) - y + μ); with p = 2, the gamma deviance,
/// 2 (ln(μ / y) + y / μ - 1), which requires targets above 0. A prediction equal to its target has deviance 0.
///
/// Predictions are positive, clipped to at least 1e-7; the gradient is 0 below.
///
/// Source: Jørgensen, "Exponential dispersion models" (1987).
///
/// See also ``PoissonLoss``, which differs from p = 1 by a factor of 2 and a constant.
public struct TweedieLoss: ElementwiseLoss {
  public static let name = "tweedie"
  public static let aliases = ["tweedie_deviance"]
  public static let summary = "the Tweedie deviance, for non-negative targets with many zeros"
  public static var examples: [JSON] {
    [["power": 1], ["power": 2]]
  }
  /// The power p of the variance, from 1 (Poisson) to 2 (gamma).
  public var power: Float = 1.5
  /// Creates a Tweedie loss with p = 1.5.
  public init() {}
  /// Creates a Tweedie loss with the given power.
  public init(power: Float) { self.power = power }

  public func validate() throws {
    try require(power >= 1 && power <= 2, "power", power, expected: "a number from 1 to 2")
  }

  public var domain: ClosedRange<Float>? { 0...(.infinity) }

  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    if power == 2 {
      try require(targets, "a number above 0", remedy: "use a power below 2, which allows 0") { $0 > 0 }
    } else {
      try require(targets, "a number of 0 or more") { $0 >= 0 }
    }
  }

  /// Computes the deviance as 2 y^(2-p) [(e^((2-p) u) - 1) / (2 - p) - (e^((1-p) u) - 1) / (1 - p)] with u = ln(μ / y), which
  /// cancels neither near the target nor near p = 1 and p = 2, where a quotient becomes u.
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let rate = prediction < 1e-7 ? 1e-7 : prediction
    let (low, high) = (1 - T(power), 2 - T(power))
    if target == 0, power < 2 { return 2 * .exp(high * .log(rate)) / high }
    let logarithm = T.log(rate / target)
    let first = power == 2 ? logarithm : .expMinusOne(high * logarithm) / high
    let second = power == 1 ? logarithm : .expMinusOne(low * logarithm) / low
    return 2 * .exp(high * .log(target)) * (first - second)
  }
}

extension Loss where Self == TweedieLoss {
  /// The Tweedie deviance with power 1.5.
  public static var tweedie: TweedieLoss { TweedieLoss() }
  /// The Tweedie deviance with the given power, from 1 (Poisson) to 2 (gamma).
  public static func tweedie(power: Float) -> TweedieLoss { TweedieLoss(power: power) }
}
