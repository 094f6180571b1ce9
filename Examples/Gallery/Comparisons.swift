import Glia
import GliaVisuals

/// Loss curves, optimizer comparisons, and optimizer paths on test functions and in weight space.
func comparisons() throws -> [Exhibit] {
  let optimizers: [(name: String, optimizer: any Optimizer)] = [
    ("SGD lr 0.2", SGD(learningRate: 0.2)), ("Momentum lr 0.05", Momentum(learningRate: 0.05)),
    ("Nesterov lr 0.05", Nesterov(learningRate: 0.05)), ("RMSProp lr 0.003", RMSProp(learningRate: 0.003)),
    ("Adam lr 0.01", Adam(learningRate: 0.01)),
  ]
  let moons = try Moons(samples: 400, noise: 0.1).load()
  var runs: [ComparedRuns] = []
  var learned: [any Figure] = []
  var ways: [WeightPath] = []
  for (name, optimizer) in optimizers {
    var losses: [[Double]] = []
    for seed in UInt64(0)..<5 {
      var training = try Lesson(hidden: [8, 8], optimizer: optimizer, epochs: 60, seed: seed).begin(on: moons)
      var way = WeightPath(name)
      way.record(training.network)
      while try training.next() != nil { way.record(training.network) }
      losses.append(training.history.map(\.training.loss))
      guard seed == 0 else { continue }
      ways.append(way)
      var figure = try DecisionBoundary(of: training.network, on: moons)
      (figure.title, figure.subtitle) = (name, "")
      learned.append(figure)
    }
    runs.append(ComparedRuns(name, losses: losses))
  }
  return [
    Exhibit("loss", try lossCurve(moons)),
    Exhibit("comparison", OptimizerComparison(runs)) {
      ($0.title, $0.subtitle) = ("moons · 2–8–8–1 tanh", "learning rates chosen by hand · 60 epochs")
    },
    Exhibit("boundaries", FigureGrid(columns: 3, learned)) {
      ($0.title, $0.sharesLimits) = ("moons · 2–8–8–1 tanh · what each optimizer has learned", true)
      $0.subtitle = "60 epochs from the same weights on the same batches"
    },
    Exhibit(
      "rosenbrock", trajectories(of: optimizers, on: .rosenbrock, rates: [0.0005, 0.001, 0.01, 0.2], steps: 400)),
    Exhibit("himmelblau", trajectories(of: optimizers, on: .himmelblau, rates: [0.001, 0.005, 0.05, 0.2], steps: 100)) {
      $0.page.theme = .print
    },
    Exhibit("weights", try Trajectories(of: ways, loss: .binaryCrossentropy, on: moons)) {
      $0.subtitle = "60 epochs from the same weights on the same batches"
    },
  ]
}

private func lossCurve(_ data: Dataset) throws -> LossCurve {
  let (training, validation) = try data.split(test: 0.3, seed: 1)
  var run = try Lesson(
    hidden: [16], epochs: 120, schedule: StepSchedule(every: 40, factor: 0.3, per: .epoch)
  ).begin(on: training, validation: validation)
  try run.fit()
  var figure = LossCurve(run.history, isFraction: true)
  (figure.title, figure.subtitle) = ("moons · 2–16–1 tanh", "120 epochs · Adam 0.02, less every 40 epochs · seed 1")
  return figure
}

/// The path of each optimizer with the best of several learning rates.
private func trajectories(
  of optimizers: [(name: String, optimizer: any Optimizer)], on surface: Surface, rates: [Float], steps: Int
) -> Trajectories {
  var figure = Trajectories(
    on: surface,
    optimizers.map { name, optimizer in
      let name = String(name.prefix { $0 != " " })
      return Trajectory(name, of: optimizer, bestOf: rates, on: surface, steps: steps)
    })
  let told = rates.map { "\($0)" }.joined(separator: ", ")
  figure.subtitle = "\(steps) steps · each with the best of the learning rates \(told)"
  return figure
}
