import Glia
import GliaTesting
import Testing

/// yⱼ = gainⱼ xⱼ² + shift, with a fault of the caller's choice.
private struct Curved: FeaturewiseLayer {
  static let name = "curved"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }
  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: fault == "output" ? [1] : input,
      parameters: [
        ParameterPlan(
          "gain", shape: [(input.last ?? 1) + (fault == "shape" ? 1 : 0)], initializer: RandomUniform(low: 0.5, high: 1)
        ),
        ParameterPlan("shift", shape: [1], initializer: Ones()),
      ])
  }
  func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T {
    parameters["gain"] * x * x + parameters[fault == "name" ? "offset" : "shift"]
  }
}

@Suite("Layers of features by their formula")
struct FeaturewiseLayerTests {
  @Test("they pass the checks of layers; a parameter that is not planned is found")
  func checks() {
    for result in checkComponent(Curved(), registry: .standard) { #expect(result.passed, "\(result)") }
    #expect(
      checkComponent(Curved("name"), registry: .standard).contains {
        !$0.passed && $0.explanation?.contains("offset") == true
      })
  }

  @Test("outputs and gradients by hand")
  func byHand() throws {
    var network = try Network(input: [2], layers: [Curved()])
    try network.set("layers.0.gain", to: Tensor(shape: [2], [2, -1]))
    try network.set("layers.0.shift", to: Tensor(shape: [1], [3]))
    let x = try Tensor(rows: [[1, 2], [-3, 0.5]])
    #expect(try network.predict(x).values == [5, -1, 21, 2.75])
    // Half the squared error of targets 0, as a mean over two samples: dy = y / 2, so that the gradients are
    // (5 · 1 + 21 · 9) / 2 and (-1 · 4 + 2.75 · ¼) / 2 for the gain, (5 - 1 + 21 + 2.75) / 2 for the shift.
    let data = try Dataset(inputs: x, targets: Tensor(rows: [[0, 0], [0, 0]]))
    let gradients = try network.gradients(of: .halfSquaredError, on: data)
    #expect(gradients["layers.0.gain"]?.values == [97, -1.65625])
    #expect(gradients["layers.0.shift"]?.values == [13.875])
  }

  @Test("an output or a parameter of another shape is rejected", arguments: ["output", "shape"])
  func shapes(fault: String) {
    #expect(throws: GliaError.self) { try Network(input: [3], layers: [Curved(fault)]) }
  }
}
