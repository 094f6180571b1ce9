import Glia
import TestSupport
import Testing

@Suite("Constraints")
struct ConstraintTests {
  private func projected(_ constraint: some Constraint, _ rows: [[Float]]) -> [Float] {
    var values = rows.flatMap { $0 }
    var span = values.mutableSpan
    constraint.project(&span, shape: [rows.count, rows[0].count])
    return values
  }

  @Test("each unit separately; zeros have no direction")
  func projections() {
    let rows: [[Float]] = [[3, -4], [0.6, 0.8], [0, 0], [-0.3, 0.4]]
    #expect(projected(.maxNorm(2), rows).isClose(to: [1.2, -1.6, 0.6, 0.8, 0, 0, -0.3, 0.4]))
    #expect(projected(.unitNorm, rows).isClose(to: [0.6, -0.8, 0.6, 0.8, 0, 0, -0.6, 0.8]))
    #expect(projected(.nonNegative, rows).isClose(to: [3, 0, 0.6, 0.8, 0, 0, 0, 0.4]))
    #expect(projected(.unitNorm, [[3e-38, 4e-38], [3e38, -1e38]]).isClose(to: [0.6, 0.8, 0.9486833, -0.3162278]))
  }

  /// Whether a weight `[units, inputs]` is allowed.
  private func holds(_ constraint: any Constraint, _ weight: Tensor) -> Bool {
    if constraint is NonNegative { return weight.values.allSatisfy { $0 >= 0 } }
    let norms = (0..<weight.rows).map { row in weight[row: row].reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return norms.allSatisfy { constraint is UnitNorm ? abs($0 - 1) < 1e-5 : $0 <= 0.5 * (1 + 1e-5) }
  }

  @Test(
    "hold after every epoch, with any transforms",
    arguments: [MaxNorm(0.5), UnitNorm(), NonNegative()] as [any Constraint],
    [
      [], [.weightDecay(0.1, decoupled: true), .lookahead(steps: 2)], [.exponentialAverage(momentum: 0.5)],
      [.exponentialAverage(momentum: 0.5), .lookahead(steps: 2), .weightNoise(0.1)],
    ] as [[any Transform]])
  func training(constraint: any Constraint, transforms: [any Transform]) throws {
    let network = try Network(input: [2], seed: 1) {
      Dense(6, activation: .tanh, constraint: constraint)
      Dense(1, activation: .sigmoid)
    }
    var training = try Training(
      network, on: Moons(samples: 60, noise: 0.1).load(), loss: .binaryCrossentropy,
      optimizer: .adam(learningRate: 0.2),
      transforms: transforms, epochs: 5)
    #expect(!holds(constraint, try #require(network["layers.0.weight"])))
    while try training.next() != nil {
      #expect(holds(constraint, try #require(training.network["layers.0.weight"])))
    }
    #expect(holds(constraint, try #require(training.network["layers.0.weight"])))
  }

  @Test("a bias has its own constraint")
  func bias() throws {
    var dense = Dense(1)
    dense.biasConstraint = .nonNegative
    let network = try Network(input: [1], layers: [dense])
    let path = try trajectory(
      Training(
        network, on: Dataset(inputs: Tensor(rows: [[1]]), targets: [Column("y", [-3])]), loss: .halfSquaredError,
        optimizer: .sgd(learningRate: 0.1)), epochs: 3)
    #expect(path.allSatisfy { $0[1] == 0 } && path[2][0] < 0)
  }
}
