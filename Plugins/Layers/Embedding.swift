import GliaCore
import GliaInitializers

/// A learned vector for each of `input_dim` words: every input, a whole number from 0, becomes its row of the weight.
///
/// Inputs of shape `[n]` give outputs of shape `[n, output_dim]`. Parameter: `weight` of shape
/// `[input_dim, output_dim]`. Numbers that are not indices are refused before training; where noise makes one later, its row
/// is NaN. Inputs have no gradient.
///
/// Source: Bengio, Ducharme, Vincent and Jauvin, "A neural probabilistic language model" (2003).
public struct Embedding: Layer {
  public static let name = "embedding"
  public static let summary = "a learned vector for each whole number"
  public static var examples: [JSON] {
    [["input_dim": 4, "output_dim": 3]]
  }
  /// How many words there are.
  @Required public var inputDim = 0
  /// How long their vectors are.
  @Required public var outputDim = 0
  /// How the weight starts.
  @Part public var initializer: any Initializer = RandomUniform()
  /// The penalty on the weight.
  @Part public var regularizer: (any Regularizer)? = nil
  /// The limit that the weight keeps.
  @Part public var constraint: (any Constraint)? = nil

  /// Sizes that are still to be given.
  public init() {}
  /// Vectors of `outputDim` numbers for `inputDim` words.
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
      "feature \(bad % samples.width) of sample \(bad / samples.width) is \(samples.values[bad]), which is not a word",
      expected: "whole numbers from 0 to \(inputDim - 1)",
      remedy: "raise input_dim, or do not standardize the data")
  }

  /// The row of the weight for an input; nil if there is none.
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
