import Foundation
import Glia
import GliaVisuals

// Trains a two-moons classifier with five optimizers, from the same weights on the same batches over five seeds. Then
// plots the paths of the optimizers on test functions of two variables:
//
//   swift run -c release OptimizerComparison pictures

let seeds: [UInt64] = [0, 1, 2, 3, 4]
let epochs = 60
let optimizers: [(name: String, optimizer: any Optimizer)] = [
  ("SGD lr 0.3", SGD(learningRate: 0.3)),
  ("Momentum lr 0.1", Momentum(learningRate: 0.1)),
  ("Nesterov lr 0.1", Nesterov(learningRate: 0.1)),
  ("RMSProp lr 0.01", RMSProp(learningRate: 0.01)),
  ("Adam lr 0.03", Adam(learningRate: 0.03)),
]

/// Trains a new network; with the same seed, all optimizers use the same weights and batches.
func train(
  _ optimizer: any Optimizer, on data: Dataset, seed: UInt64, recording path: inout WeightPath
) throws -> Training {
  let network = try Network(input: [2], seed: seed) {
    Dense(8, activation: .tanh)
    Dense(8, activation: .tanh)
    Dense(1, activation: .sigmoid)
  }
  var settings = TrainingSettings()
  settings.loss = BinaryCrossentropy()
  settings.optimizer = optimizer
  (settings.epochs, settings.seed) = (epochs, seed)
  var training = try Training(network, on: data, settings: settings)
  path.record(training.network)
  while try training.next() != nil { path.record(training.network) }
  return training
}

/// Trains with every optimizer and seed, prints a table, and plots losses, decision boundaries and weight paths.
func compare(into folder: String) throws {
  let moons = try Moons(samples: 500, noise: 0.1).load()
  var compared: [ComparedRuns] = []
  var boundaries: [any Figure] = []
  var ways: [WeightPath] = []
  for (name, optimizer) in optimizers {
    var losses: [[Double]] = []
    for seed in seeds {
      var way = WeightPath(name)
      let training = try train(optimizer, on: moons, seed: seed, recording: &way)
      losses.append(training.history.map(\.training.loss))
      guard seed == seeds[0] else { continue }
      var boundary = try DecisionBoundary(of: training.network, on: moons)
      (boundary.title, boundary.subtitle) = (name, "")
      boundaries.append(boundary)
      ways.append(way)
    }
    compared.append(ComparedRuns(name, losses: losses))
  }

  let threshold = compared.usualThreshold ?? 0.1
  print("optimizer         final loss   epochs to \(threshold)   diverged")
  for runs in compared {
    let final = runs.finalMedian.map { String(format: "%.4f", $0) } ?? "-"
    let reached = runs.epochs(toReach: threshold).map { String(format: "%g", $0) } ?? "-"
    print(
      runs.name.padding(toLength: 18, withPad: " ", startingAt: 0)
        + final.padding(toLength: 13, withPad: " ", startingAt: 0)
        + reached.padding(toLength: 17, withPad: " ", startingAt: 0) + "\(runs.divergedCount)/\(runs.losses.count)")
  }

  var comparison = OptimizerComparison(compared)
  comparison.title = "Two moons · 2–8–8–1 tanh"
  comparison.subtitle = "learning rates chosen by hand, one for each · \(epochs) epochs"
  try comparison.write(to: "\(folder)/comparison.png")

  var grid = FigureGrid(columns: 3, boundaries)
  grid.title = "Two moons · what each optimizer has learned"
  grid.subtitle = "\(epochs) epochs from the same weights on the same batches"
  grid.sharesLimits = true
  try grid.write(to: "\(folder)/boundaries.png")

  var plane = try Trajectories(of: ways, loss: .binaryCrossentropy, on: moons)
  plane.subtitle = "\(epochs) epochs from the same weights on the same batches"
  try plane.write(to: "\(folder)/weights.png")
}

/// Plots the paths of the optimizers on test functions with known minima.
func watch(into folder: String) throws {
  for (surface, rates) in [
    (Surface.ravine, [0.09, 0.02, 0.02, 0.05, 0.2]), (.rosenbrock, [0.001, 0.0005, 0.0005, 0.01, 0.1]),
  ] as [(Surface, [Float])] {
    let steps = 200
    var figure = Trajectories(
      on: surface,
      zip(optimizers, rates).map { named, rate in
        var optimizer = named.optimizer
        optimizer.learningRate = rate
        return Trajectory("\(named.name.split(separator: " ")[0]) lr \(rate)", of: optimizer, on: surface, steps: steps)
      })
    figure.subtitle = "\(steps) steps from one start, learning rates chosen by hand"
    try figure.write(to: "\(folder)/\(surface.name.lowercased().split(separator: " ")[0]).png")
  }
}

do {
  let folder = CommandLine.arguments.dropFirst().first ?? "."
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try compare(into: folder)
  try watch(into: folder)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
