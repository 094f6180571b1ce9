import GliaCore

/// Steps of their own size along the sign of the gradient, which grow while it stays and shrink when it turns.
///
/// d ← η₊ d where the gradient keeps its sign, η₋ d where it turns, within [step_min, step_max]; w ← w - d sign(g). After a
/// turn the parameter rests for a step. For whole batches: the noise of small ones turns signs.
///
/// The learning rate is the first step's size; a schedule has no say later.
///
/// Source: Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm"
/// (1993), in the form without backtracking (iRprop-) of Igel and Hüsken (2000), as in PyTorch.
public struct RProp: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The sign of the last gradient; 0 after a turn.
    public var sign: Float = 0
    /// The size of the step, d.
    public var size: Float = 0
    /// Zeros.
    public init() {}
  }

  public static let name = "rprop"
  public static let summary = "w ← w - d sign(g); d grows while the sign stays and shrinks when it turns"
  /// The size of the first step.
  public var learningRate: Float = 0.01
  /// What a step is multiplied by when the gradient turns, η₋.
  public var etaMinus: Float = 0.5
  /// What a step is multiplied by while the gradient keeps its sign, η₊.
  public var etaPlus: Float = 1.2
  /// The smallest step.
  public var stepMin: Float = 1e-6
  /// The largest step.
  public var stepMax: Float = 50
  /// First step 0.01, factors 0.5 and 1.2, steps from 1e-6 to 50.
  public init() {}
  /// The given hyper-parameters.
  public init(
    learningRate: Float, etaMinus: Float = 0.5, etaPlus: Float = 1.2, stepMin: Float = 1e-6, stepMax: Float = 50
  ) {
    (self.learningRate, self.etaMinus, self.etaPlus) = (learningRate, etaMinus, etaPlus)
    (self.stepMin, self.stepMax) = (stepMin, stepMax)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(etaMinus > 0 && etaMinus < 1, "eta_minus", etaMinus, expected: "a number above 0, below 1")
    try require(etaPlus > 1 && etaPlus.isFinite, "eta_plus", etaPlus, expected: "a number above 1")
    try requirePositive(stepMin, "step_min")
    try require(
      stepMax >= stepMin && stepMax.isFinite, "step_max", stepMax, expected: "a number of at least step_min, \(stepMin)"
    )
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    if step.number == 1 { state.size = step.learningRate }
    // Signs, not products: those of small gradients underflow.
    let sign: Float = gradient > 0 ? 1 : gradient < 0 ? -1 : 0
    let turn = sign * state.sign
    state.size = min(max(state.size * (turn > 0 ? etaPlus : turn < 0 ? etaMinus : 1), stepMin), stepMax)
    state.sign = turn < 0 ? 0 : sign
    return state.size * state.sign
  }
}

extension Optimizer where Self == RProp {
  /// Steps of their own size along the sign of the gradient.
  public static func rprop(
    learningRate: Float = 0.01, etaMinus: Float = 0.5, etaPlus: Float = 1.2, stepMin: Float = 1e-6, stepMax: Float = 50
  ) -> RProp {
    RProp(learningRate: learningRate, etaMinus: etaMinus, etaPlus: etaPlus, stepMin: stepMin, stepMax: stepMax)
  }
}
