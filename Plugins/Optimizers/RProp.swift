import GliaCore

/// Resilient backpropagation: steps along the sign of the gradient with a size per parameter that adapts to sign changes.
///
/// d ← η₊ d if the gradient keeps its sign, d ← η₋ d if it changes, clipped to [step_min, step_max]; w ← w - d sign(g).
/// After a sign change, the parameter is not updated for one step. RProp is meant for full-batch training, since the noise
/// of small batches flips signs.
///
/// The learning rate is the size of the first step; schedules have no effect on later steps.
///
/// Source: Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm"
/// (1993), in the form without backtracking (iRprop-) of Igel and Hüsken (2000), as in PyTorch.
public struct RProp: ElementwiseOptimizer {
  /// The state kept for each parameter.
  public struct State: ParameterState {
    /// The sign of the last gradient; 0 after a sign change.
    public var sign: Float = 0
    /// The size of the step, d.
    public var size: Float = 0
    /// Creates a state of zeros.
    public init() {}
  }

  public static let name = "rprop"
  public static let summary = "resilient backpropagation: w ← w - d sign(g), with d adapted to sign changes"
  public static var tuning: KeyValuePairs<String, String> {
    ["learning_rate": "log:1e-5..0.1", "eta_minus": "0.2..0.8", "eta_plus": "1.05..1.5"]
  }
  /// The size of the first step.
  public var learningRate: Float = 0.01
  /// The factor of the step size when the gradient changes sign, η₋.
  public var etaMinus: Float = 0.5
  /// The factor of the step size while the gradient keeps its sign, η₊.
  public var etaPlus: Float = 1.2
  /// The smallest step size.
  public var stepMin: Float = 1e-6
  /// The largest step size.
  public var stepMax: Float = 50
  /// Creates an RProp optimizer with the default settings.
  public init() {}
  /// Creates an RProp optimizer with the given settings.
  public init(
    learningRate: Float, etaMinus: Float = 0.5, etaPlus: Float = 1.2, stepMin: Float = 1e-6, stepMax: Float = 50
  ) {
    (self.learningRate, self.etaMinus, self.etaPlus) = (learningRate, etaMinus, etaPlus)
    (self.stepMin, self.stepMax) = (stepMin, stepMax)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(etaMinus > 0 && etaMinus < 1, "eta_minus", etaMinus, expected: "a number above 0 and below 1")
    try require(etaPlus > 1 && etaPlus.isFinite, "eta_plus", etaPlus, expected: "a number above 1")
    try requirePositive(stepMin, "step_min")
    try require(
      stepMax >= stepMin && stepMax.isFinite, "step_max", stepMax, expected: "a number of at least step_min, \(stepMin)"
    )
  }

  public func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    if step.number == 1 { state.size = step.learningRate }
    // Compare signs, because products of small gradients underflow.
    let sign: Float = gradient > 0 ? 1 : gradient < 0 ? -1 : 0
    let turn = sign * state.sign
    state.size = min(max(state.size * (turn > 0 ? etaPlus : turn < 0 ? etaMinus : 1), stepMin), stepMax)
    state.sign = turn < 0 ? 0 : sign
    return state.size * state.sign
  }
}

extension Optimizer where Self == RProp {
  /// Resilient backpropagation.
  public static func rprop(
    learningRate: Float = 0.01, etaMinus: Float = 0.5, etaPlus: Float = 1.2, stepMin: Float = 1e-6, stepMax: Float = 50
  ) -> RProp {
    RProp(learningRate: learningRate, etaMinus: etaMinus, etaPlus: etaPlus, stepMin: stepMin, stepMax: stepMax)
  }
}
