import GliaCore
import Testing

@testable import GliaVisuals

/// Figures whose parts don't match, which must be drawn or rejected without out-of-bounds access.
@Suite struct WrongCountsFigureTests {
  /// Returns the list emptied, without its first element, doubled, and quadrupled.
  private func spoiled<Element>(_ list: [Element]) -> [[Element]] {
    [[], Array(list.dropFirst()), list + list, list + list + list + list]
  }

  /// Draws the figure once for every wrong variant of one of its lists.
  private func draw<F: Figure, Element>(_ figure: F, _ list: WritableKeyPath<F, [Element]>) {
    for wrong in spoiled(figure[keyPath: list]) {
      var copy = figure
      copy[keyPath: list] = wrong
      draw(copy)
    }
  }

  private func draw(_ figure: some Figure) { _ = try? figure.tiny().png() }

  private func labeled<F: Figure>(_ figure: F, _ path: WritableKeyPath<F, Int>) {
    for wrong in [-1, 2, .max, .min] {
      var copy = figure
      copy[keyPath: path] = wrong
      draw(copy)
    }
  }

  private static let points: [PointSet] = {
    var points = PointSet("train", [0, 0, 1, 1, 0.5, 2], labels: [0, 1, 0])
    points.predictions = [0, 1, 1]
    return [points]
  }()

  @Test func boundaries() {
    for channels in [1, 2, 3] {
      let figure = DecisionBoundary(classes: ["a", "b"], points: Self.points) { points in
        (0..<points.count / 2 * channels).map { points[$0 / channels * 2 + $0 % 2] }
      }
      draw(figure)
      draw(figure, \.classes)
      draw(figure, \.points)
      draw(figure, \.points[0].coordinates)
      draw(figure, \.points[0].labels)
      draw(figure, \.points[0].predictions!)
      labeled(figure, \.points[0].labels[0])
      labeled(figure, \.points[0].predictions![1])
    }
    for count in [0, 1, 5] {
      draw(DecisionBoundary(classes: ["a", "b"], points: Self.points) { _ in [Float](repeating: 0, count: count) })
    }
  }

  @Test func regressions() {
    let surface = RegressionSurface(samples: [.init("train", [0, 0, 1, 1, 2, 0], targets: [0, 2, 1])]) { points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] }
    }
    draw(surface, \.samples)
    draw(surface, \.samples[0].coordinates)
    draw(surface, \.samples[0].targets)
    let fit = RegressionFit(samples: [.init("train", x: [0, 1, 2], y: [0, 1, 4])]) { $0 }
    draw(fit, \.samples)
    draw(fit, \.samples[0].x)
    draw(fit, \.samples[0].y)
    for count in [0, 1, 5] {
      draw(RegressionFit(samples: fit.samples) { _ in [Float](repeating: 0, count: count) })
      draw(RegressionSurface(samples: surface.samples) { _ in [Float](repeating: 0, count: count) })
    }
  }

  @Test func losses() {
    var figure = LossCurve(training: [3, 2, 1], validation: [3, 2.5, 2])
    figure.metric = .init("accuracy", training: [0.1, 0.2, 0.3], validation: [0.1, 0.2, 0.2])
    (figure.learningRates, figure.gradientNorms) = ([0.1, 0.1, 0.01], [1, 2, 3])
    figure.batchLosses = [3, 3, 2, 2, 1, 1]
    figure.events = [.init("rate", after: 2)]
    draw(figure, \.learningRates)
    draw(figure, \.gradientNorms)
    draw(figure, \.batchLosses)
    draw(figure, \.events)
    draw(figure, \.metric!.training)
    draw(figure, \.metric!.validation)
    for (training, validation) in [([], [1, 2]), ([1], [1, 2, 3]), ([1, 2, 3], [1])] as [([Double], [Double])] {
      draw(LossCurve(training: training, validation: validation))
    }
    for epoch in [-1, 1e300, .nan, .infinity] {
      figure.events = [.init("event", after: epoch)]
      draw(figure)
    }
  }

  @Test func insides() {
    let layers = [LayerSummary("input", units: 2), LayerSummary("hidden", units: 3), LayerSummary("output", units: 1)]
    let diagram = NetworkDiagram(
      layers: layers,
      connections: [
        .init(weights: [1, 2, 3, 4, 5, 6], biases: [0, 1, 2]), .init(weights: [1, -1, 2], biases: [0]),
      ])
    draw(diagram, \.layers)
    draw(diagram, \.connections)
    draw(diagram, \.connections[0].weights)
    draw(diagram, \.connections[0].biases)
    draw(diagram, \.layers[1].unitNames)
    labeled(diagram, \.layers[1].units)
    labeled(diagram, \.mostUnits)
    labeled(diagram, \.mostLinks)
    for wrong in [0, 1, 7] {
      var maps = UnitMaps(layers: Array(layers.dropFirst()), points: Self.points) { points in
        [[Float](repeating: 0, count: points.count / 2 * 3), [Float](repeating: 0, count: points.count / 2 * wrong)]
      }
      maps.classes = ["a", "b"]
      draw(maps)
      draw(maps, \.layers)
      draw(maps, \.points)
      draw(maps, \.points[0].labels)
      draw(maps, \.classes)
      labeled(maps, \.mostUnits)
      var mapped = diagram
      mapped.maps = maps
      draw(mapped)
    }
    var histograms = LayerHistograms(
      layers: Array(layers.dropFirst()),
      snapshots: (0..<3).map { step in
        .init(
          step: step,
          layers: [
            .init(weights: [1, 2, 3], activations: [0, 1, 2, 3, 4, 5], units: 3), .init(weights: [1], activations: [2]),
          ])
      })
    draw(histograms, \.layers)
    draw(histograms, \.snapshots)
    draw(histograms, \.snapshots[1].layers)
    draw(histograms, \.snapshots[1].layers[0].weights)
    draw(histograms, \.snapshots[1].layers[0].activations)
    labeled(histograms, \.mostSnapshots)
    histograms.snapshots[0].layers[0] = .init(weights: [], activations: [1, 2], units: -5)
    draw(histograms)
    let flow = GradientFlow(layers: [.init("a", norms: [1, 2, 3]), .init("b", norms: [1, 2, 0])])
    draw(flow, \.layers)
    draw(flow, \.layers[0].norms)
    labeled(flow, \.firstStep)
    let gallery = ActivationGallery(entries: [.init("square", value: { $0 * $0 })])
    draw(gallery, \.entries)
    for columns in [-1, 0, 7, .max, .min] {
      var copy = gallery
      copy.columns = columns
      draw(copy)
    }
  }

  @Test func comparisons() {
    let runs = OptimizerComparison([
      ComparedRuns("a", losses: [[3, 2, 1], [3, 1]]), ComparedRuns("b", losses: [[2, .nan], []]),
    ])
    draw(runs, \.series)
    draw(runs, \.series[0].losses)
    draw(runs, \.series[0].losses[0])
    let paths = [Trajectory("a", points: [0, 0, 1, 1, 2, 0], values: [3, 2, 1], times: [0, 1, 5])]
    var figure = Trajectories(on: .rosenbrock, paths)
    figure.nodes = 11
    draw(figure, \.paths)
    for wrong in [
      Trajectory("a", points: [0], values: [1, 2]), Trajectory("b", points: [0, 0, 1], values: [1], times: []),
    ] {
      figure.paths[0] = wrong
      draw(figure)
    }
    draw(figure, \.minima)
    labeled(figure, \.nodes)
    for count in [0, 1, 5] {
      figure.function = { _ in [Float](repeating: 0, count: count) }
      draw(figure)
    }
  }

  @Test func results() throws {
    let confusion = try ConfusionMatrixPlot(labels: [0, 1, 1], predictions: [0, 1, 0], classes: ["a", "b"])
    draw(confusion, \.classes)
    let two = try ClassScores(ResultsSamples.scores, labels: ResultsSamples.labels, classes: ["a", "b"])
    draw(try ROCCurve(two), \.curves)
    draw(try PrecisionRecallCurve(two), \.curves)
    draw(try CalibrationCurve(two), \.curves)
    for (labels, predictions) in [([], []), ([0], [0, 1]), ([2], [0]), ([-1], [0]), ([0], [.max])] as [([Int], [Int])] {
      #expect(throws: GliaError.self) {
        try ConfusionMatrixPlot(labels: labels, predictions: predictions, classes: ["a", "b"])
      }
    }
    for counts in [[], [[1, 2]], [[1], [2]], [[1, -2], [3, 4]], [[.max, .max], [1, 1]]] as [[[Int]]] {
      #expect(throws: GliaError.self) { try Confusion(counts) }
    }
    #expect(throws: GliaError.self) { try ROC(scores: [1, 2], isPositive: [true]) }
    #expect(throws: GliaError.self) { try PrecisionRecall(scores: [1], isPositive: [true, false]) }
    #expect(throws: GliaError.self) { try Calibration(probabilities: [0.5], isPositive: []) }
    #expect(throws: GliaError.self) { try Residuals(actual: [1, 2], predicted: [1]) }
    #expect(throws: GliaError.self) { try ClassScores([1, 2, 3], labels: [0, 1], classes: ["a", "b"]) }
    #expect(throws: GliaError.self) { try ClassScores([1, 2], labels: [0, 5], classes: ["a", "b"]) }
  }

  @Test func gridsThemesAndFiles() {
    let fit = RegressionFit(samples: [.init("train", x: [0, 1, 2], y: [0, 1, 4])]) { $0 }
    let grid = FigureGrid(columns: 2, [fit, fit, fit])
    draw(grid, \.figures)
    for names in [["a"], ["a", "b", "c", "d", "e"]] {
      var copy = grid
      (copy.columnNames, copy.rowNames) = (names, names)
      draw(copy)
    }
    for columns in [-1, 0, 7, .max, .min] { draw(FigureGrid(columns: columns, [fit, fit])) }
    draw(fit, \.page.theme.palette)
    draw(fit, \.page.theme.dashes)
    draw(fit, \.page.theme.ramp)
    draw(fit, \.page.theme.regions)
    for dashes in [[0], [-1, 2], [.nan], [1e-300], [.infinity, 1]] as [[Double]] {
      var copy = fit
      copy.page.theme.dashes = [dashes]
      draw(copy)
    }
  }
}
