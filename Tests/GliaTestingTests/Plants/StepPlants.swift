extension Plant {
  /// Faults in what a training step consists of: layers, optimizers, transforms, constraints and callbacks.
  static let steps: [Plant] =
    Plant.all([
      "too much state": "state",
      "last forgotten": "every parameter moves; parameter order; Rosenbrock function",
      "one of five forgotten": "convergence; every parameter moves; parameter order",
      "one velocity": "parameter order",
      "neighbor's velocity": "descent; parameter order; Rosenbrock function",
      "setting": "settings have an effect",
      "uphill": "descent; Rosenbrock function",
      "nothing": "descent; convergence; uses the step's rate",
      "own rate": "uses the step's rate; Rosenbrock function",
      "rate squared": "uses the step's rate",
      "rate's root": "uses the step's rate",
      "remembers": "resumes from its state",
      "drifts": "zero gradient",
      "jitters": "same bits",
      "explodes": "stays at the minimum; Rosenbrock function",
      "tires": "convergence; Rosenbrock function",
      "nan": "sizes",
      "another step": "step",
      "reaches": "declared tensors",
      "decays": "zero gradient; Rosenbrock function",
    ]) { PlantedOptimizer($0) }
    + Plant.all([
      "too much state": "state",
      "setting": "settings have an effect",
      "grows": "size",
      "turns": "descent",
      "zero": "descent",
      "sums": "size",
      "remembers": "same key, same bits",
      "nan": "extremes; new random numbers",
      "weights": "extremes; new random numbers",
      "reaches": "declared tensors",
    ]) { PlantedTransform($0) }
    + Plant.all([
      "shrinks": "idempotence; nearest point",
      "beyond": "nearest point",
      "mirrored": "nearest point",
      "noise": "same bits",
      "remembers": "same bits",
      "nan": "nearest point; extremes",
      "setting": "settings have an effect",
    ]) { PlantedConstraint($0) }
    + Plant.all([
      "too wide": "outputs",
      "resolved": "resolved",
      "state": "state",
      "setting": "settings have an effect",
      "inference": "gradient of the input, in inference; gradient of weight, in inference",
      "last sample first": "batch of one",
      "remembers": "same key, same bits",
      "position": "batch of one",
      "last sample missing": "gradient of weight, in training; gradient of weight, in inference",
      "bias averaged": "gradient of bias, in training; gradient of bias, in inference",
      "bias overwritten": "gradient of bias, in training; gradient of bias, in inference",
      "batch of one": "gradient of the input, in training",
      "weight missing": "gradient of the input, in training; gradient of the input, in inference",
      "input gradient added":
        "gradient of the input, in training; writes gradients; gradient of the input, in inference",
      "input gradient half":
        "gradient of the input, in training; writes gradients; gradient of the input, in inference",
      "needs input gradient": "without input gradient",
    ]) { PlantedLayer($0) }
    + Plant.all([
      "unannounced": "files",
      "remembers": "same epochs, same result",
      "replay skipped": "resumes",
      "begins twice": "resumes",
      "replay written": "resumes",
    ]) { PlantedCallback($0) }
}
