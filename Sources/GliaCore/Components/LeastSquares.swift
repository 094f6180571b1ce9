/// A loss that is a sum of squared errors, for optimizers that need residuals; see ``FullBatchOptimizer/usesResiduals``.
///
/// The loss of a sample is factor · Σ (prediction - target)² over its outputs.
public protocol LeastSquaresLoss: Loss {
  /// Returns the factor of the sum of squares for samples of `outputs` numbers: 1 / outputs for the mean squared error.
  func squaresFactor(outputs: Int) -> Double
}

/// A penalty that is a sum of squares, strength · Σ w², which counts as one residual √strength · w for each weight.
public protocol LeastSquaresRegularizer: Regularizer {
  /// The factor of the sum of squares.
  var strength: Float { get }
}
