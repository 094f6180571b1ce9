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
    var none: [Float] = []
    var span = none.mutableSpan
    return evaluate(prediction.span, target.span, weights: weights.span, rows: rows, gradient: &span)
  }

  /// The value and its gradient.
  func valueAndGradient(
    _ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int
  ) -> (value: Float, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: prediction.count)
    var span = gradient.mutableSpan
    let value = evaluate(prediction.span, target.span, weights: weights.span, rows: rows, gradient: &span)
    return (value, gradient)
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

extension Optimizer {
  fileprivate func update(_ parameters: inout [Float], gradient: [Float], state: inout [Float], step: OptimizerStep) {
    var parameterSpan = parameters.mutableSpan
    var stateSpan = state.mutableSpan
    update(&parameterSpan, gradient: gradient.span, state: &stateSpan, step: step)
  }
}

/// An optimizer at work on an array of parameters.
struct OptimizerRun {
  /// The rule, which may be replaced by an equal one: all that it remembers lies here.
  var optimizer: any Optimizer
  private(set) var parameters: [Float]
  private(set) var state: [Float]
  private var step: OptimizerStep

  /// Fresh state; nil if the optimizer asks for a negative or absurd number of states.
  init?(_ optimizer: any Optimizer, start: [Float], tensors: [Range<Int>]? = nil, rate: Float? = nil) {
    let count = optimizer.stateCount(parameters: start.count)
    guard (0...1000 * (start.count + 1)).contains(count) else { return nil }
    self.optimizer = optimizer
    parameters = start
    state = [Float](repeating: 0, count: count)
    step = OptimizerStep(
      number: 0, learningRate: rate ?? optimizer.learningRate, tensors: tensors ?? [0..<start.count])
  }

  /// One step along `gradient`, which has one number a parameter.
  mutating func update(_ gradient: [Float]) {
    step.number += 1
    optimizer.update(&parameters, gradient: gradient, state: &state, step: step)
  }
}
