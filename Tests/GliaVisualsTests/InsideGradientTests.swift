import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct InsideGradientTests {
  private func figure(_ norms: [[Double]]) -> GradientFlow {
    GradientFlow(layers: norms.enumerated().map { .init("hidden \($0 + 1)", norms: $1) }).shrunk()
  }

  @Test func normsOfANetwork() throws {
    // All outputs are 1 too large. Output layer: (2, 0.5) and 2 for the bias. Hidden layer: (1, 1), (-1, -1), biases 1.5, -1.
    var network = try exclusiveOr()
    try network.set("layers.2.bias", to: Tensor(shape: [1], [1]))
    var flow = GradientFlow()
    try flow.record(network, on: corners(), loss: SquaredError())
    try flow.record(network, on: corners(), loss: SquaredError())
    #expect(flow.layers.map(\.name) == ["hidden 1", "output"])
    #expect(flow.layers.map(\.norms.count) == [2, 2])
    #expect(abs(flow.layers[0].norms[0] - 7.25.squareRoot()) < 1e-6)
    #expect(abs(flow.layers[1].norms[1] - 8.25.squareRoot()) < 1e-6)
    #expect(flow.title == "Gradient flow · 2–2–1 rectified")
    #expect(flow.note == "first layer / last layer at the end: 0.94")
    let other = try Network(input: [2], layers: [PlainLayer(1)])
    #expect(throws: GliaError.self) { try flow.record(other, on: corners(), loss: SquaredError()) }
  }

  @Test func normsOfGradientsAtHand() throws {
    var flow = GradientFlow()
    let gradients = [
      ("layers.0.weight", try Tensor(shape: [2, 2], [2, 0, 0, 2])), ("layers.0.bias", try Tensor(shape: [2], [1, 0])),
      ("layers.2.weight", try Tensor(shape: [1, 2], [0, 0])),
    ]
    try flow.record(gradients, of: exclusiveOr())
    #expect(flow.layers == [.init("hidden 1", norms: [3]), .init("output", norms: [0])])
    #expect(flow.note == "")
  }

  @Test func aZeroHasALaneOfItsOwn() throws {
    let lane = Theme.light.gridLine.mixed(with: Theme.light.page, 0.5)
    #expect(try figure([[1, 2, 3], [1, 2, 0]]).picture().count(near: lane) > 2000)
    #expect(try figure([[1, 2, 3], [1, 2, 1e-300]]).picture().count(near: lane) < 1000)
    #expect(try figure([[0, 0], [0, 0]]).picture().count(near: lane) > 2000)
  }

  @Test func onlyAZeroIsBelowTheAxis() throws {
    let axis = Axis(Scale(.logarithmic, from: 1e-12, to: 1))
    let plot = Plot(
      area: Rect(x: 0, y: 0, width: 100, height: 100), x: Axis(Scale(from: 1, to: 3)), y: axis, theme: .light)
    let flow = GradientFlow(layers: [.init("hidden 1", norms: [1e-6, 1e-300, 0, .nan])])
    let middle = try #require(flow.place(0, 0, plot))
    #expect(middle.x == 0 && abs(middle.y - 50) < 1e-9)
    #expect(flow.place(0, 1, plot)?.y == 100)
    #expect(try #require(flow.place(0, 2, plot)?.y) > 105)
    #expect(flow.place(0, 3, plot) == nil)
  }

  @Test func whatIsNotFiniteIsCutMarkedAndCounted() throws {
    let broken = figure([[1, 2, .infinity, .nan], [1, 2, 3, -1]])
    #expect(broken.note == "3 norms that are not finite left out")
    #expect(try broken.shrunk(scale: 1).picture().count(near: Theme.light.alarm) > 10)
    #expect(try figure([[1, 2], [1, 2]]).picture().count(near: Theme.light.alarm) == 0)
    #expect(figure([[4], [1]]).note == "first layer / last layer at the end: 4.0")
  }

  @Test func linesOfOneColorHaveTheirSigns() throws {
    // Of two equal lines, the second lies below the first; the pictures differ by the markers.
    func picture(_ count: Int) throws -> PNG {
      var flow = figure(Array(repeating: [1, 2], count: count))
      flow.page.theme.ramp = [flow.page.theme.text]
      flow.layers = flow.layers.enumerated().map { .init("", norms: $0 == count - 1 ? $1.norms : []) }
      return try flow.png()
    }
    #expect(try picture(2).pixels != picture(3).pixels)
    #expect(try picture(12) == picture(11))
  }

  @Test(arguments: [
    [[1]], [[1e-300, 1e300]], [[.leastNonzeroMagnitude, 1]], [[1], [], [1, 2, 3]], [[.nan, 1, .nan]], [[0]],
    [[5, 5, 5, 5]], [Array(repeating: 1e-5, count: 100_000)], Array(repeating: [1, 2], count: 200),
  ])
  func everyHistoryMakesAFigure(norms: [[Double]]) throws {
    #expect(try figure(norms).png().width == 480)
    #expect(try figure(norms).shrunk(40, 30).png().width == 40)
  }

  @Test func wrongDataIsRefused() {
    func error(_ norms: [[Double]], limits: ClosedRange<Double>? = nil) -> GliaError? {
      var figure = figure(norms)
      figure.limits = limits
      return #expect(throws: GliaError.self) { try figure.png() }
    }
    #expect(error([])?.what == "there are no norms to draw")
    #expect(error([[.nan, -1], [.infinity]])?.what == "none of the 3 norms is finite")
    #expect(error([[1]], limits: 0...1)?.place == "limits")
    #expect(error([[1]], limits: 1...(.infinity))?.place == "limits")
  }
}
