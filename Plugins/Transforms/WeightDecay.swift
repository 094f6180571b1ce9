import GliaCore

/// Draws all weights towards zero, biases included.
///
/// g ← g + λ w before the optimizer. Decoupled, the optimizer sees g alone, and w ← w - η λ w beside its step, with the w
/// from before it and the learning rate η of the training: together with Adam this is AdamW.
///
/// The penalty `l2` on single tensors has the gradient 2 λ w and stands in the history; this does not.
///
/// Source: Krogh and Hertz, "A simple weight decay can improve generalization" (1991); decoupled: Loshchilov and Hutter,
/// "Decoupled weight decay regularization" (2019).
public struct WeightDecay: GradientTransform, WeightTransform {
  public static let name = "weight_decay"
  public static let aliases = ["add_decayed_weights"]
  public static let summary = "g ← g + λ w; decoupled: w ← w - η λ w"
  /// How strongly, λ.
  public var strength: Float = 0.01
  /// Whether the optimizer is left out.
  public var decoupled = false
  /// Strength 0.01, through the gradient.
  public init() {}
  /// The given strength.
  public init(_ strength: Float, decoupled: Bool = false) { (self.strength, self.decoupled) = (strength, decoupled) }

  public func validate() throws {
    try require(strength >= 0 && strength.isFinite, "strength", strength, expected: "a number of 0 or more")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    if !decoupled { gradient.add(weights, times: strength) }
  }

  public func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    guard decoupled else { return }
    weights.assign(weights.view, times: Float(1 - Double(context.learningRate) * Double(strength)))
  }
}

extension Transform where Self == WeightDecay {
  /// Draws all weights towards zero.
  public static func weightDecay(_ strength: Float = 0.01, decoupled: Bool = false) -> WeightDecay {
    WeightDecay(strength, decoupled: decoupled)
  }
}
