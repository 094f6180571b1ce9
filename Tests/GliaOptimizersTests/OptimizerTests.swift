import Glia
import Testing

/// The first steps of every optimizer, calculated by hand. Rate 0.1, decay factors ½, one parameter that starts at 1, gradients 4
/// and -1, so that the means are m = 2, ½, corrected 4, ⅔ and v = 8, 4½, corrected 16, 6.
@Suite("Optimizers calculated by hand")
struct OptimizerTests {
  /// The parameters after each step.
  private func path(
    _ optimizer: some Optimizer, from start: [Float] = [1], gradients: [[Float]] = [[4], [-1]],
    tensors: [Range<Int>] = []
  ) throws -> [[Float]] {
    try optimizer.validate()
    var runner = try OptimizerRunner(
      optimizer, from: start, shapes: tensors.isEmpty ? nil : tensors.map { [$0.count] })
    var path: [[Float]] = []
    for gradient in gradients {
      try runner.update(gradient)
      path.append(runner.weights)
    }
    return path
  }

  private func expect(
    _ path: [[Float]], _ expected: [[Double]], _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(path.count == expected.count, sourceLocation: location)
    for (got, wanted) in zip(path.joined(), expected.joined()) {
      #expect(abs(Double(got) - wanted) < 2e-7 * max(1, abs(wanted)) + 2e-7, "\(path)", sourceLocation: location)
    }
  }

  @Test("sgd: 1 - 0.1 · 4; + 0.1 · 1")
  func sgd() throws { expect(try path(.sgd(learningRate: 0.1)), [[0.6], [0.7]]) }

  @Test("momentum: v = 4, ½ · 4 - 1 = 1")
  func momentum() throws { expect(try path(.momentum(learningRate: 0.1, momentum: 0.5)), [[0.6], [0.5]]) }

  @Test("nesterov: 4 + ½ · 4 = 6, then -1 + ½ · 1 = -½")
  func nesterov() throws { expect(try path(.nesterov(learningRate: 0.1, momentum: 0.5)), [[0.4], [0.45]]) }

  @Test("adagrad: 4 / √16, -1 / √17")
  func adagrad() throws { expect(try path(.adagrad(learningRate: 0.1)), [[0.9], [0.92425356]]) }

  @Test("rmsprop: 4 / √8, -1 / √4.5")
  func rmsprop() throws { expect(try path(.rmsprop(learningRate: 0.1, rho: 0.5)), [[0.85857864], [0.90571909]]) }

  @Test("adadelta, ε ½: d = 4 √½ / √8.5 = 0.9701425, then u = 8 / 17 and d = -√(u + ½) / √5 = -0.4405878")
  func adadelta() throws {
    expect(try path(.adadelta(rho: 0.5, epsilon: 0.5)), [[0.02985750], [0.47044532]])
  }

  @Test("adam: 4 / √16, ⅔ / √6 = 0.2721655")
  func adam() throws {
    expect(try path(.adam(learningRate: 0.1, beta1: 0.5, beta2: 0.5)), [[0.9], [0.87278345]])
  }

  @Test(
    "a gradient whose square overflows moves like a small one if its share of the mean square is one",
    arguments: [
      .adam(), .adamw(), .amsgrad(), .nadam(), .lamb(), .adadelta(), .rmsprop(),
      .rmsprop(centered: true, momentum: 0.5),
      .adam(beta2: 0.99),
    ] as [any Optimizer])
  func largeGradients(_ optimizer: any Optimizer) throws {
    // 19 parameters cover full vectors and a remainder.
    let start = [Float](repeating: 0.5, count: 19)
    func path(_ size: Float) throws -> [[Float]] {
      let gradients = [1, -0.25, 0.5, 1].map { [Float](repeating: $0 * size, count: 19) }
      return try self.path(optimizer, from: start, gradients: gradients)
    }
    expect(try path(4e19), try path(4e6).map { $0.map(Double.init) })
  }

  @Test("amsgrad: the largest v stays 8, corrected 8 / ¾; ⅔ / √(32/3) = 0.2041241")
  func amsgrad() throws {
    expect(try path(.amsgrad(learningRate: 0.1, beta1: 0.5, beta2: 0.5)), [[0.9], [0.87958759]])
  }

  @Test("adamw, λ 0.1: every step keeps 0.99 of w; 0.99 - 0.1, 0.99 · 0.89 - 0.02721655")
  func adamw() throws {
    expect(
      try path(.adamw(learningRate: 0.1, beta1: 0.5, beta2: 0.5, weightDecay: 0.1)), [[0.89], [0.85388345]])
  }

  @Test("adamax: u = 4, 2; 4 / 4, ⅔ / 2")
  func adamax() throws {
    expect(try path(.adamax(learningRate: 0.1, beta1: 0.5, beta2: 0.5)), [[0.9], [0.86666667]])
  }

  @Test("nadam, ψ 0: μ = ¼, π = ¼, 1/16, 1/64; (4 + 8/15) / 4, (-0.8 + 8/63) / √6 = -0.2747576")
  func nadam() throws {
    expect(
      try path(.nadam(learningRate: 0.1, beta1: 0.5, beta2: 0.5, momentumDecay: 0)), [[0.88666667], [0.91414243]])
  }

  @Test("radam: with β₂ ½, ρ stays below 5, so only the mean is used: 4, ⅔")
  func radamAtFirst() throws {
    expect(try path(.radam(learningRate: 0.1, beta1: 0.5, beta2: 0.5)), [[0.6], [0.53333333]])
  }

  /// β₂ 0.9: ρ∞ = 19. At step 6 ρ = 19 - 12 · 0.531441 / 0.468559 = 5.389565, r² = (1.389565 · 3.389565 · 19) / (15 · 17 ·
  /// 5.389565) = 0.0651152. With a gradient of 1 throughout m̂ = v̂ = 1: five steps of 0.1, then one of 0.1 · 0.2551768.
  @Test("radam: rates are rectified from step 6 on")
  func radamLater() throws {
    let ones = [[Float]](repeating: [1], count: 6)
    let path = try path(.radam(learningRate: 0.1, beta1: 0.5, beta2: 0.9), gradients: ones)
    expect(Array(path[4...5]), [[0.5], [0.47448232]])
  }

  @Test("lion: the sign of ½ · 0 + ½ · 4, then of ½ · 2 - ½ · 1: the momentum wins")
  func lion() throws {
    expect(try path(.lion(learningRate: 0.1, beta1: 0.5, beta2: 0.5)), [[0.9], [0.8]])
  }

  /// The first tensor (3, 4) has norm 5, and only its first parameter has a gradient: it moves by 0.1 · 5, then by 0.1 ·
  /// √(2.5² + 4²) = 0.47169906, whatever the gradient. The second starts at 0, where the factor is 1, then has norm 0.1.
  @Test("lamb: step lengths are proportional to tensor norms")
  func lamb() throws {
    let path = try path(
      .lamb(learningRate: 0.1, beta1: 0.5, beta2: 0.5, weightDecay: 0), from: [3, 4, 0],
      gradients: [[4, 0, 4], [-1, 0, -1]], tensors: [0..<2, 2..<3])
    expect(path, [[2.5, 4, -0.1], [2.02830094, 4, -0.11]])
  }

  /// λ 0.1: u = (1 + 0.3, 0.4) has norm √1.85 = 1.3601471; 0.1 · 5 / 1.3601471 = 0.3676073.
  @Test("lamb: decay is part of the direction")
  func lambDecay() throws {
    let path = try path(
      .lamb(learningRate: 0.1, beta1: 0.5, beta2: 0.5, epsilon: 1e-8, weightDecay: 0.1), from: [3, 4],
      gradients: [[4, 0]])
    expect(path, [[2.52211051, 3.85295708]])
  }

  @Test("rprop: 0.1, then 0.12; after a sign change 0.06 and a pause, then 0.06 back")
  func rprop() throws {
    expect(
      try path(.rprop(learningRate: 0.1), gradients: [[4], [1], [-1], [-1]]), [[0.9], [0.78], [0.78], [0.84]])
  }

  @Test("settings out of range are rejected by name")
  func refusals() throws {
    let cases: [(JSON, String)] = [
      (["type": "adagrad", "learning_rate": 0], "learning_rate"), (["type": "adadelta", "rho": 1], "rho"),
      (["type": "amsgrad", "epsilon": 0], "epsilon"), (["type": "adamw", "weight_decay": -1], "weight_decay"),
      (["type": "adamax", "beta2": 1], "beta2"), (["type": "nadam", "momentum_decay": -1], "momentum_decay"),
      (["type": "radam", "beta1": -0.1], "beta1"), (["type": "lion", "beta2": 1], "beta2"),
      (["type": "lamb", "weight_decay": -1], "weight_decay"), (["type": "rprop", "eta_minus": 1], "eta_minus"),
      (["type": "rprop", "eta_plus": 1], "eta_plus"), (["type": "rprop", "step_min": 0], "step_min"),
      (["type": "rprop", "step_max": 1e-7], "step_max"),
    ]
    for (json, setting) in cases {
      let error = #expect(throws: GliaError.self) { try Registry.standard.make((any Optimizer).self, from: json) }
      #expect(error?.place == setting)
    }
  }
}
