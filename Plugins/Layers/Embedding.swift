import GliaCore
import GliaInitializers

/// A lookup table of vectors: each input, an index from 0 to `input_dim` - 1, is replaced by that row of the weight, y = W[x].
///
/// Inputs of shape `[n]` give outputs of shape `[n, output_dim]`. Parameter: `weight` of shape
/// `[input_dim, output_dim]`. Inputs that are not valid indices are rejected before training; if noise later makes an index
/// invalid, its output is NaN. The gradient with respect to the input is zero.
///
/// Source: Bengio, Ducharme, Vincent and Jauvin, "A neural probabilistic language model" (2003).
public struct Embedding: Layer {
  public static let name = "embedding"
  public static let summary = "a lookup table that maps indices to learned vectors"
  public static var examples: [JSON] {
    [["input_dim": 4, "output_dim": 3]]
  }
  /// The number of indices, such as the size of a vocabulary.
  @Required public var inputDim = 0
  /// The length of each vector.
  @Required public var outputDim = 0
  /// Initializer of the weight.
  @Part public var initializer: any Initializer = RandomUniform()
  /// Regularizer applied to the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// Constraint applied to the weight after each update.
  @Part public var constraint: (any Constraint)? = nil

  /// Creates an embedding without sizes; set `inputDim` and `outputDim` before use.
  public init() {}
  /// Creates an embedding of `inputDim` vectors of length `outputDim`.
  public init(
    _ inputDim: Int, _ outputDim: Int, initializer: some Initializer = .randomUniform(),
    regularizer: (any Regularizer)? = nil, constraint: (any Constraint)? = nil
  ) {
    (self.inputDim, self.outputDim, self.initializer) = (inputDim, outputDim, initializer)
    (self.regularizer, self.constraint) = (regularizer, constraint)
  }

  public func validate() throws {
    try require(inputDim >= 1, "input_dim", inputDim, expected: "a whole number of at least 1")
    try require(outputDim >= 1, "output_dim", outputDim, expected: "a whole number of at least 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input + [outputDim],
      parameters: [
        ParameterPlan(
          "weight", shape: [inputDim, outputDim], initializer: initializer, fanIn: inputDim, fanOut: outputDim,
          regularizer: regularizer, constraint: constraint)
      ])
  }

  public func checkInputs(_ samples: Tensor) throws {
    guard let bad = samples.values.firstIndex(where: { word($0) == nil }) else { return }
    throw GliaError(
      "feature \(bad % samples.width) of sample \(bad / samples.width) is \(samples.values[bad]), which is not a valid index",
      expected: "whole numbers from 0 to \(inputDim - 1)",
      remedy: "raise input_dim, or do not standardize the data")
  }

  /// The row of the weight for an input; nil if the input is not a valid index.
  private func word(_ input: Float) -> Int? {
    Int(exactly: input).flatMap { (0..<inputDim).contains($0) ? $0 : nil }
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    for i in x.indices {
      if let word = word(x[i]) { y.row(i).copy(weight.row(word)) } else { y.row(i).fill(.nan) }
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let dw = context.gradients["weight"]
    dw.fill(0)
    dx.fill(0)
    for i in context.x.indices {
      if let word = word(context.x[i]) { dw.row(word).add(dy.view.row(i)) }
    }
  }

  public var detail: String { "\(inputDim) words" }
}
