import GliaCore
import GliaInitializers
import GliaKernels

/// Units that learn their activation as the largest of several linear pieces: yᵢ = maxⱼ (x · Wᵢⱼ + bᵢⱼ).
///
/// Parameters: `weight` of shape `[units, pieces, inputs]` and, unless `use_bias` is false, `bias` of shape
/// `[units, pieces]`. Of equal pieces the first one gets the gradient.
///
/// Source: Goodfellow, Warde-Farley, Mirza, Courville and Bengio, "Maxout networks" (2013).
public struct Maxout: Layer {
  public static let name = "maxout"
  public static let summary = "the largest of several linear pieces"
  public static let requiredSettings = ["units"]
  /// How many units; must be given.
  public var units = 1
  /// How many pieces each unit has.
  public var pieces = 2
  /// How the weight starts.
  @Part public var initializer: any Initializer = GlorotUniform()
  /// Whether there is a bias.
  public var useBias = true
  /// How the bias starts.
  @Part public var biasInitializer: any Initializer = Zeros()
  /// The penalty on the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// The limit that the weight keeps.
  @Part public var constraint: (any Constraint)? = nil

  /// One unit of two pieces.
  public init() {}
  /// `units` units of `pieces` pieces each.
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
      memoryPerSample: [units, pieces].elementCount())
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (inputs, sums) = (x.count / pass.batch, units * pieces)
    guard let x = x.address, let weight = parameters.address, let z = memory.address else { return }
    glia_matmul_nt(pass.batch, sums, inputs, x, weight, useBias ? weight + sums * inputs : nil, z)
    for i in y.indices { y[i] = z[largest(z, i)] }
  }

  /// Where the largest piece of unit `index`, counted over the batch, lies; NaN counts as the largest.
  private func largest(_ z: UnsafePointer<Float>, _ index: Int) -> Int {
    var best = index * pieces
    for piece in best..<best + pieces where !(z[piece] <= z[best]) { best = piece }
    return best
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (inputs, sums) = (x.count / pass.batch, units * pieces)
    guard let x = x.address, let weight = parameters.address, let z = memory.address, let dw = gradients.address else {
      return
    }
    // The sums have served once the largest is known; their place takes the gradient with respect to them.
    for i in dy.indices {
      let best = largest(z, i)
      (z + i * pieces).update(repeating: 0, count: pieces)
      z[best] = dy[i]
    }
    glia_matmul_tn(pass.batch, sums, inputs, z, x, dw)
    if useBias { glia_sum_rows(pass.batch, sums, z, dw + sums * inputs) }
    if !dx.isEmpty, let dx = dx.address { glia_matmul_nn(pass.batch, sums, inputs, z, weight, dx) }
  }

  public var detail: String { "\(pieces) pieces" }
}
