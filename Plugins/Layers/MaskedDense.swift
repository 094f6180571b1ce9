import GliaActivations
import GliaCore
import GliaInitializers

/// A partially connected layer: y = f(x (W ∘ M)ᵀ + b), where the binary mask M selects the inputs of each unit.
///
/// Parameters: `weight` of shape `[units, inputs]` and, unless `use_bias` is false, `bias` of shape `[units]`. Masked
/// weights are 0, stay 0, and have no effect.
///
/// ```swift
/// MaskedDense([[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]], activation: .relu)
/// ```
public struct MaskedDense: Layer {
  public static let name = "masked_dense"
  public static let summary = "a partially connected layer: f(x (W ∘ mask)ᵀ + b)"
  public static var examples: [JSON] {
    ["tanh", "gelu"].map {
      ["mask": [[1, 0, 1, 0, 0, 1], [0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1]], "activation": $0]
    }
  }
  /// The binary mask of shape `[units, inputs]`; 1 connects an input (column) to a unit (row).
  @Required public var mask: [[Int]] = []
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

  /// Creates a layer without a mask; set `mask` before use.
  public init() {}
  /// Creates a layer in which a 1 in `mask` connects an input (column) to a unit (row).
  public init(
    _ mask: [[Int]], activation: some Activation = .linear, initializer: (any Initializer)? = nil,
    useBias: Bool = true, regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    (self.mask, self.activation, self.initializer) = (mask, activation, initializer)
    (self.useBias, self.regularizer, self.constraint) = (useBias, regularizer, constraint)
  }

  private var units: Int { mask.count }

  public func validate() throws {
    let width = mask.first?.count ?? 0
    try require(width > 0, "mask", mask, expected: "a row of 0s and 1s for each unit, such as [[1, 0], [1, 1]]")
    for (index, row) in mask.enumerated() {
      try require(row.count == width, "mask.\(index)", row, expected: "\(width) numbers, as many as in the first row")
      try require(row.allSatisfy { $0 == 0 || $0 == 1 }, "mask.\(index)", row, expected: "only 0s and 1s")
    }
  }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let inputs = try inputCount(input)
    guard mask.first?.count == inputs else {
      throw GliaError(
        "a mask of \(mask.first?.count ?? 0) columns for \(inputs) inputs", at: "mask", expected: "one column per input"
      )
    }
    let connections = mask.reduce(0) { $0 + $1.reduce(0, +) }
    let (fanIn, fanOut) = (max(connections / units, 1), max(connections / inputs, 1))
    let weight = ParameterPlan(
      "weight", shape: [units, inputs], initializer: MaskedInitializer(mask, fittingInitializer), fanIn: fanIn,
      fanOut: fanOut, regularizer: regularizer, constraint: MaskConstraint(mask, constraint))
    let bias = ParameterPlan(
      "bias", shape: [units], initializer: biasInitializer, fanIn: fanIn, fanOut: fanOut, regularizer: biasRegularizer,
      constraint: biasConstraint)
    return try LayerPlan(
      output: [units], parameters: useBias ? [weight, bias] : [weight],
      saved: [SavedPlan("masked", shape: [units, inputs])]
        + (activation.needsInput ? [SavedPlan("sums", perSample: [units])] : []),
      activityRegularizer: activityRegularizer)
  }

  private var fittingInitializer: any Initializer { initializer ?? activation.fittingInitializer ?? GlorotUniform() }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    let masked = context.saved["masked"]
    for (unit, row) in mask.enumerated() {
      for i in row.indices { masked[unit, i] = row[i] == 0 ? 0 : weight[unit, i] }
    }
    let bias = useBias ? context.parameters["bias"] : nil
    let sums = activation.needsInput ? context.saved["sums"] : nil
    y.formProduct(x, masked.transposed, adding: bias, activation: activation, sums: sums)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let masked = context.saved["masked"]
    let dw = context.gradients["weight"]
    dy.pullBack(activation, sums: activation.needsInput ? context.saved["sums"].view : nil, outputs: context.y)
    if context.needsInputGradient { dx.formProduct(dy.view, masked.view) }
    dw.formProduct(dy.transposed, context.x)
    for (unit, row) in mask.enumerated() {
      for i in row.indices where row[i] == 0 { dw[unit, i] = 0 }
    }
    if useBias { context.gradients["bias"].formSum(ofRowsOf: dy.view) }
  }

  public func resolved() -> any Layer {
    var full = self
    full.initializer = fittingInitializer
    return full
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    // The activity regularizer needs the outputs.
    guard activityRegularizer == nil else { return nil }
    var logits = self
    logits.activation = Linear()
    return (logits, activation)
  }

  public var detail: String { type(of: activation).name }
}
