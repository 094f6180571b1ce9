import Glia
import Testing

/// Weight penalties: values calculated by hand, and their effect on the weights of a network.
@Suite("Penalties")
struct PenaltyLectureTests {
  private func values(_ regularizer: some Regularizer, _ weight: [Float], shape: [Int]) -> (Float, [Float]) {
    var gradient = [Float](repeating: 0, count: weight.count)
    var span = gradient.mutableSpan
    regularizer.addGradient(of: weight.span, shape: shape, to: &span)
    return (regularizer.penalty(weight.span, shape: shape), gradient)
  }

  @Test("weight elimination: w² / (1 + w²) and 2 w / (1 + w²)² at 0, 1, 2, -3")
  func weightElimination() {
    let (penalty, gradient) = values(.weightElimination(1), [0, 1, 2, -3], shape: [1, 4])
    #expect(abs(penalty - (0 + 0.5 + 0.8 + 0.9)) < 1e-6)
    for (got, wanted) in zip(gradient, [0, 0.5, 0.16, -0.06] as [Float]) { #expect(abs(got - wanted) < 1e-7) }
    #expect(gradient[0] == 0)
  }

  @Test("weight elimination with scale 2: 4 / 8, 2 · 4 · 2 / 64")
  func weightEliminationScale() {
    let (penalty, gradient) = values(.weightElimination(0.1, scale: 2), [2], shape: [1, 1])
    #expect(abs(penalty - 0.05) < 1e-8 && abs(gradient[0] - 0.025) < 1e-8)
  }

  @Test("elastic net: 0.1 (3 + 4) + 0.01 (9 + 16)")
  func elasticNet() {
    let (penalty, gradient) = values(.elasticNet(l1: 0.1, l2: 0.01), [3, -4, 0], shape: [1, 3])
    #expect(abs(penalty - 0.95) < 1e-6)
    for (got, wanted) in zip(gradient, [0.16, -0.18, 0] as [Float]) { #expect(abs(got - wanted) < 1e-7) }
  }

  @Test("group lasso: rows (3, 4) and (0, 0) have norms 5 and 0")
  func groupLasso() {
    let (penalty, gradient) = values(.groupLasso(0.1), [3, 4, 0, 0], shape: [2, 2])
    #expect(abs(penalty - 0.5) < 1e-7)
    for (got, wanted) in zip(gradient, [0.06, 0.08, 0, 0] as [Float]) { #expect(abs(got - wanted) < 1e-7) }
  }

  /// W = [[2, 0], [1, 1]]: W Wᵀ - I = [[3, 2], [2, 1]], squares 9 + 4 + 4 + 1 = 18; 4 (W Wᵀ - I) W = 4 [[8, 2], [5, 1]].
  @Test("orthogonal: 18, and no penalty on a rotation")
  func orthogonal() {
    let (penalty, gradient) = values(.orthogonal(1), [2, 0, 1, 1], shape: [2, 2])
    #expect(penalty == 18 && gradient == [32, 8, 20, 4])
    let (none, still) = values(.orthogonal(1), [0.6, 0.8, -0.8, 0.6], shape: [2, 2])
    #expect(none < 1e-12 && still.allSatisfy { abs($0) < 1e-6 })
  }

  /// Only the first two of 20 inputs are relevant for y = 2 x₁ - x₂ + noise.
  private func weights(_ regularizer: (any Regularizer)?) throws -> [Float] {
    var random = Random(seed: 3)
    let rows = (0..<60).map { _ in (0..<20).map { _ in Float(random.normal()) } }
    let targets = rows.map { [2 * $0[0] - $0[1] + 0.5 * Float(random.normal())] }
    var training = try Training(
      Network(input: [20], seed: 4) { Dense(1, regularizer: regularizer) },
      on: Dataset(inputs: Tensor(rows: rows), targets: Tensor(rows: targets)), loss: .meanSquaredError,
      optimizer: .sgd(learningRate: 0.05), schedule: .cosine(steps: 300), epochs: 300, batchSize: 60)
    try training.fit()
    return try #require(training.network["layers.0.weight"]).values
  }

  @Test("l1, elastic net and weight elimination give more weights near zero than no penalty, l2 only smaller weights")
  func nearZero() throws {
    func count(_ weights: [Float]) -> Int { weights.count { abs($0) < 0.01 } }
    func size(_ weights: [Float]) -> Float { weights.reduce(0) { $0 + $1 * $1 } }
    let plain = try weights(nil)
    let (sparse, net) = (try weights(.l1(0.5)), try weights(.elasticNet(l1: 0.5, l2: 0.01)))
    let (eliminated, ridge) = (try weights(.weightElimination(0.5, scale: 0.5)), try weights(.l2(0.2)))
    #expect(count(plain) <= 4 && count(ridge) <= 5)
    #expect(count(sparse) >= 15 && count(net) >= 15 && count(eliminated) > count(plain))
    #expect(size(ridge) < size(plain))
    for weights in [sparse, eliminated] { #expect(weights[0] > 1.2 && weights[1] < -0.4) }
    // Large weights remain larger with weight elimination than with l1.
    #expect(eliminated[0] > sparse[0])
  }

  @Test("group lasso zeroes whole units, orthogonal keeps their norms")
  func groups() throws {
    var random = Random(seed: 5)
    let rows = (0..<50).map { _ in (0..<6).map { _ in Float(random.normal()) } }
    let targets = rows.map { [$0[0], 0, 0] }
    func rowLengths(_ regularizer: (any Regularizer)?) throws -> [Float] {
      var training = try Training(
        Network(input: [6], seed: 6) { Dense(3, useBias: false, regularizer: regularizer) },
        on: Dataset(inputs: Tensor(rows: rows), targets: Tensor(rows: targets)), loss: .meanSquaredError,
        optimizer: .sgd(learningRate: 0.05), schedule: .cosine(steps: 200), epochs: 200, batchSize: 50)
      try training.fit()
      let weight = try #require(training.network["layers.0.weight"]).values
      return (0..<3).map { row in weight[row * 6..<row * 6 + 6].reduce(0) { $0 + $1 * $1 }.squareRoot() }
    }
    let lasso = try rowLengths(.groupLasso(0.1))
    #expect(lasso[0] > 0.5 && lasso[1] < 1e-3 && lasso[2] < 1e-3)
    // Rows 1 and 2 should be 0, but 4 (ℓ² - 1) ℓ = -⅔ ℓ gives them a norm of √(5/6).
    let orthogonal = try rowLengths(.orthogonal(1))
    for (length, wanted) in zip(orthogonal, [1, 0.9129, 0.9129] as [Float]) { #expect(abs(length - wanted) < 0.05) }
  }
}
