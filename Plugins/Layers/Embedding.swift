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
  public static let requiredSettings = ["input_dim", "output_dim"]
  /// How many words there are; must be given.
  public var inputDim = 0
  /// How long their vectors are; must be given.
  public var outputDim = 0
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

  public func check(_ samples: Tensor) throws {
    guard let bad = samples.values.firstIndex(where: { row($0) == nil }) else { return }
    throw GliaError(
      "feature \(bad % samples.width) of sample \(bad / samples.width) is \(samples.values[bad]), which is not a word",
      expected: "whole numbers from 0 to \(inputDim - 1)",
      remedy: "raise input_dim, or do not standardize the data")
  }

  /// The row of the weight for an input; nil if there is none.
  private func row(_ input: Float) -> Int? {
    Int(exactly: input).flatMap { (0..<inputDim).contains($0) ? $0 : nil }
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard let y = y.address, let weight = parameters.address else { return }
    for i in x.indices {
      let vector = y + i * outputDim
      if let row = row(x[i]) {
        vector.update(from: weight + row * outputDim, count: outputDim)
      } else {
        vector.update(repeating: .nan, count: outputDim)
      }
    }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    gradients.update(repeating: 0)
    dx.update(repeating: 0)
    guard let dy = dy.address, let dw = gradients.address else { return }
    for i in x.indices {
      guard let row = row(x[i]) else { continue }
      for j in 0..<outputDim { dw[row * outputDim + j] += dy[i * outputDim + j] }
    }
  }

  public var detail: String { "\(inputDim) words" }
}
