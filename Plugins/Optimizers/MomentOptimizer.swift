import GliaCore
import GliaKernels

/// The common part of Adam and its variants: running moments of the gradient, corrected for their initialization at zero.
protocol MomentOptimizer: Optimizer {
  /// The exponential decay rate of the first moment, β₁.
  var beta1: Float { get }
  /// The exponential decay rate of the second moment, β₂.
  var beta2: Float { get }
  /// A small constant for numerical stability, ε.
  var epsilon: Float { get }
}

extension MomentOptimizer {
  func requireMoments() throws {
    try requirePositiveRate()
    try requireFraction(beta1, "beta1")
    try requireFraction(beta2, "beta2")
    try requirePositive(epsilon, "epsilon")
  }
}

extension OptimizerStep {
  /// 1 - βᵗ: the bias of a running mean initialized at zero after t steps.
  func correction(_ beta: Float) -> Double { 1 - pow(Double(beta), Double(number)) }
}

/// The learning rate of a step of Adam and its variants, including the bias correction.
public struct CorrectedRate: Sendable {
  /// η / (1 - β₁ᵗ).
  @usableFromInline let first: Float
  /// 1 / √(1 - β₂ᵗ).
  @usableFromInline let root: Float

  init(_ step: OptimizerStep, _ beta1: Float, _ beta2: Float) {
    first = Float(Double(step.learningRate) / step.correction(beta1))
    root = Float(1 / step.correction(beta2).squareRoot())
  }
}

extension Optimizer {
  func requireFraction(_ value: Float, _ setting: String) throws {
    try require(value >= 0 && value < 1, setting, value, expected: "a number of at least 0 and below 1")
  }

  func requirePositive(_ value: Float, _ setting: String) throws {
    try require(value > 0 && value.isFinite, setting, value, expected: "a number above 0")
  }

  func requireDecay(_ value: Float) throws {
    try require(value >= 0 && value.isFinite, "weight_decay", value, expected: "a number of 0 or more")
  }
}
