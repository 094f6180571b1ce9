import GliaActivations
import GliaCore
import GliaInitializers
import GliaKernels

/// A partly connected layer: y = f(x (W ∘ M)ᵀ + b), where the mask M of 0 and 1 says which inputs a unit sees.
///
/// Parameters: `weight` of shape `[units, inputs]` and, unless `use_bias` is false, `bias` of shape `[units]`. Weights
/// that the mask leaves out are 0 and stay 0; nothing depends on them.
///
/// ```swift
/// MaskedDense([[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]], activation: .relu)
/// ```
public struct MaskedDense: Layer {
  public static let name = "masked_dense"
  public static let summary = "partly connected: f(x (W ∘ mask)ᵀ + b)"
  public static let requiredSettings = ["mask"]
  /// Which inputs (columns) each unit (row) sees, by 1 and 0; must be given.
  public var mask: [[Int]] = []
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

  /// A mask that is still to be given.
  public init() {}
  /// Units that see the inputs for which their row of `mask` has a 1.
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
    try require(width > 0, "mask", mask, expected: "a row of 0 and 1 for each unit, such as [[1, 0], [1, 1]]")
    for (index, row) in mask.enumerated() {
      try require(row.count == width, "mask.\(index)", row, expected: "\(width) numbers, as many as in the first row")
      try require(row.allSatisfy { $0 == 0 || $0 == 1 }, "mask.\(index)", row, expected: "only 0 and 1")
    }
  }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let inputs = try inputCount(input)
    guard mask.first?.count == inputs else {
      throw GliaError(
        "a mask of \(mask.first?.count ?? 0) columns for \(inputs) inputs", at: "mask", expected: "a column an input")
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
      memoryPerSample: activation.needsInput ? units : 0, memory: [units, inputs].elementCount(),
      activityRegularizer: activityRegularizer)
  }

  private var fittingInitializer: any Initializer { initializer ?? activation.fittingInitializer ?? GlorotUniform() }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (inputs, weights) = (x.count / pass.batch, pass.plan.memory)
    guard let x = x.address, let weight = parameters.address, let sums = y.address, let masked = memory.address else {
      return
    }
    for (unit, row) in mask.enumerated() {
      for i in row.indices { masked[unit * inputs + i] = row[i] == 0 ? 0 : weight[unit * inputs + i] }
    }
    glia_matmul_nt(pass.batch, units, inputs, x, masked, useBias ? weight + weights : nil, sums)
    if activation.needsInput { (masked + weights).update(from: sums, count: y.count) }
    activation.apply(&y, width: units)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (inputs, weights) = (x.count / pass.batch, pass.plan.memory)
    activation.pullback(&dy, input: memory.span.extracting(weights...), output: y, width: units)
    guard let x = x.address, let dz = dy.address, let dw = gradients.address, let masked = memory.address else {
      return
    }
    if !dx.isEmpty, let dx = dx.address { glia_matmul_nn(pass.batch, units, inputs, dz, masked, dx) }
    // The masked weight has served; its place takes the gradient with respect to all weights.
    glia_matmul_tn(pass.batch, units, inputs, dz, x, masked)
    for (unit, row) in mask.enumerated() {
      for i in row.indices {
        let place = unit * inputs + i
        dw[place] = row[i] == 0 ? 0 : masked[place]
      }
    }
    if useBias { glia_sum_rows(pass.batch, units, dz, dw + weights) }
  }

  public func resolved() -> any Layer {
    var full = self
    full.initializer = fittingInitializer
    return full
  }

  public func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    // A penalty on the outputs needs them.
    guard activityRegularizer == nil else { return nil }
    var logits = self
    logits.activation = Linear()
    return (logits, activation)
  }

  public var detail: String { type(of: activation).name }
}
