import GliaCore
import Testing

/// y = x, with a parameter for every input, whose gradients are all `slope`.
private struct Sloped: Layer {
  static let name = "sloped"
  var slope: Float = 1

  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, parameters: [ParameterPlan("weight", shape: input)])
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) { y.copy(x) }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.copy(dy.view)
    context.gradients["weight"].fill(slope)
  }
}

/// The mean of the predictions, ignoring the targets.
private struct Mean: Loss {
  static let name = "mean"
  func checkTargets(_ targets: Tensor, classes: Int) throws {}
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    gradient?.fill(1)
    return 0
  }
}

/// w ← w - g.
private struct Plain: Optimizer {
  static let name = "plain"
  var learningRate: Float = 1
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {}
}

@Suite struct FiniteGradientTests {
  /// The parameters after an epoch of one step through `layers`, and the error if training failed.
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

  @Test func aGradientThatIsNotFiniteEndsTheTrainingBeforeAnyParameterMoves() throws {
    for slope in [Float.infinity, -.infinity, .nan] {
      let (parameters, failure) = try outcome(Sloped(), Sloped(slope: slope))
      #expect(failure.contains("a gradient of layer 1 (sloped)") && parameters.allSatisfy { $0 == 0 })
    }
  }

  @Test func finiteGradientsMoveTheParameters() throws {
    #expect(try outcome(Sloped(), Sloped(slope: 2)).parameters == [-1, -1, -2, -2])
  }
}
