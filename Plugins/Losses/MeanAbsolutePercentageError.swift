import GliaCore

/// The mean absolute error as a percentage of the target: 100/(n k) Σ |prediction - target| / max(|target|, 1e-7).
///
/// Targets of 0 are treated as 1e-7 and therefore dominate all others. The gradient is 0 where prediction and target are equal.
public struct MeanAbsolutePercentageError: ElementwiseLoss {
  public static let name = "mean_absolute_percentage_error"
  public static let aliases = ["mape"]
  public static let summary = "the mean of |prediction - target| as a percentage of |target|"
  public var allowsStandardizedTargets: Bool { false }
  /// Creates a mean absolute percentage error loss.
  public init() {}
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let size = magnitude(of: target)
    return 100 * magnitude(of: prediction - target) / (size < 1e-7 ? 1e-7 : size)
  }
}

extension Loss where Self == MeanAbsolutePercentageError {
  /// The mean absolute percentage error.
  public static var meanAbsolutePercentageError: MeanAbsolutePercentageError { MeanAbsolutePercentageError() }
}
