import GliaCore
import Testing

@testable import GliaVisuals

/// An identity layer whose outputs can be declared as probabilities.
private struct Passing: Layer {
  static let name = "passing"
  var isProbability = false

  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {}

  func separatingActivation() -> (logits: any Layer, activation: any Activation)? {
    isProbability ? (Passing(), PassingLogistic()) : nil
  }
}

private struct PassingLogistic: ElementwiseActivation {
  static let name = "passing_logistic"
  var link: Link? { .logistic }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
}

private struct Halves: ElementwiseLoss {
  static let name = "passing_halves"
  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 4) }
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T { prediction - target }
}

@Suite struct ResultsNetworkTests {
  private func network(_ inputs: Int, isProbability: Bool = true) throws -> Network {
    try Network(input: [inputs], layers: [Passing(isProbability: isProbability)])
  }

  private func data(_ rows: [[Float]], _ targets: [Column]) throws -> Dataset {
    try Dataset(name: "pets", inputs: Tensor(rows: rows), targets: targets)
  }

  @Test func severalClassifiersInOneFigure() throws {
    let pets = try data([[0.9], [0.2], [0.6], [0.4]], [Column("kind", text: ["dog", "cat", "dog", "cat"])])
    let roc = try ROCCurve([.init("one", of: network(1), on: pets), .init("two", of: network(1), on: pets)])
    #expect(roc.curves.map(\.name) == ["one", "two"] && roc.curves[0].roc.area == 1 && roc.curves[0].threshold == 0.5)
    let precision = try PrecisionRecallCurve([.init("one", of: network(1), on: pets)])
    #expect(precision.curves[0].name == "one" && precision.curves[0].curve.averagePrecision == 1)
    let three = try data([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [Column("kind", text: ["ape", "bee", "cat"])])
    #expect(throws: GliaError.self) { try ROCCurve.Curve("three", of: network(3), on: three) }
    #expect(throws: GliaError.self) { try PrecisionRecallCurve.Curve("three", of: network(3), on: three) }
  }

  @Test func aBinaryNetwork() throws {
    let data = try data([[0.9], [0.2], [0.6], [0.4]], [Column("kind", text: ["dog", "cat", "dog", "dog"])])
    let results = try ClassScores(of: network(1), on: data)
    #expect(results.classes == ["cat", "dog"] && results.labels == [1, 0, 1, 1] && results.scoreKind == .probability)
    let figure = try ConfusionMatrixPlot(of: network(1), on: data)
    #expect(figure.confusion.counts == [[1, 0], [1, 2]] && figure.title.hasPrefix("pets"))
    let reversed = try ClassScores(of: network(1), on: data, classes: ["dog", "cat"])
    #expect(reversed.labels == [0, 1, 0, 0])
    #expect(try ROCCurve(of: network(1), on: data).curves[0].roc.area == 1)
    #expect(try CalibrationCurve(of: network(1), on: data).tiny().png().width == 320)
  }

  @Test func decisionValues() throws {
    let data = try data([[2], [-1], [0.5]], [Column("kind", text: ["dog", "cat", "cat"])])
    let figure = try PrecisionRecallCurve(of: network(1, isProbability: false), on: data)
    #expect(figure.curves[0].threshold == 0)
    #expect(throws: GliaError.self) { try CalibrationCurve(of: network(1, isProbability: false), on: data) }
  }

  @Test func aModelStandardizesAndDecidesAtTheThresholdOfItsLoss() throws {
    let data = try data([[2], [4], [6]], [Column("kind", [0, 1, 1])])
    var model = Model(
      network: try network(1, isProbability: false), classes: ["0", "1"],
      preprocessing: Preprocessing(standardization: try Standardization(mean: [3], scale: [1])))
    let results = try ClassScores(of: model, on: data)
    #expect(results.ranking(of: 1) == [-1, 1, 3] && results.decisions == [0, 1, 1])
    #expect(try ROCCurve(of: model, on: data).curves.map(\.name) == ["class 1"])
    model.experiment.training.loss = Halves()
    #expect(try ClassScores(of: model, on: data).decisions == [0, 0, 1])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let pets = try data([[0.9], [0.2]], [Column("kind", text: ["dog", "cat"])])
    #expect(throws: GliaError.self) { try ClassScores(of: network(1), on: pets, classes: ["dog", "owl"]) }
    #expect(throws: GliaError.self) { try ClassScores(of: network(2), on: pets) }
    #expect(throws: GliaError.self) { try ResidualPlot(of: network(1), on: pets) }
    let two = try data([[0.9], [0.2]], [Column("a", [1, 0]), Column("b", [1, 0])])
    #expect(throws: GliaError.self) { try ROCCurve(of: network(1), on: two) }
    #expect(throws: GliaError.self) { try ResidualPlot(of: network(1), on: two) }
  }

  @Test func aRegression() throws {
    let data = try data([[1, 5], [2, 7]], [Column("a", [1, 2]), Column("y1", [4, 9])])
    let figure = try ResidualPlot(of: network(2, isProbability: false), on: data, target: 1)
    #expect(figure.residuals.values == [-1, 2] && figure.quantity == "y₁")
    for target in [-1, 2] {
      #expect(throws: GliaError.self) {
        try ResidualPlot(of: network(2, isProbability: false), on: data, target: target)
      }
    }
    let model = Model(network: try network(2, isProbability: false))
    #expect(try ResidualPlot(of: model, on: data).residuals.values == [0, 0])
  }
}
