import GliaCore

/// The mean squared error: 1/(n k) Σ (prediction - target)² over n samples of k outputs.
public struct MeanSquaredError: ElementwiseLoss, LeastSquaresLoss {
  public static let name = "mean_squared_error"
  public static let aliases = ["mse"]
  public static let summary = "the mean of (prediction - target)²"
  /// Creates a mean squared error loss.
  public init() {}
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    (prediction - target) * (prediction - target)
  }
  public func squaresFactor(outputs: Int) -> Double { 1 / Double(max(outputs, 1)) }
}

extension Loss where Self == MeanSquaredError {
  /// The mean squared error.
  public static var meanSquaredError: MeanSquaredError { MeanSquaredError() }
}
