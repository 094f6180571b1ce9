import GliaCore

/// The mean squared logarithmic error: 1/(n k) Σ (ln(1 + prediction) - ln(1 + target))² for targets above -1.
///
/// It measures relative errors. Predictions below -1 + 1e-7 count as that, with gradient 0.
public struct MeanSquaredLogarithmicError: ElementwiseLoss {
  public static let name = "mean_squared_logarithmic_error"
  public static let aliases = ["msle"]
  public static let summary = "mean of (ln(1 + prediction) - ln(1 + target))²"
  /// The mean squared distance of logarithms.
  public init() {}
  public var domain: ClosedRange<Float>? { -1...(.infinity) }
  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    try require(targets, "a number above -1") { $0 > -1 }
  }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let logarithm: T = prediction < -1 + 1e-7 ? .log(1e-7) : .log(onePlus: prediction)
    let error = logarithm - .log(onePlus: target)
    return error * error
  }
}

extension Loss where Self == MeanSquaredLogarithmicError {
  /// The mean squared distance of logarithms.
  public static var meanSquaredLogarithmicError: MeanSquaredLogarithmicError { MeanSquaredLogarithmicError() }
}
