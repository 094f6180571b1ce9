import GliaCore
import GliaInitializers

/// Units whose output is the maximum of several linear functions: yᵢ = maxⱼ (x · Wᵢⱼ + bᵢⱼ).
///
/// Parameters: `weight` of shape `[units, pieces, inputs]` and, unless `use_bias` is false, `bias` of shape
/// `[units, pieces]`. If several pieces are equal, the first one receives the gradient.
///
/// Source: Goodfellow, Warde-Farley, Mirza, Courville and Bengio, "Maxout networks" (2013).
public struct Maxout: Layer {
  public static let name = "maxout"
  public static let summary = "the maximum of several linear functions"
  public static var examples: [JSON] {
    [["units": 3], ["units": 2, "pieces": 3, "use_bias": false]]
  }
  /// The number of units.
  @Required public var units = 0
  /// The number of linear pieces per unit.
  public var pieces = 2
  /// Initializer of the weight.
  @Part public var initializer: any Initializer = GlorotUniform()
  /// Whether the layer has a bias.
  public var useBias = true
  /// Initializer of the bias.
  @Part public var biasInitializer: any Initializer = Zeros()
  /// Regularizer applied to the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// Constraint applied to the weight after each update.
  @Part public var constraint: (any Constraint)? = nil

  /// Creates a layer with two pieces per unit; set `units` before use.
  public init() {}
  /// Creates a layer with `units` units of `pieces` pieces each.
  public init(
    _ units: Int, pieces: Int = 2, initializer: some Initializer = .glorotUniform, useBias: Bool = true,
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    (self.units, self.pieces, self.initializer) = (units, pieces, initializer)
    (self.useBias, self.regularizer, self.constraint) = (useBias, regularizer, constraint)
  }

  public func validate() throws {
    try require(units >= 1, "units", units, expected: "a whole number of at least 1")
    try require(pieces >= 1, "pieces", pieces, expected: "a whole number of at least 1")
  }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let inputs = try inputCount(input)
    let weight = ParameterPlan(
      "weight", shape: [units, pieces, inputs], initializer: initializer, fanIn: inputs, fanOut: units,
      regularizer: regularizer, constraint: constraint)
    let bias = ParameterPlan(
      "bias", shape: [units, pieces], initializer: biasInitializer, fanIn: inputs, fanOut: units)
    return try LayerPlan(
      output: [units], parameters: useBias ? [weight, bias] : [weight],
      saved: [SavedPlan("sums", perSample: [units, pieces])])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let z = context.saved["sums"]
    let bias = useBias ? context.parameters["bias"] : nil
    z.formProduct(x, context.parameters["weight"].transposed, adding: bias)
    for i in y.indices { y[i] = z[i, largest(z.view.row(i))] }
  }

  /// The index of a unit's largest piece; NaN counts as the largest.
  private func largest(_ sums: TensorView<Float>) -> Int {
    var best = 0
    for piece in sums.indices where !(sums[piece] <= sums[best]) { best = piece }
    return best
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    // The pre-activations are no longer needed once the maximum is known; their buffer receives their gradient.
    let z = context.saved["sums"]
    for i in dy.indices {
      let best = largest(z.view.row(i))
      z.row(i).fill(0)
      z[i, best] = dy[i]
    }
    let dz = z.view.reshaped(rows: context.batch)
    context.gradients["weight"].formProduct(dz.transposed, context.x)
    if useBias { context.gradients["bias"].formSum(ofRowsOf: dz) }
    if context.needsInputGradient { dx.formProduct(dz, context.parameters["weight"]) }
  }

  public var detail: String { "\(pieces) pieces" }
}
