import Glia
import GliaVisuals

/// Plots of the internals of a network.
func insides() throws -> [Exhibit] {
  let circles = try Circles(samples: 300, noise: 0.08, factor: 0.5).load()
  let small = try Lesson(hidden: [4, 3], epochs: 150, seed: 3).learn(circles)
  let moons = try Moons(samples: 300, noise: 0.15).load()
  let wide = try Lesson(hidden: [10, 8, 4], activation: ReLU(), optimizer: Adam(learningRate: 0.01), seed: 2).learn(
    moons)

  var flow = GradientFlow()
  flow.firstStep = 0
  let deep = Lesson(
    hidden: Array(repeating: 8, count: 6), activation: Sigmoid(), optimizer: SGD(learningRate: 0.2), epochs: 30,
    batchSize: 300)
  var training = try deep.begin(on: moons)
  try flow.record(training.network, on: moons, loss: .binaryCrossentropy)
  while try training.next() != nil { try flow.record(training.network, on: moons, loss: .binaryCrossentropy) }

  var histograms = LayerHistograms()
  var relu = try Lesson(hidden: [16, 16], activation: ReLU(), epochs: 30).begin(on: moons)
  try histograms.record(relu.network, on: moons, step: 0)
  while let epoch = try relu.next() { try histograms.record(relu.network, on: moons, step: epoch.number) }

  return [
    Exhibit("diagram", try NetworkDiagram(of: small, on: circles)) { $0.subtitle = "what each unit computes" },
    Exhibit("units", try UnitMaps(of: wide, on: moons)),
    Exhibit("activations", ActivationGallery(Registry.standard)),
    Exhibit("gradients", flow) { $0.subtitle = "six hidden layers of sigmoids: the gradient vanishes on its way down" },
    Exhibit("histograms", histograms) { $0.subtitle = "moons · Adam 0.02 · seed 1" },
  ]
}
