import Foundation
import Glia
import GliaVisuals

/// Decision boundaries and surfaces of networks and of other functions.
func boundaries() throws -> [Exhibit] {
  let (moons, others) = try Moons(samples: 400, noise: 0.2).load().split(test: 0.25, seed: 1)
  let lesson = Lesson(hidden: [8, 8])
  var training = try lesson.begin(on: moons)
  try training.fit()
  let percent = { (data: Dataset) in
    String(format: "%.1f %%", 100 * (try training.evaluate(data)["accuracy"] ?? 0))
  }
  let words = try "train \(percent(moons)) · test \(percent(others)) · epoch 100 · Adam 0.02 · seed 1"

  let spirals = try Spirals(samples: 900, noise: 0.15).load()
  let arms = try Lesson(hidden: [32, 32], optimizer: Adam(learningRate: 0.01), epochs: 150).learn(spirals)
  let hills = try HillsSurface(samples: 300, noise: 0.1).load()
  let surface = try Lesson(hidden: [32, 16], epochs: 200).learn(hills)
  let flowers = try GaussianQuantiles(samples: 300, features: 5, classes: 3).load()
  let shells = try Lesson(hidden: [32, 16], epochs: 60).learn(flowers)

  return [
    Exhibit("boundary", try DecisionBoundary(of: training.network, on: moons, test: others)) { $0.subtitle = words },
    Exhibit("spirals", try DecisionBoundary(of: arms, on: spirals)) {
      ($0.page.theme, $0.subtitle) = (.dark, "900 samples · epoch 150 · Adam 0.01 · seed 1")
    },
    Exhibit("surface", try RegressionSurface(of: surface, on: hills)) {
      $0.subtitle = "epoch 200 · Adam 0.02 · seed 1"
    },
    Exhibit("plane", try DecisionBoundary(of: shells, on: flowers, plane: .principalComponents)) {
      $0.subtitle = "five inputs, on the plane along which they spread most"
    },
    Exhibit("neighbours", try nearestNeighbours(moons)) { ($0.shading, $0.page.legend) = (.stepped(4), .inside) },
    Exhibit("grid", try dataAndActivations()) { $0.title = "What five activations make of three data sets" },
  ]
}

/// Any function from points to scores can be plotted: here, the fraction of the 15 nearest neighbors in the second class.
private func nearestNeighbours(_ data: Dataset) throws -> DecisionBoundary {
  let (x, labels) = (data.inputs.values, try data.targets[0].numbers().map { Int($0) })
  var figure = DecisionBoundary(
    classes: ["upper moon", "lower moon"], points: [PointSet("data", x, labels: labels)]
  ) { points in
    stride(from: 0, to: points.count, by: 2).map { i in
      let distances = labels.indices.map { k in
        let (dx, dy) = (x[2 * k] - points[i], x[2 * k + 1] - points[i + 1])
        return (square: dx * dx + dy * dy, label: labels[k])
      }
      return distances.sorted { $0.square < $1.square }.prefix(15).reduce(0) { $0 + Float($1.label) / 15 }
    }
  }
  (figure.title, figure.subtitle) = ("moons · 15 nearest neighbours", "a closure from points to scores")
  (figure.page.width, figure.page.height, figure.page.scale) = (960, 900, 1.6)
  return figure
}

/// Small multiples with shared limits, names, legend and results.
private func dataAndActivations() throws -> FigureGrid {
  let sets = try [
    Moons(samples: 200, noise: 0.15).load(), Circles(samples: 200, noise: 0.1, factor: 0.5).load(),
    XOR(samples: 200, noise: 0.2).load(),
  ]
  let activations: [any Activation] = [Linear(), Sigmoid(), Tanh(), ReLU(), GELU()]
  let figures = try sets.flatMap { data in
    try activations.map { activation in
      let network = try Lesson(hidden: [6], activation: activation, epochs: 150).learn(data)
      var figure = try DecisionBoundary(of: network, on: data)
      (figure.title, figure.subtitle) = ("", "")
      return figure
    }
  }
  var grid = FigureGrid(columns: activations.count, figures)
  grid.rowNames = sets.map(\.name)
  grid.columnNames = activations.map { type(of: $0).name }
  grid.page.width = 1600
  return grid
}
