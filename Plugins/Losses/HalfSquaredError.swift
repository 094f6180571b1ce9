import GliaCore

/// Half the squared error, summed over the outputs: 1/n Σ ½ (prediction - target)², with gradient (prediction - target) / n.
public struct HalfSquaredError: ElementwiseLoss, LeastSquaresLoss {
  public static let name = "half_squared_error"
  public static let summary = "½ Σ (prediction - target)², averaged over the samples"
  /// Creates a half squared error loss.
  public init() {}
  public var averagesOutputs: Bool { false }
  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    0.5 * (prediction - target) * (prediction - target)
  }
  public func squaresFactor(outputs: Int) -> Double { 0.5 }
}

extension Loss where Self == HalfSquaredError {
  /// Half the squared error, summed over the outputs.
  public static var halfSquaredError: HalfSquaredError { HalfSquaredError() }
}
