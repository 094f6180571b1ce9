import GliaCore

/// Weight decay of all parameters, including biases; with `"decays": "weights"` of tensors with two or more axes.
///
/// g ← g + λ w before the optimizer step. If decoupled, the optimizer uses g alone and w ← w - η λ w is added to its step, with
/// w from before the step and the current learning rate η; combined with Adam, this is AdamW.
///
/// In contrast, the penalty `l2` on single tensors has the gradient 2 λ w and is reported in the history.
///
/// Source: Krogh and Hertz, "A simple weight decay can improve generalization" (1991); decoupled: Loshchilov and Hutter,
/// "Decoupled weight decay regularization" (2019).
public struct WeightDecay: GradientTransform, WeightTransform {
  public static let name = "weight_decay"
  public static let aliases = ["add_decayed_weights"]
  public static let summary = "weight decay: g ← g + λ w; decoupled: w ← w - η λ w"
  /// The weight decay coefficient, λ.
  public var strength: Float = 0.01
  /// Whether the decay bypasses the optimizer.
  public var decoupled = false
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates a weight decay of 0.01 through the gradient.
  public init() {}
  /// Creates a weight decay with the given coefficient.
  public init(_ strength: Float, decoupled: Bool = false, decays: DecayedTensors = .all) {
    (self.strength, self.decoupled, self.decays) = (strength, decoupled, decays)
  }

  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    guard !decoupled else { return }
    guard decays == .weights else { return gradient.add(weights, times: strength) }
    for index in 0..<context.tensorCount where decays.contains(axisCount: context.axisCount(of: index)) {
      context.tensor(index, of: gradient).add(context.tensor(index, of: weights), times: strength)
    }
  }

  public func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    guard decoupled else { return }
    let kept = Float(1 - Double(context.learningRate) * Double(strength))
    guard decays == .weights else { return weights.assign(weights.view, times: kept) }
    for index in 0..<context.tensorCount where decays.contains(axisCount: context.axisCount(of: index)) {
      let weight = context.tensor(index, of: weights)
      weight.assign(weight.view, times: kept)
    }
  }
}

extension Transform where Self == WeightDecay {
  /// Decays all weights toward zero.
  public static func weightDecay(
    _ strength: Float = 0.01, decoupled: Bool = false, decays: DecayedTensors = .all
  ) -> WeightDecay {
    WeightDecay(strength, decoupled: decoupled, decays: decays)
  }
}
