import GliaCore

/// The logarithm of the hyperbolic cosine of the error: 1/(n k) Σ ln cosh(prediction - target), with gradient
/// tanh(prediction - target) / (n k).
///
/// It is approximately half the squared error near 0 and the absolute error minus ln 2 for large errors.
public struct LogCoshLoss: ElementwiseLoss {
  public static let name = "log_cosh"
  public static let summary = "the mean of ln cosh(prediction - target)"
  /// Creates a log-cosh loss.
  public init() {}
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let distance = magnitude(of: prediction - target)
    // The form for large errors does not overflow; the one for small errors loses no precision.
    guard distance < 1 else { return distance + .softplus(-2 * distance) - 0.6931471805599453 }
    let sine = T.sinh(prediction - target)
    return 0.5 * .log(onePlus: sine * sine)
  }
}

extension Loss where Self == LogCoshLoss {
  /// The log-cosh loss.
  public static var logCosh: LogCoshLoss { LogCoshLoss() }
}
