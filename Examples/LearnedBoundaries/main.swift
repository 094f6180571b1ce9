import Foundation
import Glia
import GliaVisuals

// Compares the decision boundaries of a linear model and a network on five two-dimensional data sets:
//
//   swift run -c release LearnedBoundaries pictures

/// A data set, and the widths of the network's hidden layers.
struct Task {
  let data: any DataSource
  let hidden: [Int]
  var epochs = 200
  var learningRate: Float = 0.03

  var name: String { type(of: data).name }
}

let tasks = [
  Task(data: .moons(samples: 1000, noise: 0.05), hidden: [4, 2]),
  Task(data: .circles(samples: 1000, noise: 0.05, factor: 0.5), hidden: [4, 2]),
  Task(data: .spirals(samples: 3000, noise: 0.2), hidden: [64, 32, 16], epochs: 100, learningRate: 0.01),
  Task(data: .xor(samples: 600, noise: 0.2), hidden: [4]),
  Task(data: .checkerboard(samples: 4000, cells: 4), hidden: [64, 64], learningRate: 0.003),
]

/// The figure of a trained model, and its accuracy on unseen samples.
func learn(
  _ task: Task, hidden: [Int], _ part: (training: Dataset, test: Dataset)
) throws -> (figure: DecisionBoundary, Double) {
  let classes = Set(part.training.targets[0].labels).count
  let network = try Network(input: [2], seed: 1) {
    for units in hidden { Dense(units, activation: .tanh) }
    if classes == 2 { Dense(1, activation: .sigmoid) } else { Dense(classes, activation: .softmax) }
  }
  var settings = TrainingSettings()
  settings.loss = classes == 2 ? BinaryCrossentropy() : SparseCategoricalCrossentropy()
  settings.optimizer = Adam(learningRate: task.learningRate)
  settings.schedule = CosineSchedule(steps: task.epochs, per: .epoch)
  (settings.metrics, settings.epochs) = ([Accuracy()], task.epochs)
  var training = try Training(network, on: part.training, settings: settings)
  try training.fit()
  let accuracy = try training.evaluate(part.test)["accuracy"] ?? .nan

  var figure = try DecisionBoundary(of: training.network, on: part.training, test: part.test)
  figure.title = hidden.isEmpty ? "linear model" : network.architecture
  return (figure, accuracy)
}

func percent(_ fraction: Double) -> String { String(format: "%.1f %%", 100 * fraction) }

do {
  let folder = CommandLine.arguments.dropFirst().first ?? "."
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  var table = TextTable(
    header: ["data", "linear", "network", ""], alignment: [.left, .right, .right, .left], rows: [])
  for task in tasks {
    let part = try task.data.load().split(test: 0.2, seed: 1)
    let (line, linear) = try learn(task, hidden: [], part)
    let (curve, learned) = try learn(task, hidden: task.hidden, part)
    let file = "\(folder)/\(task.name).png"
    var sheet = FigureGrid(columns: 2, [line, curve])
    sheet.title = task.name
    try sheet.write(to: file)
    table.rows.append([task.name, percent(linear), percent(learned), file])
  }
  print(table)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
