import Testing

extension ToolTests {
  @Suite struct ForkTests {
    private func trained() throws -> Workplace {
      let place = try Workplace()
      try place.write(Examples.moons, to: "moons.json")
      try place.glia("train", "moons.json", "--output", "first", "--no-plots", "--quiet")
      return place
    }

    private func fork(_ place: Workplace, _ output: String, _ more: String...) throws -> Workplace.Outcome {
      try place.run(
        place.glia,
        [
          "train", "moons.json", "--output", output, "--no-plots", "--quiet", "--set", "network.layers.0.units=4",
          "--learning-rate", "0.01",
        ] + more)
    }

    @Test func changedSettingsKeepWhatFits() throws {
      let place = try trained()
      let run = try fork(place, "whole", "--epochs", "6", "--fork", "first/checkpoint.safetensors")
      #expect(run.status == 0, "\(run)")
      for line in [
        "note: forked after 4 epochs; kept 1 of 4 tensors", "  changed:   network.layers.0.units 3 → 4",
        "  changed:   training.optimizer.learning_rate 0.001 → 0.01", "  changed:   training.epochs 4 → 6",
        "  kept:      layers.1.bias", "  optimizer: layers.1.bias",
        "  dropped:   layers.0.weight [3, 2], layers.0.bias [3], layers.1.weight [1, 3]",
        "  new:       layers.0.weight [4, 2], layers.0.bias [4], layers.1.weight [1, 4]",
      ] {
        #expect(run.errors.contains(line + "\n"), "\(line) is not in\n\(run)")
      }
      let epochs = try place.text("whole/history.csv").split(separator: "\n").dropFirst().map {
        $0.prefix { $0 != "," }
      }
      #expect(epochs == ["1", "2", "3", "4", "5", "6"])

      _ = try fork(place, "parts", "--epochs", "3", "--fork", "first/checkpoint.safetensors")
      let rest = try fork(place, "parts", "--epochs", "6", "--resume", "parts/checkpoint.safetensors")
      #expect(rest.status == 0, "\(rest)")
      #expect(try place.bytes("parts/model.safetensors") == place.bytes("whole/model.safetensors"))
    }

    @Test func resumingWithOtherSettingsNamesTheOption() throws {
      let place = try trained()
      let run = try fork(place, "other", "--resume", "first/checkpoint.safetensors")
      #expect(run.status == 65 && run.errors.contains("--fork"), "\(run)")
    }

    @Test(arguments: [
      ["--resume", "c"], ["--initial-weights", "c"], ["--folds", "2"], ["--ensemble", "2"],
    ])
    func otherStartsExcludeIt(_ options: [String]) throws {
      let place = try Workplace()
      let run = try place.run(place.glia, ["train", "moons", "--fork", "c"] + options)
      #expect(run.status == 64 && run.errors.contains("mutually exclusive"), "\(run)")
    }

    @Test func aModelIsNoCheckpoint() throws {
      let place = try trained()
      let run = try place.glia("train", "moons.json", "--fork", "first/model.safetensors")
      #expect(run.status == 65 && run.errors.contains("not a checkpoint"), "\(run)")
    }
  }
}
