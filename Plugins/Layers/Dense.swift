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
  public static let summary = "a fully connected layer: f(x Wᵀ + b)"
  public static var examples: [JSON] {
    [
      ["units": 3, "activation": "tanh"], ["units": 4, "activation": "gelu", "use_bias": false],
      ["units": 3, "activation": "softmax"], ["units": 2, "activation": "leaky_relu"],
    ]
  }
  /// The number of units.
  @Required public var units = 0
  /// The activation function f.
  @Part public var activation: any Activation = Linear()
  /// Initializer of the weight; nil for one that suits the activation.
  @Part public var initializer: (any Initializer)? = nil
  /// Whether the layer has a bias.
  public var useBias = true
  /// Initializer of the bias.
  @Part public var biasInitializer: any Initializer = Zeros()
  /// Regularizer applied to the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// Regularizer applied to the bias.
  @Part public var biasRegularizer: (any Regularizer)? = nil
  /// Regularizer applied to the outputs, averaged over the samples of the batch.
  @Part public var activityRegularizer: (any Regularizer)? = nil
  /// Constraint applied to the weight after each update.
  @Part public var constraint: (any Constraint)? = nil
  /// Constraint applied to the bias after each update.
  @Part public var biasConstraint: (any Constraint)? = nil

  /// Creates a linear layer; set `units` before use.
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
    // The wrapper accesses the activation in place, without a copy.
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
  /// Creates a fully connected layer.
  ///
  /// - Parameters:
  ///   - units: The number of units.
  ///   - activation: The activation function.
  ///   - initializer: Initializer of the weight; nil for one that suits the activation.
  ///   - useBias: Whether the layer has a bias.
  ///   - regularizer: Regularizer applied to the weight.
  ///   - constraint: Constraint applied to the weight after each update.
  public init(
    _ units: Int, activation: some Activation = .linear, initializer: (any Initializer)? = nil, useBias: Bool = true,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    (self.units, self.activation, self.initializer) = (units, activation, initializer)
    (self.useBias, self.regularizer, self.constraint) = (useBias, regularizer, constraint)
  }
}
