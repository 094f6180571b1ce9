import GliaCore

// What components do with spans, done with arrays.

extension Activation {
  /// The outputs for the inputs `z`.
  func applied(to z: [Float], width: Int) -> [Float] {
    var values = z
    var span = values.mutableSpan
    apply(&span, width: width)
    return values
  }

  /// The gradient with respect to z. Where z is not needed there are NaNs in its place, so that reading it shows.
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
  /// The value over `rows` samples.
  func value(_ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int) -> Float {
    let found = try? run(prediction, target, weights: weights.isEmpty ? nil : weights, rows: rows, needsGradient: false)
    return found?.value ?? .nan
  }

  /// The value and its gradient.
  func valueAndGradient(
    _ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int
  ) -> (value: Float, gradient: [Float]) {
    let found = try? run(prediction, target, weights: weights.isEmpty ? nil : weights, rows: rows, needsGradient: true)
    return found ?? (.nan, prediction.map { _ in .nan })
  }
}

extension Regularizer {
  /// The penalty of a weight.
  func penalty(_ weight: [Float], shape: [Int]) -> Float { penalty(weight.span, shape: shape) }

  /// The penalty's gradient, added to `start` everywhere.
  func gradient(_ weight: [Float], shape: [Int], addedTo start: Float = 0) -> [Float] {
    var gradient = [Float](repeating: start, count: weight.count)
    var span = gradient.mutableSpan
    addGradient(of: weight.span, shape: shape, to: &span)
    return gradient
  }
}

extension Initializer {
  /// A freshly filled tensor, and the generator afterwards.
  func filled(_ shape: [Int], fanIn: Int, fanOut: Int, seed: UInt64) -> (values: [Float], random: Random) {
    var random = Random(seed: seed)
    var values = [Float](repeating: .nan, count: shape.reduce(1, *))
    var span = values.mutableSpan
    fill(&span, shape: shape, fanIn: fanIn, fanOut: fanOut, using: &random)
    return (values, random)
  }
}

/// An optimizer at work on an array of parameters.
struct OptimizerRun {
  private var runner: OptimizerRunner
  /// What the rule did wrong, if it reached for something that is not there.
  private(set) var fault: (any Error)?
  var optimizer: any Optimizer {
    get { runner.optimizer }
    set { runner.optimizer = newValue }
  }
  var parameters: [Float] { runner.weights }
  var state: [Float] { runner.state }

  /// Fresh state; nil if the optimizer asks for one that cannot be counted, or for an absurd number of states.
  init?(_ optimizer: any Optimizer, start: [Float], tensors: [Range<Int>]? = nil, rate: Float? = nil) {
    let shapes = (tensors ?? []).isEmpty ? nil : tensors?.map { [$0.count] }
    guard let states = try? (shapes ?? [[start.count]]).flatMap(optimizer.state).map(\.shape).totalCount(),
      states <= 1000 * (start.count + 1),
      var runner = try? OptimizerRunner(optimizer, from: start, shapes: shapes)
    else { return nil }
    runner.learningRate = rate ?? optimizer.learningRate
    self.runner = runner
  }

  /// One step along `gradient`, which has one number a parameter.
  mutating func update(_ gradient: [Float]) {
    do { try runner.update(gradient) } catch { fault = fault ?? error }
  }
}

/// The rule by its step alone: w ← w - step(g), without its own way of moving the parameters.
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

/// A rule that moves nothing.
private struct Still: Optimizer {
  static let name = "still"
  var learningRate: Float = 1
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.fill(0)
  }
}
