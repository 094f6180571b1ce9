import GliaActivations
import GliaCore
import GliaInitializers

/// A fully connected layer: y = f(x Wᵀ + b).
///
/// Parameters: `weight` of shape `[units, inputs]` and, unless `use_bias` is false, `bias` of shape `[units]`.
///
/// ```swift
/// Dense(4, activation: .tanh)
/// Dense(16, activation: .relu, regularizer: .l2(0.001))
/// ```
public struct Dense: Layer {
  public static let name = "dense"
  public static let aliases = ["fully_connected"]
  public static let summary = "fully connected: f(x Wᵀ + b)"
  public static var examples: [JSON] {
    [
      ["units": 3, "activation": "tanh"], ["units": 4, "activation": "gelu", "use_bias": false],
      ["units": 3, "activation": "softmax"], ["units": 2, "activation": "leaky_relu"],
    ]
  }
  /// How many units.
  @Required public var units = 0
  /// The function f of the weighted sums.
  @Part public var activation: any Activation = Linear()
  /// How the weight starts; nil for what fits the activation.
  @Part public var initializer: (any Initializer)? = nil
  /// Whether there is a bias.
  public var useBias = true
  /// How the bias starts.
  @Part public var biasInitializer: any Initializer = Zeros()
  /// The penalty on the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// The penalty on the bias.
  @Part public var biasRegularizer: (any Regularizer)? = nil
  /// The penalty on the outputs, as a mean over the samples of a batch.
  @Part public var activityRegularizer: (any Regularizer)? = nil
  /// The limit that the weight keeps.
  @Part public var constraint: (any Constraint)? = nil
  /// The limit that the bias keeps.
  @Part public var biasConstraint: (any Constraint)? = nil

  /// One linear unit.
  public init() {}

  public func validate() throws {
    try require(units >= 1, "units", units, expected: "a whole number of at least 1")
  }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let inputs = try inputCount(input)
    let initializer = initializer ?? activation.fittingInitializer ?? GlorotUniform()
    let weight = ParameterPlan(
      "weight", shape: [units, inputs], initializer: initializer, fanIn: inputs, fanOut: units,
      regularizer: regularizer, constraint: constraint)
    let bias = ParameterPlan(
      "bias", shape: [units], initializer: biasInitializer, fanIn: inputs, fanOut: units, regularizer: biasRegularizer,
      constraint: biasConstraint)
    return try LayerPlan(
      output: [units], parameters: useBias ? [weight, bias] : [weight],
      saved: activation.needsInput ? [SavedPlan("sums", perSample: [units])] : [],
      activityRegularizer: activityRegularizer)
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    // Through the wrapper, which hands out its part in place, not a copy.
    let sums = _activation.wrappedValue.needsInput ? context.saved["sums"] : nil
    y.formProduct(
      x, context.parameters["weight"].transposed, adding: useBias ? context.parameters["bias"] : nil,
      activation: _activation.wrappedValue, sums: sums)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let sums = _activation.wrappedValue.needsInput ? context.saved["sums"].view : nil
    dy.pullBack(_activation.wrappedValue, sums: sums, outputs: context.y)
    context.gradients["weight"].formProduct(dy.transposed, context.x)
    if useBias { context.gradients["bias"].formSum(ofRowsOf: dy.view) }
    if context.needsInputGradient { dx.formProduct(dy.view, context.parameters["weight"]) }
  }

  public func resolved() -> any Layer {
    var full = self
    full.initializer = initializer ?? activation.fittingInitializer ?? GlorotUniform()
    return full
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    var logits = self
    logits.activation = Linear()
    return (logits, activation)
  }

  public var detail: String { type(of: activation).name }
}

extension Dense {
  /// A fully connected layer.
  ///
  /// - Parameters:
  ///   - units: how many units.
  ///   - activation: the function of the weighted sums.
  ///   - initializer: how the weight starts; nil for what fits the activation.
  ///   - useBias: whether there is a bias.
  ///   - regularizer: the penalty on the weight.
  ///   - constraint: the limit that the weight keeps.
  public init(
    _ units: Int, activation: some Activation = .linear, initializer: (any Initializer)? = nil, useBias: Bool = true,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    (self.units, self.activation, self.initializer) = (units, activation, initializer)
    (self.useBias, self.regularizer, self.constraint) = (useBias, regularizer, constraint)
  }
}
