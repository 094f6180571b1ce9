import GliaCore
import Testing

/// y = x, with a parameter for every input, whose gradients are all `slope`.
private struct Sloped: Layer {
  static let name = "sloped"
  var slope: Float = 1
  var vouches = false

  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input, parameters: [ParameterPlan("weight", shape: input, initializer: nil, fanIn: 1, fanOut: 1)])
  }

  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in y.indices { y[i] = x[i] }
  }

  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    for i in dx.indices { dx[i] = dy[i] }
    for i in gradients.indices { gradients[i] = slope }
    if vouches { pass.vouch(forFinite: gradients.count) }
  }
}

/// A container that makes its layer's gradients infinite.
private struct Steepening: Layer {
  static let name = "steepening"
  private let inner = Sloped(vouches: true)
  private enum CodingKeys: CodingKey {}

  func plan(input: [Int]) throws -> LayerPlan {
    let child = try inner.plan(input: input)
    return try LayerPlan(output: input, parameters: child.parameters, children: [child])
  }

  func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    inner.forward(x, into: &y, parameters: parameters, state: &state, memory: &memory, pass: pass.child(0))
  }

  func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    inner.backward(
      &dy, into: &dx, x: x, y: y, parameters: parameters, gradients: &gradients, memory: &memory, pass: pass.child(0))
    for i in gradients.indices { gradients[i] *= .infinity }
  }
}

/// The mean, whatever the targets are.
private struct Mean: Loss {
  static let name = "mean"
  func check(targets: Span<Float>, rows: Int, classes: Int) throws {}
  func evaluate(
    _ prediction: Span<Float>, _ target: Span<Float>, weights: Span<Float>, rows: Int,
    gradient: inout MutableSpan<Float>
  ) -> Float {
    for i in gradient.indices { gradient[i] = 1 }
    return 0
  }
}

/// w ← w - g.
private struct Plain: Optimizer {
  static let name = "plain"
  var learningRate: Float = 1
  func update(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) {
    for i in parameters.indices { parameters[i] -= gradient[i] }
  }
}

@Suite struct FiniteGradientTests {
  /// The parameters after an epoch of one step through `layers`, and why the training failed, if it did.
  private func outcome(_ layers: any Layer...) throws -> (parameters: [Float], failure: String) {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics) = (Mean(), Plain(), [])
    (settings.epochs, settings.batchSize) = (1, 4)
    let x = try Tensor(rows: [[1, 2], [3, 4]])
    var training = try Training(
      Network(input: [2], layers: layers), on: Dataset(inputs: x, targets: x), settings: settings)
    do {
      _ = try training.next()
      return (training.network.tensors.flatMap(\.tensor.values), "")
    } catch {
      return (training.network.tensors.flatMap(\.tensor.values), "\(error)")
    }
  }

  @Test func gradientsThatNobodyVouchesForAreLookedAt() throws {
    for layers: [any Layer] in [[Sloped(slope: .infinity)], [Sloped(vouches: true), Sloped(slope: .nan)]] {
      let (parameters, failure) = try layers.count == 1 ? outcome(layers[0]) : outcome(layers[0], layers[1])
      #expect(failure.contains("a gradient of layer") && parameters.allSatisfy { $0 == 0 })
    }
  }

  @Test func aLayerIsBelieved() throws {
    #expect(try outcome(Sloped(slope: .infinity, vouches: true)).failure.contains("a parameter of layer"))
    #expect(try outcome(Sloped(vouches: true), Sloped(slope: 2)).parameters == [-1, -1, -2, -2])
  }

  @Test func aLayerWithinAnotherIsNotBelievedAsTheOuterOneMayChangeItsGradients() throws {
    let (parameters, failure) = try outcome(Steepening())
    #expect(failure.contains("a gradient of layer") && parameters == [0, 0])
  }
}
