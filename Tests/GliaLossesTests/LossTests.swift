import Glia
import Testing

@Suite("Losses")
struct LossTests {
  private func evaluate(
    _ loss: any Loss, _ prediction: [Float], _ target: [Float], weights: [Float] = [], rows: Int = 1
  ) throws -> (value: Float, gradient: [Float]) {
    let found = try loss.evaluate(
      Tensor(shape: [rows, prediction.count / rows], prediction), Tensor(shape: [rows, target.count / rows], target),
      weights: weights.isEmpty ? nil : weights)
    return (found.value, found.gradient.values)
  }

  private func expect(
    _ found: (value: Float, gradient: [Float]), _ value: Float, _ gradient: [Float], within tolerance: Float = 1e-5,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let distances = zip([found.value] + found.gradient, [value] + gradient).map { abs($0 - $1) }
    #expect(distances.allSatisfy { $0 <= tolerance }, "\(found)", sourceLocation: location)
  }

  private let weights: [Float] = [2, 0.5]

  /// Computed with NumPy in double precision: class and sample weights with label smoothing.
  @Test("class weights, sample weights and label smoothing together, from logits and from outputs")
  func classWeights() throws {
    let z: [Float] = [1, -0.5, 0.25, 0, 2, -1]
    let oneHot: [Float] = [0, 1, 0, 0, 0, 1]
    let gradient: [Float] = [1.11292866, -1.60346337, 0.49053471, 0.0606464, 0.60784605, -0.66849245]
    let categorical = CategoricalCrossentropy(labelSmoothing: 0.1, classWeights: [0.5, 2, 3])
    let sparse = SparseCategoricalCrossentropy(labelSmoothing: 0.1, classWeights: [0.5, 2, 3])
    for (loss, target) in [(categorical, oneHot), (sparse, [1, 2])] as [(any Loss, [Float])] {
      let fused = try #require(loss.fromLogits(of: .softmax))
      try expect(evaluate(fused, z, target, weights: weights, rows: 2), 6.1833360, gradient)
      let outputs = try ActivationLayer(.softmax).outputs(z, width: 3)
      #expect(abs(try evaluate(loss, outputs, target, weights: weights, rows: 2).value - 6.1833360) < 1e-5)
    }

    let all = OneVsAllCrossentropy(classWeights: [0.5, 2, 3])
    let each = try #require(all.fromLogits(of: .logistic))
    expect(
      try evaluate(each, z, oneHot, weights: weights, rows: 2), 9.3265588,
      [1.46211716, -1.24491866, 1.124353, 0.375, 0.66059781, -0.54829393])
    let probabilities = z.map(Float.sigmoid)
    #expect(abs(try evaluate(all, probabilities, oneHot, weights: weights, rows: 2).value - 9.3265588) < 1e-5)

    let binary = BinaryCrossentropy(labelSmoothing: 0.1, classWeights: [0.5, 3])
    let logits = try #require(binary.fromLogits(of: .logistic))
    try expect(evaluate(logits, [1, -2], [0, 1], weights: weights, rows: 2), 2.1518269, [0.34052929, -0.62309781])
    let both = [1, -2].map(Float.sigmoid)
    #expect(abs(try evaluate(binary, both, [0, 1], weights: weights, rows: 2).value - 2.1518269) < 1e-5)
  }

  @Test("losses at kinks and at the ends of their range")
  func edges() throws {
    try expect(evaluate(.meanAbsoluteError, [1, 2], [1, 1]), 0.5, [0, 0.5])
    // Errors of 0.5, 2 and -3 with δ = 2: ⅛, 2 and 2 (3 - 1).
    try expect(evaluate(.huber(delta: 2), [0.5, 2, -3], [0, 0, 0]), 6.125 / 3, [0.5 / 3, 2.0 / 3, -2.0 / 3])
    // The 0.9 quantile: too low costs 0.9, too high 0.1.
    try expect(evaluate(.quantile(0.9), [1, 3, 2], [2, 2, 2]), 1.0 / 3, [-0.3, 0.1 / 3, 0])
    // ln cosh 10⁻³ = 5 · 10⁻⁷, which ln(1 + x) without log1p would lose entirely.
    let small = try evaluate(.logCosh, [1e-3], [0])
    #expect(abs(small.value / 4.9999992e-7 - 1) < 1e-5 && abs(small.gradient[0] / 9.999997e-4 - 1) < 1e-5)
    // Below -1 + 10⁻⁷ the logarithm is clipped: (ln 10⁻⁷)² = 259.793.
    try expect(evaluate(.meanSquaredLogarithmicError, [-1], [0]), 259.79341, [0], within: 1e-3)
    try expect(evaluate(.meanAbsolutePercentageError, [1e-7], [0]), 100, [1e9], within: 100)
    try expect(evaluate(.poisson, [2, 0], [0, 0]), 1, [0.5, 0])
    // Targets of 0 contribute nothing: ½ ln(½ / 0.25) + ½ ln(½ / 0.5).
    try expect(evaluate(.klDivergence, [0.25, 0.25, 0.5], [0.5, 0, 0.5]), 0.3465736, [-2, 0, -1])
    try expect(evaluate(.cosineSimilarity, [3, 4], [4, 3]), -0.96, [-0.0448, 0.0336])
    try expect(evaluate(.cosineSimilarity, [0, 0], [4, 3]), 0, [0, 0])
    try expect(evaluate(.cosineSimilarity, [3, 4], [0, 0]), 0, [0, 0])
    // -¼ (0.1)² ln 0.9 for the second class, -¾ (0.9)² ln 0.1 for the first one.
    #expect(abs(try evaluate(.focal, [0.9], [1]).value - 0.000263401) < 1e-8)
    #expect(abs(try evaluate(.focal, [0.9], [0]).value - 1.3988205) < 1e-6)
    try expect(evaluate(.perceptron, [0, 2, -2], [1, 1, 1]), 2.0 / 3, [-1.0 / 3, 0, -1.0 / 3])
    try expect(evaluate(.hinge, [0.5, 2, -1], [1, 1, 1]), 2.5 / 3, [-1.0 / 3, 0, -1.0 / 3])
    try expect(evaluate(.squaredHinge, [0.5, 2, -1], [1, 1, 1]), 4.25 / 3, [-1.0 / 3, 0, -4.0 / 3])
  }

  @Test("gaussian_negative_log_likelihood takes means, then variances")
  func gaussian() throws {
    // ½ (ln 4 + (1 - 3)² / 4)
    try expect(evaluate(.gaussianNegativeLogLikelihood, [1, 4], [3]), 1.1931472, [-0.5, 0])
    try expect(evaluate(.gaussianNegativeLogLikelihood(full: true), [1, 4], [3]), 1.1931472 + 0.9189385, [-0.5, 0])
    // ½ (ln ½ + 1 / ½) for the first target, ½ (ln 2 + 1 / 2) for the second one.
    try expect(evaluate(.gaussianNegativeLogLikelihood, [1, 1, 0.5, 2], [2, 0]), 0.625, [-1, 0.25, -0.5, 0.0625])
    // Weights of 2 and ½ for two samples of one target.
    try expect(
      evaluate(.gaussianNegativeLogLikelihood, [1, 0.5, 1, 2], [2, 0], weights: weights, rows: 2),
      0.6534264 + 0.1491434, [-2, -1, 0.125, 0.03125])
    // The variance is at least epsilon; the gradient of a lower one is 0.
    try expect(evaluate(.gaussianNegativeLogLikelihood(epsilon: 0.25), [0.5, -1], [0]), -0.1931472, [2, 0])
    let loss = GaussianNegativeLogLikelihood()
    for (outputs, targets) in [(2, 1), (4, 2)] { try loss.checkWidths(outputs: outputs, targets: targets, classes: 0) }
    for (outputs, targets) in [(1, 1), (2, 2), (3, 1), (4, 1)] {
      let error = #expect(throws: GliaError.self) {
        try loss.checkWidths(outputs: outputs, targets: targets, classes: 0)
      }
      #expect(error?.remedy?.isEmpty == false)
    }
  }

  @Test("gaussian_negative_log_likelihood learns the mean and the variance")
  func meanAndVariance() throws {
    // With one uninformative input, the most likely mean is 2, the variance (1 + 1 + 4 + 4) / 4.
    let data = try Dataset(inputs: Tensor(rows: [[0], [0], [0], [0]]), targets: Tensor(rows: [[1], [3], [0], [4]]))
    let network = try Network(input: [1]) {
      Parallel(.concatenate) {
        Dense(1)
        Dense(1, activation: .softplus)
      }
    }
    var training = try Training(
      network, on: data, loss: .gaussianNegativeLogLikelihood, optimizer: .sgd(learningRate: 0.5), epochs: 2000)
    try training.fit()
    let outputs = try training.network.predict(data.inputs).values
    #expect(abs(outputs[0] - 2) < 1e-3 && abs(outputs[1] - 2.5) < 1e-3, "\(outputs)")
  }

  @Test("tweedie is the Poisson deviance for power 1, the gamma deviance for power 2")
  func tweedie() throws {
    // 2 · 2 for the target 0, 2 (ln(1 / ½) - 1 + ½) for the target 1.
    try expect(evaluate(.tweedie(power: 1), [2, 0.5], [0, 1]), 2.1931472, [1, -1])
    // 2 (ln 2 + ½ - 1)
    try expect(evaluate(.tweedie(power: 2), [2], [1]), 0.3862944, [0.5])
    // 2 √4 / ½, and 2 (-4 + 2 / √4 + 2 √4)
    try expect(evaluate(.tweedie, [4], [0]), 8, [1])
    try expect(evaluate(.tweedie, [4], [1]), 2, [0.75])
    for power: Float in [1, 1.0000001, 1.5, 1.9999999, 2] {
      try expect(evaluate(.tweedie(power: power), [3], [3]), 0, [0])
    }
    // Predictions are clipped to 1e-7: 2 (-4 + 2 √1e7 + 2 / √1e7).
    try expect(evaluate(.tweedie, [-1], [1]), 12641.112, [0], within: 0.05)
    #expect(message(.tweedie, [0, 3]) == nil)
    #expect(try #require(message(.tweedie, [0, -1])).contains("sample 1, target 0"))
    let zero = try #require(message(.tweedie(power: 2), [0, 3]))
    #expect(zero.contains("above 0") && zero.contains("power below 2"))
  }

  @Test("expectile weights squared errors by their sign")
  func expectile() throws {
    // Too low costs 0.9 e², too high 0.1 e².
    try expect(evaluate(.expectile(tau: 0.9), [1, 3, 2], [2, 2, 2]), 1.0 / 3, [-0.6, 0.2 / 3, 0])
    try expect(evaluate(.expectile, [1, 4], [2, 2]), 1.25, [-0.5, 1])
  }

  @Test("dice averages the overlap of each sample")
  func dice() throws {
    // 1 - 2 / 2.75 for the first sample; the second one has no overlap to find: 1 - 1 / 1.
    try expect(
      evaluate(.dice, [0.5, 0.25, 0, 0], [1, 0, 0, 0], rows: 2), 0.1363636, [-0.231405, 0.1322314, 0.5, 0.5])
    try expect(
      evaluate(.dice, [0.5, 0.25, 0, 0], [1, 0, 0, 0], weights: weights, rows: 2), 0.2727273,
      [-0.46281, 0.2644628, 0.25, 0.25])
    // 1 - (2 · 0.75 + ½) / (0.75 + 1 + ½)
    try expect(evaluate(.dice(smooth: 0.5), [0.75], [1]), 1.0 / 9, [-0.4938272])
    // Probabilities are clipped to [0, 1].
    try expect(evaluate(.dice, [-1, 2], [0, 1]), 0, [0, 0])
    try expect(evaluate(.dice, [-1, 2], [1, 0]), 2.0 / 3, [0, 0])
    #expect(message(.dice, [1, 0], [1, 1]) == nil)
    #expect(try #require(message(.dice, [1, 0], [1, 2])).contains("from 0 to 1"))
  }

  @Test("categorical_hinge compares the correct score with the largest other score, whatever the signs")
  func otherClasses() throws {
    func hinge(_ scores: [Float], _ right: Int, rows: Int = 1) throws -> (value: Float, gradient: [Float]) {
      let width = scores.count / rows
      return try evaluate(.categoricalHinge, scores, scores.indices.map { $0 % width == right ? 1 : 0 }, rows: rows)
    }
    try expect(hinge([1.5, 2, -1], 0), 1.5, [-1, 1, 0])
    try expect(hinge([0.25, -2, -1], 0), 0, [0, 0, 0])
    try expect(hinge([-0.4378, -0.0080, -0.0242], 0), 1 - 0.0080 + 0.4378, [-1, 1, 0])
    try expect(hinge([-3, -2.5, -4], 1), 0.5, [1, -1, 0])
    try expect(hinge([-3, -2.5, -4], 2), 2.5, [0, 1, -1])
    // Of equal largest scores, the first is used; the correct class is excluded.
    try expect(hinge([0.5, 0.5, 0.5], 0), 1, [-1, 1, 0])
    try expect(hinge([0.5, 0.5, 0.5], 2), 1, [1, 0, -1])
    // For two classes: 1 - (z₀ - z₁); a single class has no competitor.
    try expect(hinge([-2, -2.5], 0), 0.5, [-1, 1])
    try expect(hinge([-2, -5], 0), 0, [0, 0])
    try expect(hinge([-7], 0), 0, [0])
    try expect(hinge([-1, -2, 4, 1], 1, rows: 2), 0.5 * (2 + 4), [0.5, -0.5, 0.5, -0.5])
    #expect(
      try hinge([.nan, 1, 2], 0).value.isNaN && hinge([0, .nan, 2], 0).value.isNaN && hinge([.nan], 0).value.isNaN)
  }

  private func message(_ loss: any Loss, _ columns: [Float]...) -> String? {
    do {
      let inputs = try Tensor(shape: [columns[0].count, 1], columns[0].map { _ in 0 })
      let targets = columns.enumerated().map { Column("t\($0)", $1) }
      _ = try Dataset(inputs: inputs, targets: targets).encoded(for: loss)
      return nil
    } catch { return "\(error)" }
  }

  @Test("invalid targets are rejected with their path")
  func targets() throws {
    for loss in [.categoricalCrossentropy, .categoricalHinge, .klDivergence] as [any Loss] {
      #expect(message(loss, [1, 0], [0, 1]) == nil)
      #expect(try #require(message(loss, [1, 1], [0, 1])).contains("sample 1"))
    }
    #expect(message(.klDivergence, [0.25, 0.3333], [0.75, 0.6667]) == nil)
    let sum = try #require(message(.klDivergence, [0.25, 0.5], [0.75, 0.49]))
    #expect(sum.contains("sum to 0.99") && sum.contains("sample 1") && sum.contains("divide"))
    let negative = try #require(message(.klDivergence, [0.5, 1.5], [0.5, -0.5]))
    #expect(negative.contains("-0.5") && negative.contains("sample 1, target 1"))
    #expect(message(.poisson, [0, 3]) == nil)
    #expect(try #require(message(.poisson, [0, -1])).contains("sample 1, target 0"))
    #expect(message(.meanSquaredLogarithmicError, [0, -0.5]) == nil)
    #expect(try #require(message(.meanSquaredLogarithmicError, [0, -1])).contains("above -1"))
    #expect(message(.oneVsAllCrossentropy, [1, 1], [0, 1]) == nil)

    let labels = try Tensor(rows: [[0], [1]])
    for loss in [.hinge, .squaredHinge, .logistic, .perceptron] as [any Loss] {
      #expect(throws: GliaError.self) { try loss.checkTargets(labels, classes: 2) }
      #expect(message(loss, [5, 7]) == nil)
    }
    let indices = try Tensor(rows: [[0], [2]])
    try SparseCategoricalCrossentropy().checkTargets(indices, classes: 3)
    #expect(throws: GliaError.self) {
      try SparseCategoricalCrossentropy().checkTargets(indices, classes: 2)
    }
  }

  @Test("training rejects invalid targets")
  func training() throws {
    let data = try Dataset(inputs: Tensor(rows: [[0], [1]]), targets: Tensor(rows: [[1], [-2]]))
    let network = try Network(input: [1]) { Dense(1) }
    #expect(throws: GliaError.self) {
      _ = try Training(network, on: data, loss: .poisson, optimizer: .sgd(learningRate: 0.1))
    }
    _ = try Training(network, on: data, loss: .huber, optimizer: .sgd(learningRate: 0.1))
  }

  @Test("settings out of range are rejected")
  func settings() throws {
    let wrong: [any Loss] = [
      .huber(delta: 0), .huber(delta: .infinity), .quantile(0), .quantile(1), .focal(gamma: -1), .focal(alpha: 2),
      .binaryCrossentropy(classWeights: [1]), .binaryCrossentropy(classWeights: [1, -1]),
      .categoricalCrossentropy(classWeights: []), .sparseCategoricalCrossentropy(classWeights: [0, 0]),
      .oneVsAllCrossentropy(classWeights: [.nan, 1]), .categoricalCrossentropy(classWeights: [.infinity, 1]),
      .gaussianNegativeLogLikelihood(epsilon: 0), .tweedie(power: 0.5), .tweedie(power: 2.5), .expectile(tau: 0),
      .expectile(tau: 1), .dice(smooth: 0), .dice(smooth: .infinity),
    ]
    for loss in wrong { #expect(throws: GliaError.self, "\(loss)") { try loss.validate() } }
    let three: [any Loss] = [
      .categoricalCrossentropy(classWeights: [1, 2, 3]), .sparseCategoricalCrossentropy(classWeights: [1, 2, 3]),
      .oneVsAllCrossentropy(classWeights: [1, 2, 3]),
    ]
    for loss in three {
      let targets = loss.targetEncoding == .index ? 1 : 4
      #expect(throws: GliaError.self) { try loss.checkWidths(outputs: 4, targets: targets, classes: 4) }
      #expect(throws: Never.self) { try loss.checkWidths(outputs: 3, targets: min(targets, 3), classes: 3) }
    }
  }

  @Test("class weights favor the rarer class")
  func rareClass() throws {
    // With one uninformative input, the output is the weighted fraction of the second class, 3 · 1 / (3 · 1 + 1 · 3).
    let data = try Dataset(inputs: Tensor(rows: [[0], [0], [0], [0]]), targets: [Column("y", [0, 0, 0, 1])])
    for (weights, share) in [(nil, 0.25), ([1, 3], 0.5), ([1, 9], 0.75)] as [(ClassWeights?, Float)] {
      var training = try Training(
        Network(input: [1]) { Dense(1, activation: .sigmoid) }, on: data,
        loss: .binaryCrossentropy(classWeights: weights), optimizer: .sgd(learningRate: 1), epochs: 200)
      try training.fit()
      #expect(abs(try training.network.predict(data.inputs).values[0] - share) < 1e-3)
    }
  }
}

extension ActivationLayer {
  /// The outputs of a network with only this layer.
  fileprivate func outputs(_ z: [Float], width: Int) throws -> [Float] {
    try Network(input: [width], layers: [self]).predict(Tensor(shape: [z.count / width, width], z)).values
  }
}
