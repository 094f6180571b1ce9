import Glia
import Testing

/// A layer run by hand, with its parameters given.
struct LayerProbe {
  let layer: any Layer
  let plan: LayerPlan
  let rows: [[Float]]
  var parameters: [Float]
  var state: [Float]
  var isTraining = true
  var key: UInt64 = 1

  init(_ layer: some Layer, shape: [Int]? = nil, _ rows: [[Float]], parameters: [Float] = []) throws {
    (self.layer, self.rows, self.parameters) = (layer, rows, parameters)
    plan = try layer.plan(input: shape ?? [rows[0].count])
    state = plan.state.flatMap { [Float](repeating: $0.start, count: $0.shape.reduce(1, *)) }
    #expect(plan.parameterCount == parameters.count)
  }

  private var pass: LayerPass { LayerPass(batch: rows.count, isTraining: isTraining, plan: plan, key: key) }

  /// The outputs; the state changes as the layer changes it.
  mutating func forward() -> [Float] { run().y }

  private mutating func run() -> (y: [Float], memory: [Float]) {
    var state = state
    defer { self.state = state }
    let x = rows.flatMap { $0 }
    var y = [Float](repeating: .nan, count: rows.count * plan.outputCount)
    var memory = [Float](repeating: .nan, count: plan.memory(batch: rows.count))
    var ySpan = y.mutableSpan
    var memorySpan = memory.mutableSpan
    var stateSpan = state.mutableSpan
    layer.forward(
      x.span, into: &ySpan, parameters: parameters.span, state: &stateSpan, memory: &memorySpan, pass: pass)
    return (y, memory)
  }

  /// The gradients of Σ upstream · y.
  mutating func backward(_ upstream: [Float]) -> (x: [Float], parameters: [Float]) {
    let x = rows.flatMap { $0 }
    let (y, kept) = run()
    var memory = kept
    var dy = upstream
    var dx = [Float](repeating: .nan, count: x.count)
    var gradients = [Float](repeating: .nan, count: parameters.count)
    var dySpan = dy.mutableSpan
    var dxSpan = dx.mutableSpan
    var gradientSpan = gradients.mutableSpan
    var memorySpan = memory.mutableSpan
    layer.backward(
      &dySpan, into: &dxSpan, x: x.span, y: y.span, parameters: parameters.span, gradients: &gradientSpan,
      memory: &memorySpan, pass: pass)
    return (dx, gradients)
  }
}

/// Expects numbers up to rounding.
func expectNear(
  _ values: [Float], _ expected: [Float], within tolerance: Float = 2e-6, _ location: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, sourceLocation: location)
  for (value, wanted) in zip(values, expected) {
    #expect(
      abs(value - wanted) <= tolerance * max(1, abs(wanted)), "\(values) is not \(expected)", sourceLocation: location)
  }
}
