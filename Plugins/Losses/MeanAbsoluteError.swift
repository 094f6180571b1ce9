import GliaCore

/// The mean absolute error: 1/(n k) Σ |prediction - target| over n samples of k outputs; its gradient is 0 at equality.
public struct MeanAbsoluteError: ElementwiseLoss {
  public static let name = "mean_absolute_error"
  public static let aliases = ["mae"]
  public static let summary = "the mean of |prediction - target|"
  /// Creates a mean absolute error loss.
  public init() {}
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    magnitude(of: prediction - target)
  }
}

extension Loss where Self == MeanAbsoluteError {
  /// The mean absolute error.
  public static var meanAbsoluteError: MeanAbsoluteError { MeanAbsoluteError() }
}
