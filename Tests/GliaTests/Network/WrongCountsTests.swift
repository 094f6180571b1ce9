import Foundation
import Glia
import Testing

/// Inconsistent sizes are rejected at the API boundary, so nothing reads out of bounds.
@Suite("Wrong counts are rejected")
struct WrongCountsTests {
  private let moons: Dataset
  private let network: Network
  private var settings = TrainingSettings()

  init() throws {
    moons = try Moons(samples: 40).load()
    network = try Network(input: [2], seed: 1) { Dense(1, activation: .sigmoid) }
    (settings.loss, settings.optimizer, settings.epochs) = (BinaryCrossentropy(), SGD(), 1)
  }

  private func refuses(_ body: () throws -> Void, _ location: SourceLocation = #_sourceLocation) {
    #expect(throws: GliaError.self, sourceLocation: location) { try body() }
  }

  @Test("all parts of a dataset have the same length", arguments: [0, 1, 39, 41])
  func samples(count: Int) throws {
    let cells = [Float](repeating: 1, count: count)
    refuses { _ = try moons.replacing(targets: [Column("y", cells)]) }
    refuses { _ = try moons.replacing(inputs: Tensor(shape: [count, 2], cells + cells)) }
    refuses { _ = try moons.weighted(by: cells) }
    refuses { _ = try Dataset(inputs: moons.inputs, inputNames: cells.map { "x\($0)" }, targets: moons.targets) }
    refuses { _ = try Dataset(inputs: moons.inputs, exact: cells.map(Double.init), targets: moons.targets) }
    refuses { _ = try Dataset(inputs: moons.inputs, targets: moons.targets, weights: cells) }
    refuses { _ = try Predictions(cells, targets: [1, 0], rows: 2, encoding: .values) }
  }

  @Test("column names must be unique")
  func names() throws {
    refuses { _ = try Dataset(inputs: moons.inputs, inputNames: ["x", "x"], targets: moons.targets) }
    refuses { _ = try Dataset(inputs: moons.inputs, targets: moons.targets + moons.targets) }
  }

  @Test("samples and features that do not exist", arguments: [-1, 40, .max, .min])
  func indices(index: Int) throws {
    refuses { _ = try moons.part([0, index]) }
    refuses { _ = try moons.selecting(features: [index]) }
    refuses { _ = try moons.selecting(features: []) }
    refuses { _ = try moons.inputs.gathering([index]) }
    #expect(moons.inputs[row: index].isEmpty)
    for split in [Fixed([0], test: [index]), Fixed([index], test: [0])] {
      var experiment = Experiment()
      (experiment.data, experiment.split, experiment.training) = (Moons(samples: 40), split, settings)
      experiment.network.layers = network.layers
      refuses { _ = try Preparation(experiment, with: .standard) }
    }
  }

  @Test("standardization for different features")
  func standardizations() throws {
    refuses { _ = try Standardization(mean: [0, 0], scale: [1]) }
    refuses { _ = try Standardization(mean: [], scale: []) }
    refuses { _ = try Standardization(mean: [0], scale: [1], fill: []) }
    for bad in [0, -1, .nan, .infinity] { refuses { _ = try Standardization(mean: [0], scale: [bad]) } }
    let three = try Standardization(mean: [0, 0, 0], scale: [1, 1, 1])
    refuses { _ = try three(moons.inputs) }
    refuses { _ = try three.undone(moons.inputs) }
    refuses { _ = try moons.standardized(by: three) }
    var (data, model) = (
      try moons.replacing(targets: [Column("y", moons.targets[0].numbers())]), Model(network: network)
    )
    data.targetScaling = TargetScaling(standardization: three)
    let loss = MeanSquaredError()
    refuses { _ = try data.encoded(for: loss) }
    refuses { _ = try network.evaluate(data, loss: loss) }
    refuses { _ = try network.gradients(of: loss, on: data) }
    refuses { _ = try Training(network, on: data, loss: loss, optimizer: SGD()) }
    (model.preprocessing.standardization, model.targetScaling) = (three, nil)
    refuses { _ = try model.predict(moons) }
    refuses { _ = try model.predict(moons.inputs) }
    refuses { _ = try model.evaluate(moons) }
    (model.preprocessing.standardization, model.targetScaling) = (nil, TargetScaling(standardization: three))
    refuses { _ = try model.predict(moons) }
    refuses { _ = try model.predict(moons.inputs) }
  }

  @Test("a model with the wrong number of names is not written")
  func models() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("glia-tests-\(UUID()).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    let three = try Standardization(mean: [0, 0, 0], scale: [1, 1, 1])
    for change in [
      { $0.columns = ["a"] }, { $0.classes = ["a", "b", "c"] }, { $0.preprocessing.standardization = three },
      { $0.targetScaling = TargetScaling(standardization: three) },
    ] as [(inout Model) -> Void] {
      var model = Model(network: network, classes: ["a", "b"], columns: ["x", "y"], targets: ["y"])
      change(&model)
      refuses { try model.write(to: file.path) }
    }
    try Model(network: network, classes: ["a", "b"], columns: ["x", "y"], targets: ["y"]).write(to: file.path)
  }

  @Test("validation samples with a different width")
  func validation() throws {
    let wide = try Dataset(inputs: Tensor(shape: [2, 3], [0, 1, 2, 3, 4, 5]), targets: [Column("y", [0, 1])])
    let targetless = try Dataset(inputs: moons.inputs, targets: [])
    let two = try Dataset(inputs: moons.inputs, targets: moons.targets + [Column("z", moons.targets[0].numbers())])
    let trained = try Training(network, on: moons, settings: settings)
    for data in [wide, targetless, two] {
      refuses { _ = try trained.evaluate(data) }
      refuses { _ = try Training(network, on: moons, validation: data, settings: settings) }
      refuses { _ = try Training(network, on: data, settings: settings) }
      refuses { _ = try network.evaluate(data, loss: BinaryCrossentropy()) }
      refuses { _ = try network.gradients(of: BinaryCrossentropy(), on: data) }
      refuses { _ = try LearningRateFinder().run(network, on: data, settings: settings) }
    }
    refuses { _ = try network.predict(wide.inputs) }
    refuses { _ = try network.activations(for: wide.inputs) }
    refuses { _ = try network.scores(for: wide.inputs) }
  }

  @Test("tables with too few and too many cells")
  func tables() {
    let table = TextTable(header: ["a", "b"], alignment: [.right], rows: [["1"], ["22", "3", "4"], []])
    #expect(table.description == " a  b\n─────\n 1\n22  3\n")
    #expect(TextTable(header: [], alignment: [.left], rows: [["1"]]).description == "\n\n")
  }
}

/// A split with given parts.
private struct Fixed: Split {
  static let name = "fixed"
  var training: [Int] = []
  var test: [Int] = []
  init() {}
  init(_ training: [Int], test: [Int]) { (self.training, self.test) = (training, test) }
  func parts(of data: Dataset) throws -> SplitParts { SplitParts(training: training, test: test) }
}
