import Glia
import Testing

@Suite("Training settings in JSON")
struct TrainingSettingsTests {
  private func experiment(_ training: String = "", layer: String = "") throws -> Experiment {
    try Experiment(
      from: JSON(
        parsing: """
          {
            "data": {"type": "moons", "samples": 40},
            "network": {"layers": [
              {"type": "dense", "units": 3, "activation": "tanh"\(layer)}, {"type": "dense", "units": 1, "activation": "sigmoid"}
            ]},
            "training": {"loss": "binary_crossentropy", "optimizer": "adam", "epochs": 2\(training)}
          }
          """), with: .standard)
  }

  private let full = """
    , "transforms": [{"type": "clip_by_norm", "norm": 2}, "ema", {"type": "accumulation", "steps": 2}],
    "augmentations": ["mixup", {"type": "noise", "stddev": 0.2}],
    "groups": [{"tensors": ["layers.0"], "trainable": false},
      {"tensors": ["layers.0.bias", "layers.1"], "optimizer": {"type": "sgd", "learning_rate": 0.5}}]
    """
  private let layer = """
    , "constraint": {"type": "max_norm", "limit": 3}, "bias_constraint": "non_negative", "activity_regularizer": "l2"
    """

  @Test("transforms, augmentations, groups, constraints and activity regularization")
  func read() throws {
    let read = try experiment(full, layer: layer)
    let training = read.training
    #expect((training.transforms[0] as? ClipByNorm)?.norm == 2)
    #expect(training.transforms[1] is ExponentialAverage)
    #expect((training.transforms[2] as? Accumulation)?.steps == 2)
    #expect(training.augmentations[0] is Mixup && (training.augmentations[1] as? Noise)?.stddev == 0.2)
    #expect(training.groups.map(\.trainable) == [false, true])
    #expect(training.groups.map(\.tensors) == [["layers.0"], ["layers.0.bias", "layers.1"]])
    #expect(training.groups[1].optimizer?.learningRate == 0.5)
    let dense = try #require(read.network.layers[0] as? Dense)
    #expect((dense.constraint as? MaxNorm)?.limit == 3 && dense.biasConstraint is NonNegative)
    #expect(dense.activityRegularizer is L2)
  }

  @Test("are written and read back, and work in training")
  func roundTrip() throws {
    let written = try experiment(full, layer: layer).json()
    #expect(try Experiment(from: written, with: .standard).json() == written)
    var training = try Preparation(Experiment(from: written, with: .standard), with: .standard).begin()
    let before = training.network.tensors.map(\.tensor)
    try training.fit()
    let after = training.network.tensors.map(\.tensor)
    #expect(zip(before, after).map { $0 == $1 } == [true, false, false, false])
    #expect(training.history.allSatisfy { $0.penalty > 0 })
  }

  @Test("a single nested setting can be changed")
  func set() throws {
    let changed = try experiment(full).setting("training.transforms.0.norm", to: 5, with: .standard)
      .setting("training.groups.1.optimizer.learning_rate", to: 0.25, with: .standard)
    #expect((changed.training.transforms[0] as? ClipByNorm)?.norm == 5)
    #expect(changed.training.groups[1].optimizer?.learningRate == 0.25)
  }

  @Test(
    "errors are reported with their path",
    arguments: [
      (", \"transforms\": \"clip_by_norm\"", "training.transforms"),
      (", \"transforms\": [\"clip_by_nrm\"]", "training.transforms.0"),
      (", \"transforms\": [\"ema\", {\"type\": \"clip_by_norm\", \"norm\": 0}]", "training.transforms.1.norm"),
      (", \"groups\": [{\"tensors\": [\"layers.0\"], \"frozen\": true}]", "training.groups.0.frozen"),
      (", \"groups\": [{\"trainable\": false}]", "training.groups.0.tensors"),
      (", \"groups\": [{\"tensors\": \"layers.0\"}]", "training.groups.0.tensors"),
      (", \"groups\": {\"tensors\": [\"layers.0\"]}", "training.groups"),
      (", \"augmentations\": [{\"type\": \"noise\", \"stddev\": -1}]", "training.augmentations.0.stddev"),
    ])
  func mistakes(text: String, place: String) {
    let error = #expect(throws: GliaError.self) { _ = try experiment(text) }
    #expect(error?.place == place, "\(error.map(String.init(describing:)) ?? "")")
  }
}
