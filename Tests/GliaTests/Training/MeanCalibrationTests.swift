import Foundation
import Glia
import Testing

/// Temperatures of means of probabilities; the expected values were computed with SciPy.
@Suite("Calibration of a mean of networks")
struct MeanCalibrationTests {
  /// A model of the mean of two layers, the second with the given multiple of the weights, with a temperature.
  private func model(
    _ inputs: [[Float]], _ targets: [Column], _ activation: any Activation, loss: any Loss, weights: [[Float]],
    times factor: Float
  ) throws -> (model: Model, data: Dataset) {
    var dense = Dense(weights.count)
    dense.activation = activation
    var network = try Network(
      input: [weights[0].count],
      layers: [
        Parallel(.average) {
          dense
          dense
        }
      ])
    try network.set("layers.0.branches.0.weight", to: Tensor(rows: weights))
    try network.set("layers.0.branches.1.weight", to: Tensor(rows: weights.map { $0.map { factor * $0 } }))
    let data = try Dataset(inputs: Tensor(rows: inputs), targets: targets)
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.calibration) = (loss, SGD(), .temperature)
    return (try Training(network, on: data, validation: data, settings: settings).calibratedModel(), data)
  }

  private static let logits: [[Float]] = [[2], [-1], [3], [-2.5], [0.5], [-4]]

  private func sigmoids() throws -> (model: Model, data: Dataset) {
    try model(
      Self.logits, [Column("y", [1, 0, 0, 0, 1, 0])], Sigmoid(), loss: BinaryCrossentropy(), weights: [[1]], times: 3)
  }

  private func areClose(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 }
  }

  @Test("the log-odds of a mean of sigmoids are divided by the temperature")
  func binary() throws {
    let (model, data) = try sigmoids()
    #expect(abs(try #require(model.fitted.temperature) - 2.5548016) < 1e-3)
    #expect(abs(try model.evaluate(data).loss - 0.5498317826) < 1e-6)
    #expect(
      areClose(try model.predict(data).values, [0.744831, 0.342004, 0.810637, 0.220518, 0.591390, 0.137001]))
  }

  @Test("a mean of softmax outputs becomes proportional to its power 1 / T")
  func classes() throws {
    let columns = [Column("a", [1, 0, 1, 0]), Column("b", [0, 1, 0, 1]), Column("c", [0, 0, 0, 0])]
    let (model, data) = try model(
      [[2, 0.5, -1], [0, 3, 1], [1, 1.5, -2], [-1, 0, 4]], columns, Softmax(), loss: CategoricalCrossentropy(),
      weights: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], times: 2)
    #expect(abs(try #require(model.fitted.temperature) - 3.784223) < 1e-3)
    #expect(abs(try model.evaluate(data).loss - 0.977490783) < 1e-6)
    #expect(
      areClose(
        try model.predict(data).values,
        [
          0.511796, 0.297428, 0.190776, 0.199909, 0.533469, 0.266622, 0.382865, 0.465697, 0.151438, 0.146745, 0.191722,
          0.661533,
        ]))
  }

  @Test("probabilities of 0 and 1 remain finite")
  func extremes() throws {
    let (model, _) = try sigmoids()
    let values = try model.predict(Tensor(rows: [[-1000], [1000]])).values
    #expect(values.allSatisfy { 0...1 ~= $0 } && values[0] < 1e-6 && values[1] > 0.99, "\(values)")
  }

  @Test("an ensemble keeps its temperature in a file, which its members do not have")
  func file() throws {
    func member(_ weight: Float) throws -> Model {
      var network = try Network(input: [1], layers: [Dense(1, activation: .sigmoid)])
      try network.set("layers.0.weight", to: Tensor(rows: [[weight]]))
      var experiment = Experiment()
      experiment.training.loss = BinaryCrossentropy()
      return Model(network: network, experiment: experiment, classes: ["0", "1"], columns: ["x"], targets: ["y"])
    }
    let members = [try member(1), try member(3)]
    var ensemble = try Model(averaging: members)
    ensemble.fitted.temperature = 2.5548016439
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ensemble.write(to: path)
    let read = try Model(contentsOf: path, with: .standard)
    let x = try Tensor(rows: Self.logits)
    #expect(areClose(try read.predict(x).values, try sigmoids().model.predict(x).values))
    for (own, member) in zip(try read.members, members) { #expect(try own.predict(x) == member.predict(x)) }
  }
}
