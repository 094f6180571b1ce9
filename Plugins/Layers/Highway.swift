import GliaActivations
import GliaCore
import GliaInitializers

/// A gated mixture of a dense layer and its input: y = t ∘ h + (1 - t) ∘ x with h = f(x Wᵀ + b) and the transform gate
/// t = σ(x Wₜᵀ + bₜ).
///
/// Parameters: `weight` and `gate_weight` of shape `[n, n]`, `bias` and `gate_bias` of shape `[n]`, for n inputs and
/// outputs.
///
/// Source: Srivastava, Greff and Schmidhuber, "Highway networks" (2015).
public struct Highway: Layer {
  public static let name = "highway"
  public static let summary = "a gated mixture of a dense layer and its input"
  public static var examples: [JSON] {
    [["activation": "gelu"], ["activation": "relu"]]
  }
  /// The activation function f.
  @Part public var activation: any Activation = Tanh()
  /// Initializer of both weights; nil for one that suits the activation.
  @Part public var initializer: (any Initializer)? = nil
  /// The initial bias of the gate; the lower it is, the more of the input passes through at first.
  public var gateBias: Float = -1
  /// Regularizer applied to both weights.
  @Part public var regularizer: (any Regularizer)? = nil

  /// Creates a highway layer with tanh.
  public init() {}
  /// Creates a highway layer with the given activation.
  public init(
    activation: some Activation, initializer: (any Initializer)? = nil, gateBias: Float = -1,
    regularizer: (any Regularizer)? = nil
  ) {
    (self.activation, self.initializer) = (activation, initializer)
    (self.gateBias, self.regularizer) = (gateBias, regularizer)
  }

  public func validate() throws {
    try require(gateBias.isFinite, "gate_bias", gateBias, expected: "a finite number")
  }

  private var fittingInitializer: any Initializer { initializer ?? activation.fittingInitializer ?? GlorotUniform() }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let n = try inputCount(input)
    func weight(_ name: String) -> ParameterPlan {
      ParameterPlan(
        name, shape: [n, n], initializer: fittingInitializer, fanIn: n, fanOut: n, regularizer: regularizer)
    }
    return try LayerPlan(
      output: input,
      parameters: [
        weight("weight"), ParameterPlan("bias", shape: [n]), weight("gate_weight"),
        ParameterPlan("gate_bias", shape: [n], initializer: ConstantInitializer(gateBias)),
      ],
      saved: ["hidden", "gate", "hidden_gradient", activation.needsInput ? "sums" : nil, "product"].compactMap(\.self)
        .map {
          SavedPlan($0, perSample: [n])
        })
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let hidden = context.saved["hidden"]
    let gate = context.saved["gate"]
    let sums = activation.needsInput ? context.saved["sums"] : nil
    hidden.formProduct(
      x, context.parameters["weight"].transposed, adding: context.parameters["bias"], activation: activation, sums: sums
    )
    gate.formProduct(x, context.parameters["gate_weight"].transposed, adding: context.parameters["gate_bias"])
    gate.apply(Sigmoid())
    y.assign(x, hidden.view, gate.view) { x, hidden, gate in gate * hidden + (1 - gate) * x }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let x = context.x
    let hidden = context.saved["hidden"]
    let gate = context.saved["gate"]
    let dh = context.saved["hidden_gradient"]
    let sums = activation.needsInput ? context.saved["sums"].view : nil
    dh.assign(dy.view, gate.view) { dy, gate in dy * gate }
    dh.pullBack(activation, sums: sums, outputs: hidden.view)
    dx.assign(dy.view, gate.view) { dy, gate in dy * (1 - gate) }
    // The gate is no longer needed; its buffer receives the gradient with respect to the gate's pre-activations.
    let dg = gate
    dg.update(x, hidden.view, dy.view) { gate, x, hidden, dy in gate = dy * (hidden - x) * gate * (1 - gate) }
    context.gradients["weight"].formProduct(dh.transposed, x)
    context.gradients["bias"].formSum(ofRowsOf: dh.view)
    context.gradients["gate_weight"].formProduct(dg.transposed, x)
    context.gradients["gate_bias"].formSum(ofRowsOf: dg.view)
    guard context.needsInputGradient else { return }
    let product = context.saved["product"]
    product.formProduct(dh.view, context.parameters["weight"])
    dx.add(product.view)
    product.formProduct(dg.view, context.parameters["gate_weight"])
    dx.add(product.view)
  }

  public func resolved() -> any Layer {
    var full = self
    full.initializer = fittingInitializer
    return full
  }

  public var detail: String { type(of: activation).name }
}
