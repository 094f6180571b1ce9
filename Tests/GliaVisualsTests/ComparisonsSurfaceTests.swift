import GliaCore
import Testing

@testable import GliaVisuals

/// w ← w - η g.
private struct Descent: Optimizer {
  static let name = "descent"
  static let summary = "w ← w - η g"
  var learningRate: Float = 0.1
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(gradient.view, times: context.learningRate)
  }
}

@Suite struct ComparisonsSurfaceTests {
  @Test(arguments: Surface.all.indices) func gradientsAreThoseOfFiniteDifferences(index: Int) {
    let surface = Surface.all[index]
    for (x, y) in [(0.3, -0.7), (-1.9, 1.1), (2.5, 0.4), (surface.start.x, surface.start.y)] {
      let slope = surface.gradient(x, y)
      let h = 1e-5
      let dx = (surface.value(x + h, y) - surface.value(x - h, y)) / (2 * h)
      let dy = (surface.value(x, y + h) - surface.value(x, y - h)) / (2 * h)
      #expect(abs(slope.x - dx) <= 1e-5 * max(1, abs(dx)) && abs(slope.y - dy) <= 1e-5 * max(1, abs(dy)))
    }
  }

  @Test(arguments: Surface.all.indices) func minimaAreLowest(index: Int) {
    let surface = Surface.all[index]
    for (x, y) in surface.minima {
      #expect(abs(surface.value(x, y) - surface.lowest) < 1e-12)
      let slope = surface.gradient(x, y)
      #expect(abs(slope.x) < 1e-6 && abs(slope.y) < 1e-6)
      #expect(surface.limits.x.contains(x) && surface.limits.y.contains(y))
    }
    #expect(surface.value(surface.start.x, surface.start.y) > surface.lowest)
  }

  @Test func valuesByHand() {
    #expect(Surface.ravine.value(-2, 1) == 14 && Surface.rosenbrock.value(-1, 1) == 4)
    #expect(Surface.himmelblau.value(0, 0) == 170 && Surface.rastrigin.value(1, 1) == 2)
    // 1.5² + 2.25² + 2.625²
    #expect(Surface.beale.value(0, 0) == 14.203125)
  }

  @Test func stepsByHand() {
    let path = Trajectory("descent", of: Descent(), on: .ravine, from: (1, 1), steps: 2)
    // x: 1 · 0.8², y: 1 - 0.1 · 20 = -1, then 1.
    #expect(path.steps == 2 && !path.isDiverged)
    for (value, expected) in zip(path.points, [1, 1, 0.8, -1, 0.64, 1]) { #expect(abs(value - expected) < 1e-6) }
    #expect(Trajectory("none", of: Descent(), on: .ravine, steps: -3).steps == 0)
    let wild = Trajectory("wild", of: Descent(learningRate: 1e10), on: .beale, steps: 1000)
    #expect(wild.isDiverged && wild.steps < 20 && wild.values.allSatisfy(\.isFinite))
  }
}

@Suite struct ComparisonsChoiceTests {
  @Test func theBestRateIsTaken() {
    // On x² + 10 y², y is multiplied by 1 - 20 η in every step: with 0.05 it is 0 at once, with 0.2 it diverges.
    let rates: [Float] = [0.001, 0.05, 0.2, 1e20]
    let way = Trajectory("descent", of: Descent(), bestOf: rates, on: .ravine, from: (0, 1), steps: 60)
    #expect(way.name == "descent lr 0.05" && way.values.last == 0)
    #expect(Trajectory("descent", of: Descent(), bestOf: [], on: .ravine, steps: 3).name == "descent")
  }
}

@Suite struct ComparisonsTrajectoriesTests {
  private func figure(_ rate: Float) -> Trajectories {
    Trajectories(on: .ravine, [Trajectory("descent", of: Descent(learningRate: rate), on: .ravine, steps: 30)])
  }

  @Test func waysAreSeen() throws {
    let color = Theme.light.hue(0)
    #expect(try figure(0.08).shrunk(640, 640).picture().count(near: color) > 100)
    // Starts, ends, and stars without any path.
    #expect(try Trajectories(on: .ravine, []).shrunk(640, 640).picture().count(near: color) == 0)
  }

  @Test(arguments: [Float](arrayLiteral: 1, 1e9, 1e38)) func waysThatLeave(rate: Float) throws {
    #expect(try figure(rate).shrunk(320, 480).png().width == 320)
    #expect(try figure(rate).shrunk(1, 1).png().width == 1)
  }

  @Test func hostileFunctionsAreRefused() {
    func error(_ function: @escaping @Sendable ([Float]) -> [Float]) -> GliaError? {
      #expect(throws: GliaError.self) {
        try Trajectories([], limits: (0...1, 0...1), over: function).shrunk(200, 200).png()
      }
    }
    #expect(error { _ in [] } != nil && error { $0 }?.place == "function")
    #expect(error { points in (0..<points.count / 2).map { _ in .nan } } != nil)
    #expect(error { points in (0..<points.count / 2).map { _ in -1 } } != nil)
  }

  @Test func theWeightsOfANetwork() throws {
    var network = try Network(input: [2], layers: [PlainLayer(1)])
    var path = WeightPath("line")
    #expect(throws: GliaError.self) { try Trajectories(of: [path]) { _ in 0 } }
    #expect(throws: GliaError.self) { try Trajectories(of: []) { _ in 0 } }
    for step in 0..<5 {
      try network.set("layers.0.weight", to: Tensor(shape: [1, 2], [3 + Float(step), 4 - 2 * Float(step)]))
      path.record(network)
    }
    let figure = try Trajectories(of: [path]) { network in
      network.parameters.reduce(0) { $0 + Double($1 * $1) }
    }
    // All weights lie on one line.
    #expect(figure.axes.0 == "PC 1 (100.0 %)" && figure.axes.1 == "PC 2 (0.0 %)")
    #expect(figure.paths[0].steps == 4 && figure.paths[0].values.first == 25)
    // A second path of the same network shares the plane; that of another network is rejected.
    var other = WeightPath("other")
    for weight in [Float](arrayLiteral: 0, 7) {
      try network.set("layers.0.weight", to: Tensor(shape: [1, 2], [weight, -4]))
      other.record(network)
    }
    let both = try Trajectories(of: [path, other]) { Double($0.parameters[0]) }
    #expect(both.paths.map(\.name) == ["line", "other"] && both.unit == "epoch")
    // Both end at the weights (7, -4).
    let ends = both.paths.map { $0.points.suffix(2).map { $0.rounded() } }
    #expect(ends[0] == ends[1] && both.paths[1].values == [0, 7])
    var third = WeightPath("third")
    for _ in 0..<2 { third.record(try Network(input: [3], layers: [PlainLayer(1)])) }
    #expect(throws: GliaError.self) { try Trajectories(of: [path, third]) { _ in 0 } }
    // Snapshots appear at the epochs at which they were recorded.
    var sparse = WeightPath("sparse")
    for (epoch, weight) in [(0, Float(1)), (4, 2), (9, 3)] {
      try network.set("layers.0.weight", to: Tensor(shape: [1, 2], [weight, 0]))
      sparse.record(network, epoch: epoch)
    }
    let thinned = try Trajectories(of: [sparse]) { Double($0.parameters[0]) }.paths[0]
    #expect(thinned.times == [0, 4, 9] && thinned.steps == 9 && path.epochs == [0, 1, 2, 3, 4])
    // The plane passes through the end of the path: 7² + 4².
    #expect(abs(Double(try figure.function([0, 0])[0]) - 65) < 1e-3)
    let start = figure.paths[0].points.prefix(2).map { Float($0) }
    #expect(abs(Double(try figure.function(start)[0]) - 25) < 1e-2)
    #expect(try figure.shrunk(320, 400).png().width == 320)
  }
}
