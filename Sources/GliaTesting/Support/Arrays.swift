import GliaCore

// Array versions of component methods that take spans.

extension Activation {
  /// The outputs for the inputs `z`.
  func applied(to z: [Float], width: Int) -> [Float] {
    var values = z
    var span = values.mutableSpan
    apply(&span, width: width)
    return values
  }

  /// The gradient with respect to z. If z is not needed, it is replaced by NaNs, so that reading it is detected.
  func pulledBack(_ upstream: [Float], z: [Float], width: Int) -> [Float] {
    let output = applied(to: z, width: width)
    let input = needsInput ? z : [Float](repeating: .nan, count: z.count)
    var gradient = upstream
    var span = gradient.mutableSpan
    pullback(&span, input: input.span, output: output.span, width: width)
    return gradient
  }
}

extension Loss {
  /// The loss over `rows` samples.
  func value(_ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int) -> Float {
    let runner = LossRunner(self, prediction, target, weights: weights.isEmpty ? nil : weights, rows: rows)
    return (try? runner.evaluate(needsGradient: false)) ?? .nan
  }

  /// The loss and its gradient.
  func valueAndGradient(
    _ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int
  ) -> (value: Float, gradient: [Float]) {
    let runner = LossRunner(self, prediction, target, weights: weights.isEmpty ? nil : weights, rows: rows)
    return ((try? runner.evaluate()) ?? .nan, runner.gradient)
  }
}

extension Regularizer {
  /// The penalty of a weight.
  func penalty(_ weight: [Float], shape: [Int]) -> Float { penalty(weight.span, shape: shape) }

  /// The gradient of the penalty, added to `start` for every weight.
  func gradient(_ weight: [Float], shape: [Int], addedTo start: Float = 0) -> [Float] {
    var gradient = [Float](repeating: start, count: weight.count)
    var span = gradient.mutableSpan
    addGradient(of: weight.span, shape: shape, to: &span)
    return gradient
  }
}

extension Initializer {
  /// A newly filled tensor, and the generator's state afterwards.
  func filled(_ shape: [Int], fanIn: Int, fanOut: Int, seed: UInt64) -> (values: [Float], random: Random) {
    var random = Random(seed: seed)
    var values = [Float](repeating: .nan, count: shape.reduce(1, *))
    var span = values.mutableSpan
    fill(&span, shape: shape, fanIn: fanIn, fanOut: fanOut, using: &random)
    return (values, random)
  }
}

/// Applies an optimizer to an array of parameters.
struct OptimizerRun {
  private var runner: OptimizerRunner
  /// The error if the optimizer accessed a tensor that is not in its plan.
  private(set) var fault: (any Error)?
  var optimizer: any Optimizer {
    get { runner.optimizer }
    set { runner.optimizer = newValue }
  }
  var parameters: [Float] { runner.weights }
  var state: [Float] { runner.state }
  /// The weights to evaluate.
  var presented: [Float] { (try? runner.averaged()) ?? [] }

  /// Creates new state; nil if the optimizer requests an invalid or unreasonably large state.
  init?(_ optimizer: any Optimizer, start: [Float], shapes: [[Int]]? = nil, rate: Float? = nil) {
    guard let states = try? (shapes ?? [[start.count]]).flatMap(optimizer.state).map(\.shape).totalCount(),
      states <= 1000 * (start.count + 1),
      var runner = try? OptimizerRunner(optimizer, from: start, shapes: shapes)
    else { return nil }
    runner.learningRate = rate ?? optimizer.learningRate
    self.runner = runner
  }

  /// Takes one step on the function with that `gradient` at any parameters.
  mutating func update(at gradient: ([Float]) -> [Float]) {
    do { try runner.update(at: gradient) } catch { fault = fault ?? error }
  }

  /// Takes one step with `gradient`, which has one value per parameter.
  mutating func update(_ gradient: [Float]) {
    do { try runner.update(gradient) } catch { fault = fault ?? error }
  }
}

/// An optimizer that uses only another one's step: w ← w - step(g), without its `update` method.
struct StepAlone: Optimizer {
  static let name = "step_alone"
  @Part var optimizer: any Optimizer
  var learningRate: Float {
    get { optimizer.learningRate }
    set { optimizer.learningRate = newValue }
  }
  private enum CodingKeys: CodingKey { case optimizer }
  init() { optimizer = Still() }
  init(_ optimizer: any Optimizer) { self.optimizer = optimizer }
  func state(for shape: [Int]) -> [StatePlan] { optimizer.state(for: shape) }
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    optimizer.step(gradient, of: weight, context)
  }
}

/// An optimizer that does not change the parameters.
private struct Still: Optimizer {
  static let name = "still"
  var learningRate: Float = 1
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.fill(0)
  }
}
