import GliaCore

/// Sets each input to zero with probability `rate` while training, and divides the others by 1 - rate.
///
/// The expected value stays the same, so nothing is done outside of training.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks
/// from overfitting" (2014).
public struct Dropout: Layer {
  public static let name = "dropout"
  public static let summary = "sets inputs to zero at random while training"
  /// The probability of zero.
  public var rate: Float = 0.5

  /// Rate 0.5.
  public init() {}
  /// A layer that drops inputs with probability `rate`.
  public init(_ rate: Float) { self.rate = rate }

  public func validate() throws {
    try require(rate >= 0 && rate < 1, "rate", rate, expected: "a probability from 0 to below 1")
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, memoryPerSample: input.elementCount())
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    guard pass.isTraining else {
      for i in x.indices { y[i] = x[i] }
      return
    }
    var random = pass.random
    let scale = 1 / (1 - rate)
    for i in x.indices {
      memory[i] = random.uniform(0, 1) < rate ? 0 : scale
      y[i] = x[i] * memory[i]
    }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in dx.indices { dx[i] = pass.isTraining ? dy[i] * memory[i] : dy[i] }
  }

  public var detail: String { "\(rate)" }
}
