import Glia
import Testing

/// A model y = Σ w x + b without training.
private func linear(_ weights: [Float], bias: Float = 0, data: (any DataSource)? = nil) throws -> Model {
  var network = try Network(input: [weights.count]) { Dense(1) }
  try network.set("layers.0.weight", to: Tensor(shape: [1, weights.count], weights))
  try network.set("layers.0.bias", to: Tensor(shape: [1], [bias]))
  var experiment = Experiment()
  experiment.training.loss = MeanSquaredError()
  experiment.data = data
  return Model(network: network, experiment: experiment, targets: ["y"])
}

private func samples(_ rows: [[Float]], _ weights: [Float], names: [String]? = nil) throws -> Dataset {
  let targets = rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
  return try Dataset(inputs: Tensor(rows: rows), inputNames: names, targets: [Column("y", targets)])
}

/// A file with a category.
private let cities = CSV(path: "cities.csv", target: "y", categories: ["city"])

@Suite struct ImportanceTests {
  /// Where the model is exact, shuffling x raises the squared error by 2 w² var(x) on average.
  @Test func aLinearModelHasAKnownImportance() throws {
    let weights: [Float] = [3, -1, 0]
    var random = Random(seed: 3)
    let rows = (0..<200).map { _ in (0..<3).map { _ in Float(random.normal()) } as [Float] }
    let data = try samples(rows, weights)
    let found = try linear(weights).importance(on: data, repeats: 100, seed: 5)
    #expect(found.base < 1e-10 && found.measure == "loss" && found.quantity == "rise of the loss")
    #expect(found.inputs.map(\.name) == ["x1", "x2", "x3"])
    for (input, weight) in zip(found.inputs, weights) {
      let values = rows.map { Double($0[input.input.features[0]]) }
      let mean = values.reduce(0.0, +) / 200
      let variance = values.reduce(0.0) { (sum: Double, x: Double) in sum + (x - mean) * (x - mean) } / 200
      let expected = 2 * Double(weight * weight) * variance
      #expect(abs(input.mean - expected) <= 0.05 * expected, "\(input.name)")
    }
    #expect(found.inputs[2].changes.allSatisfy { $0 == 0 })
  }

  /// Two samples are either swapped, which costs w² (x₁ - x₂)² = 9, or not.
  @Test func twoSamplesAreSwappedOrNot() throws {
    let found = try linear([3]).importance(on: samples([[0], [1]], [3]), repeats: 40)
    #expect(Set(found.inputs[0].changes) == [0, 9])
  }

  @Test func theIntervalIsStudents() {
    // Mean 2, deviation 1; t is 4.302653 for 2 degrees of freedom.
    let input = PermutationImportance.Input(input: ModelInput("x", features: [0]), changes: [1, 2, 3])
    let reach = 4.302653 / 3.0.squareRoot()
    #expect(input.mean == 2)
    #expect(abs((input.interval?.lowerBound ?? 0) - (2 - reach)) < 1e-9)
    #expect(abs((input.interval?.upperBound ?? 0) - (2 + reach)) < 1e-9)
    // scipy.stats.t.ppf(0.975, 9) is 2.262157.
    let ten = PermutationImportance.Input(
      input: ModelInput("x", features: [0]), changes: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    let expected: Double = 2.262157 * (2.5 / 9.0 / 10.0).squareRoot()
    #expect(abs((ten.interval?.upperBound ?? 0) - 0.5 - expected) < 1e-4)
    #expect(PermutationImportance.Input(input: ModelInput("x", features: [0]), changes: [1]).interval == nil)
  }

  @Test func aMetricThatShouldBeHighFalls() throws {
    let data = try samples((0..<50).map { row in [Float(row), Float(row % 7)] as [Float] }, [1, 0])
    let found = try linear([1, 0]).importance(on: data, metric: R2Score(), repeats: 5)
    #expect(found.base == 1 && found.higherIsBetter && found.quantity == "fall of r2_score")
    #expect(found.inputs[0].name == "x1" && found.inputs[0].mean > 1)
  }

  @Test func aCategoryIsOneInput() throws {
    let names = ["city=Paris", "city=Rome", "area"]
    let model = try linear([1, -1, 0], data: cities)
    let rows: [[Float]] = (0..<20).map { (row: Int) -> [Float] in
      let isRome = Float(row % 2)
      return [1 - isRome, isRome, Float(row)]
    }
    let data = try samples(rows, [1, -1, 0], names: names)
    #expect(
      model.inputs(of: data) == [
        ModelInput("city", features: [0, 1], values: ["Paris", "Rome"]), ModelInput("area", features: [2]),
      ])
    let found = try model.importance(on: data, repeats: 20)
    #expect(found.inputs.map(\.name) == ["city", "area"])
    // Each exchange of the city costs 2² = 4, and no sample is in two cities or none, which would cost 1.
    for change in found.inputs[0].changes {
      let exchanged = change * 20 / 4
      #expect(abs(exchanged - exchanged.rounded()) < 1e-4)
    }
  }

  @Test func correlatedFeaturesAreNamed() throws {
    let rows: [[Float]] = (0..<40).map { (row: Int) -> [Float] in
      let (square, opposite) = (row * row % 11, row % 2 - 2 * row)
      return [Float(row), Float(square), Float(opposite)]
    }
    let found = try linear([1, 1, 1]).importance(on: samples(rows, [1, 1, 1]), repeats: 1)
    #expect(found.correlated.map(\.first) == ["x1"] && found.correlated.map(\.second) == ["x3"])
    #expect(found.correlated[0].correlation < -0.99)
    #expect(found.correlated[0].description.contains("'x1' and 'x3' are correlated (-0.99"))
  }

  @Test func aResultDependsOnItsSeedAlone() throws {
    let data = try samples((0..<30).map { row in [Float(row % 5), Float(row)] as [Float] }, [1, 2])
    let model = try linear([1, 2])
    let (one, again) = (try model.importance(on: data, seed: 1), try model.importance(on: data, seed: 1))
    #expect(one == again)
    #expect(try model.importance(on: data, seed: 2) != one)
  }

  @Test func standardizedSamplesGiveTheSame() throws {
    let data = try samples((0..<30).map { row in [Float(row), Float(row * 7 % 10)] as [Float] }, [1, 2])
    var model = try linear([1, 2])
    let standardization = try Standardization(mean: [10, 5], scale: [4, 2])
    model.preprocessing.standardization = standardization
    let (raw, standardized) = (
      try model.importance(on: data), try model.importance(on: data.standardized(by: standardization))
    )
    for (a, b) in zip(raw.inputs, standardized.inputs) { #expect(abs(a.mean - b.mean) <= 1e-3 * abs(a.mean)) }
  }

  @Test func whatCannotBeMeasuredIsRefused() throws {
    let (model, data) = (try linear([1]), try samples([[1], [2], [3]], [1]))
    for repeats in [0, -1, 10_001, .max] {
      #expect(throws: GliaError.self) { try model.importance(on: data, repeats: repeats) }
    }
    #expect(throws: GliaError.self) { try model.importance(on: samples([[1]], [1])) }
    #expect(throws: GliaError.self) { try model.importance(on: samples([[1, 2], [3, 4]], [1, 1])) }
    // The squared error is infinite in single precision.
    let far = try Dataset(inputs: Tensor(rows: [[1], [2]]), targets: [Column("y", [1e30, 1e30])])
    #expect(throws: GliaError.self) { try model.importance(on: far) }
  }
}

@Suite struct PartialDependenceTests {
  @Test func aLineStaysALine() throws {
    let rows: [[Float]] = [[0, 1], [1, 3], [2, 5], [4, 7]]
    let model = try linear([2, 1], bias: 10)
    let data = try samples(rows, [2, 1])
    let found = try model.partialDependence(on: model.inputs(of: data)[0], over: data, output: 0)
    #expect(found.points == [0, 1, 2, 4])
    // 10 + 2 x₁ + the mean 4 of x₂.
    #expect(found.mean == [14, 16, 18, 22])
    #expect(found.curves == [[11, 13, 15, 19], [13, 15, 17, 21], [15, 17, 19, 23], [17, 19, 21, 25]])
    #expect(found.deciles.count == 9 && found.labels.isEmpty)
  }

  @Test func manyValuesAreSpreadBetweenPercentiles() throws {
    let rows = (0...1000).map { [Float($0)] }
    let model = try linear([1])
    let data = try samples(rows, [1])
    let found = try model.partialDependence(
      on: model.inputs(of: data)[0], over: data, output: 0, points: 11, samples: 20, curves: 5)
    #expect(found.points.first == 10 && found.points.last == 990 && found.points.count == 11)
    #expect(found.curves.count == 5 && found.mean == found.points)
    #expect(found.deciles == (1...9).map { Double(100 * $0) })
  }

  @Test func categoriesAreSetOneByOne() throws {
    let names = ["city=Paris", "city=Rome", "area"]
    let model = try linear([5, -5, 1], data: cities)
    let data = try samples([[1, 0, 2], [0, 1, 4]], [5, -5, 1], names: names)
    let found = try model.partialDependence(on: model.inputs(of: data)[0], over: data, output: 0)
    #expect(found.labels == ["Paris", "Rome"] && found.points == [0, 1] && found.mean == [8, -2])
  }

  @Test func eitherOfTwoClassesIsShown() throws {
    var network = try Network(input: [1]) { Dense(1, activation: .sigmoid) }
    try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [1]))
    var experiment = Experiment()
    experiment.training.loss = BinaryCrossentropy()
    let model = Model(network: network, experiment: experiment, classes: ["a", "b"])
    let data = try Dataset(inputs: Tensor(rows: [[-1], [0], [2]]), targets: [Column("y", text: ["a", "b", "b"])])
    let input = model.inputs(of: data)[0]
    let (first, second) = (
      try model.partialDependence(on: input, over: data, output: 0).mean,
      try model.partialDependence(on: input, over: data, output: 1).mean
    )
    #expect(abs(second[1] - 0.5) < 1e-6 && abs(second[2] - 0.880797) < 1e-5)
    #expect(zip(first, second).allSatisfy { abs($0 + $1 - 1) < 1e-6 })
    #expect(throws: GliaError.self) { try model.partialDependence(on: input, over: data, output: 2) }
  }

  @Test func wrongRequestsAreRefused() throws {
    let (model, data) = (try linear([1]), try samples([[1], [2]], [1]))
    for input in [ModelInput("x", features: [1]), ModelInput("x", features: [-1]), ModelInput("x", features: [])] {
      #expect(throws: GliaError.self) { try model.partialDependence(on: input, over: data, output: 0) }
    }
    let input = model.inputs(of: data)[0]
    #expect(throws: GliaError.self) { try model.partialDependence(on: input, over: data, output: -1) }
    #expect(throws: GliaError.self) { try model.partialDependence(on: input, over: data, output: 0, points: 1) }
  }
}
