import GliaCore

/// The mean squared logarithmic error: 1/(n k) Σ (ln(1 + prediction) - ln(1 + target))² for targets above -1.
///
/// It measures relative errors. Predictions are clipped to at least -1 + 1e-7; the gradient is 0 below.
public struct MeanSquaredLogarithmicError: ElementwiseLoss {
  public static let name = "mean_squared_logarithmic_error"
  public static let aliases = ["msle"]
  public static let summary = "the mean of (ln(1 + prediction) - ln(1 + target))²"
  /// Creates a mean squared logarithmic error loss.
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
  /// The mean squared logarithmic error.
  public static var meanSquaredLogarithmicError: MeanSquaredLogarithmicError { MeanSquaredLogarithmicError() }
}
