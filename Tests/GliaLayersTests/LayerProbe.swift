import Glia
import Testing

/// Runs a single layer with given parameters.
struct LayerProbe {
  private var runner: LayerRunner
  let rows: [[Float]]
  var parameters: [Float]
  var state: [Float]
  var plan: LayerPlan { runner.plan }
  var isTraining: Bool {
    get { runner.isTraining }
    set { runner.isTraining = newValue }
  }
  var key: UInt64 {
    get { runner.key }
    set { runner.key = newValue }
  }

  init(_ layer: some Layer, shape: [Int]? = nil, _ rows: [[Float]], parameters: [Float] = []) throws {
    runner = try LayerRunner(layer, input: shape ?? [rows[0].count], batch: rows.count)
    (self.rows, self.parameters) = (rows, parameters)
    state = runner.plan.state.flatMap { [Float](repeating: $0.start, count: $0.shape.reduce(1, *)) }
    #expect(plan.parameterCount == parameters.count)
  }

  /// The outputs; the layer updates the state.
  mutating func forward() throws -> [Float] {
    try runner.forward(rows.flatMap { $0 }, parameters: parameters, state: &state).y
  }

  /// The gradients of Σ upstream · y.
  mutating func backward(_ upstream: [Float]) throws -> (x: [Float], parameters: [Float]) {
    let x = rows.flatMap { $0 }
    let (y, saved) = try runner.forward(x, parameters: parameters, state: &state)
    return try runner.backward(upstream, x: x, y: y, parameters: parameters, saved: saved)
  }
}
