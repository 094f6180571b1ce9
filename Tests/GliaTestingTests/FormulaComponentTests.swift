import Glia
import GliaCore
import GliaTesting
import Testing

/// Momentum with a mean, and a count that starts at 2.
private struct Counting: ElementwiseOptimizer {
  struct State: ParameterState {
    var mean: Float = 0
    var count: Float = 2
  }
  static let name = "counting"
  var learningRate: Float = 0.05
  func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float {
    state.mean = 0.5 * state.mean + gradient
    state.count = min(state.count + 1, 4)
    return step.learningRate * state.mean / state.count
  }
}

private struct Miscounting: ElementwiseOptimizer {
  struct State: ParameterState { var count = 0 }
  static let name = "miscounting"
  var learningRate: Float = 0.5
  func step(_ gradient: Float, state: inout State, at step: OptimizerStep) -> Float { gradient }
}

private struct Plain: ElementwiseOptimizer {
  static let name = "plain"
  var learningRate: Float = 0.5
  func step(_ gradient: Float, state: inout NoState, at step: OptimizerStep) -> Float { step.learningRate * gradient }
}

@Suite("Components defined by formulas")
struct FormulaComponentTests {
  @Test("all components pass the checks for their kinds")
  func checks() {
    for component in [Counting(), Plain()] as [any Component] {
      let results = checkComponent(component, registry: .standard)
      #expect(!results.isEmpty)
      for result in results { #expect(result.passed, "\(result)") }
    }
  }

  @Test("penalty and gradient match manual calculation")
  func penalty() {
    // 0.5 (ln 2 + ln 5); 0.5 · 2 w / (1 + w²) = 0.5 and -0.4.
    let weights: [Float] = [1, -2]
    #expect(abs(LogPenalty(strength: 0.5).penalty(weights.span, shape: [1, 2]) - 1.1512925) < 1e-6)
    var gradient: [Float] = [1, 1]
    var span = gradient.mutableSpan
    LogPenalty(strength: 0.5).addGradient(of: weights.span, shape: [1, 2], to: &span)
    #expect(gradient == [1.5, 0.6])
  }

  @Test("steps match manual calculation; state properties start as declared and are separate")
  func steps() throws {
    let plans = Counting().state(for: [2])
    #expect(plans.map(\.name) == ["mean", "count"] && plans.map(\.start) == [0, 2] && Plain().state(for: [2]).isEmpty)
    var runner = try OptimizerRunner(Counting(), from: [1, 2])
    runner.learningRate = 0.5
    for _ in 1...2 { try runner.update([3, 6]) }
    // 1 - 0.5 · 3 / 3 - 0.5 · 4.5 / 4
    #expect(runner.state == [4.5, 9, 4, 4] && runner.weights == [-0.0625, -0.125])
  }

  @Test("nonnumeric state is rejected")
  func wrongState() throws {
    let data = try Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [0, 1])])
    let error = #expect(throws: GliaError.self) {
      _ = try Training(Network(input: [1]) { Dense(1) }, on: data, loss: .meanSquaredError, optimizer: Miscounting())
    }
    #expect(error?.what == "the state 'count' is of type Int")
  }
}
