import Glia
import GliaVisuals

/// Plots that evaluate a network.
func results() throws -> [Exhibit] {
  let (shells, unseen) = try GaussianQuantiles(samples: 1600, features: 4, classes: 4).load().split(test: 0.5, seed: 1)
  let sorter = try Lesson(hidden: [32], epochs: 30).learn(shells)
  let (moons, others) = try Moons(samples: 1200, noise: 0.35).load().split(test: 0.5, seed: 1)
  let teller = try Lesson(hidden: [16], epochs: 40).learn(moons)
  let sine = try SineCurve(samples: 120, noise: 0.15).load()
  let wave = try Lesson(hidden: [16, 16], optimizer: Adam(learningRate: 0.01), epochs: 300).learn(sine)
  let (friedman, held) = try Friedman1(samples: 800, noise: 1).load().split(test: 0.5, seed: 1)
  let regression = try Lesson(hidden: [32], optimizer: Adam(learningRate: 0.01), epochs: 100).learn(friedman)
  return [
    Exhibit("confusion", try ConfusionMatrixPlot(of: sorter, on: unseen)),
    Exhibit("roc", try ROCCurve(of: sorter, on: unseen)),
    Exhibit("precision_recall", try PrecisionRecallCurve(of: teller, on: others)),
    Exhibit("calibration", try CalibrationCurve(of: teller, on: others)),
    Exhibit("fit", try RegressionFit(of: wave, on: sine)) { $0.subtitle = "epoch 300 · Adam 0.01 · seed 1" },
    Exhibit("residuals", try ResidualPlot(of: regression, on: held)),
  ]
}
