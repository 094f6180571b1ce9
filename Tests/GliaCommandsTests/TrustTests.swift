import Foundation
import GliaCore
import Testing

extension ToolTests {
  /// Trustworthy results, and warnings about what cannot work, on small inputs that often cause errors elsewhere.
  @Suite struct TrustTests {
    let place = try? Workplace()

    /// Writes `e.json` for a CSV file with `rows`, and trains it.
    private func train(
      _ header: String, _ rows: [String], layers: String, loss: String = "binary_crossentropy",
      optimizer: String = "{\"type\": \"adam\", \"learning_rate\": 0.05}", training: String = "\"epochs\": 20",
      split: String = "null", data: String = "", _ options: String...
    ) throws -> Workplace.Outcome {
      let place = try #require(place)
      try place.write(([header] + rows).joined(separator: "\n") + "\n", to: "d.csv")
      try place.write(
        """
        {"data": {"type": "csv", "path": "d.csv", "target": "y"\(data)}, "split": \(split), "network": {"layers": [\(layers)]},
         "training": {"loss": "\(loss)", "optimizer": \(optimizer), "seed": 1, \(training)}}
        """, to: "e.json")
      return try place.run(place.glia, ["train", "e.json", "--no-plots", "--output", "o"] + options)
    }

    private let hidden = "{\"type\": \"dense\", \"units\": 8, \"activation\": \"tanh\"}, "
    private func dense(_ units: Int, _ activation: String = "linear") -> String {
      "{\"type\": \"dense\", \"units\": \(units), \"activation\": \"\(activation)\"}"
    }

    private func report() throws -> JSON { try JSON(parsing: #require(place).text("o/report.json")) }

    @Test("Adam handles a squared gradient of 1e40")
    func largeGradients() throws {
      let run = try train(
        "x,y", ["1e+20,b", "2e+20,b", "-1e+20,a", "-2e+20,a"],
        layers: "{\"type\": \"dense\", \"units\": 1, \"activation\": \"sigmoid\", \"initializer\": \"zeros\"}",
        optimizer: "{\"type\": \"adam\", \"learning_rate\": 1e-21}", training: "\"epochs\": 200")
      // Adam in double precision, and PyTorch's Adam in single precision.
      let loss = try #require(try report()["train"]?["loss"]?.double)
      #expect(run.status == 0 && abs(loss - 0.00716) < 1e-4, "\(run)")
    }

    @Test("batch normalization: one sample gives a warning; after 40 steps, evaluation matches training")
    func batchNorm() throws {
      let norm = "{\"type\": \"batch_norm\"}, "
      let alone = try train(
        "a,b,y", (0..<33).map { "\(0.1 * Double($0)),\(($0 * 7) % 10),\($0 % 2 == 0 ? "a" : "b")" },
        layers: hidden + norm + dense(1, "sigmoid"), training: "\"epochs\": 5, \"batch_size\": 1")
      #expect(alone.status == 0 && alone.errors.contains("warning: batch_norm over a batch of one sample"), "\(alone)")
      let rows = (0..<60).map {
        "\(100 + Double(($0 * 37) % 19) / 10),\(-40 + Double(($0 * 11) % 17) / 10),\(($0 * 37) % 19 < 9 ? "p" : "q")"
      }
      let few = try train(
        "a,b,y", rows, layers: norm + hidden + dense(1, "sigmoid"),
        training: "\"epochs\": 20, \"metrics\": [\"accuracy\"]",
        split: "{\"validation\": 0.2, \"seed\": 1}")
      let accuracy = try #require(try report()["train"]?["accuracy"]?.double)
      let history = try #require(place).text("o/history.csv").split(separator: "\n")
      let trained = try #require(history.last?.split(separator: ",")[4])
      #expect(
        few.status == 0 && abs(accuracy - (Double(String(trained)) ?? 0)) < 0.1, "\(accuracy), in training \(trained)")
    }

    @Test("a monitored value that is always NaN does not stop training, with a warning")
    func monitor() throws {
      let run = try train(
        "x,y", (0..<40).map { "\(Double($0) / 40),\($0 % 20 == 19 ? "b" : "a")" }, layers: hidden + dense(1, "sigmoid"),
        training: """
          "epochs": 30, "metrics": ["roc_auc"],
          "callbacks": [{"type": "early_stopping", "monitor": "validation_roc_auc", "patience": 3}]
          """, split: "{\"validation\": 0.1, \"seed\": 1}")
      #expect(try report()["stopped"]?.string == "completed" && report()["epochs"]?.int == 30)
      #expect(
        run.errors.contains(
          "warning: validation_roc_auc was never a number, which early_stopping ignored: all 4 samples"),
        "\(run)")
    }

    @Test("early stopping restores the weights of the reported value and epoch")
    func bestEpoch() throws {
      let run = try train(
        "x,y", (0..<16).map { "\(Double($0) / 16),\(4 * Double($0) / 16)" }, layers: dense(1),
        loss: "mean_squared_error",
        optimizer: "{\"type\": \"sgd\", \"learning_rate\": 0.9}",
        training: """
          "epochs": 30, "batch_size": 16, "callbacks": [{"type": "early_stopping", "monitor": "loss", "patience": 2}]
          """)
      let history = try #require(place).text("o/history.csv").split(separator: "\n")
      let first = history[1].split(separator: ",")[2]
      #expect(try report()["best_epoch"]?.int == 0 && report()["train"]?["loss"]?.double == Double(String(first)))
      #expect(run.output.contains("weights    initial (loss "), "\(run)")
    }

    @Test("metrics use logits")
    func logits() throws {
      let place = try #require(place)
      var weights = SafeTensors()
      weights.tensors["layers.0.weight"] = try Tensor(shape: [1, 1], [1])
      weights.tensors["layers.0.bias"] = try Tensor(shape: [1], [0])
      try weights.write(to: place.path("init.safetensors"))
      _ = try train(
        "x,y", (0..<12).map { "\(18 + 2 * $0),\($0 < 6 ? 0 : 1)" }, layers: dense(1, "sigmoid"),
        optimizer: "{\"type\": \"sgd\", \"learning_rate\": 1e-30}",
        training: "\"epochs\": 1, \"metrics\": [\"roc_auc\", \"log_loss\"]", "--initial-weights",
        place.path("init.safetensors"))
      let run = try place.glia("evaluate", "o", "--data", "d.csv")
      #expect(run.lines.first == "loss 11.5" && run.lines.dropFirst().first == "roc_auc 1", "\(run)")
      #expect(run.lines.last?.hasPrefix("log_loss 11.5") == true, "\(run)")
      #expect(run.errors == "note: evaluated on the 12 samples of d.csv\n", "\(run)")
    }

    @Test("targets outside the range of the output, and losses outside their domain")
    func reach() throws {
      let far = try train(
        "x,y", (0..<50).map { "\(Double($0) / 50),\(3 * $0)" }, layers: hidden + dense(1, "sigmoid"),
        loss: "mean_squared_error")
      #expect(far.status == 0 && far.errors.contains("warning: sigmoid produces numbers from 0 to 1"), "\(far)")
      let counts = try train(
        "x,y", (0..<50).map { "\(Double($0) / 50),\($0 / 20)" }, layers: hidden + dense(1), loss: "poisson")
      #expect(counts.errors.contains("end the network with exponential or softplus"), "\(counts)")
    }

    @Test("control characters in a class name are made visible", arguments: ["train", "describe", "evaluate"])
    func escapes(command: String) throws {
      let place = try #require(place)
      let names = ["\"\u{1B}[31mred\"", "\"line1\nline2\"", "\"c\u{202E}d\u{9B}2J\""]
      var run = try train(
        "x1,\"\u{1B}]0;title\u{7}\",y", (0..<54).map { "\(Double($0) / 10),\($0 % 7),\(names[$0 % 3])" },
        layers: hidden + dense(command == "train" ? 1 : 3, command == "train" ? "sigmoid" : "softmax"),
        loss: command == "train" ? "binary_crossentropy" : "sparse_categorical_crossentropy", "--set",
        "name=\u{1B}[2Jbold")
      if command == "train" { #expect(run.status == 65) }
      if command != "train" {
        run = try place.run(place.glia, [command, "o"] + (command == "evaluate" ? ["--data", "d.csv"] : []))
      }
      for text in [run.output, run.errors] {
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
        #expect(!text.unicodeScalars.contains("\u{202E}") && !text.contains("line1\nline2"))
      }
    }

    @Test("a checkpoint depends on its data, not on their location")
    func checkpointData() throws {
      let place = try #require(place)
      let rows = (0..<40).map { "\(Double($0) / 10),\(Double(($0 * 7) % 10) / 10),\($0 % 3 == 0 ? "a" : "b")" }
      func train(_ rows: [String], header: String = "x1,x2,y", _ options: String...) throws -> Workplace.Outcome {
        try self.train(
          header, rows, layers: hidden + dense(1, "sigmoid"), training: "\"epochs\": 5",
          split: "{\"test\": 0.3, \"seed\": 1}")
      }
      #expect(try train(rows).status == 0)
      func resume(_ checkpoint: String) throws -> Workplace.Outcome {
        try place.glia(
          "train", "e.json", "--no-plots", "--output", "o2", "--epochs", "6", "--resume", checkpoint, "--quiet")
      }
      try FileManager.default.createDirectory(atPath: place.path("backup/2024"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: place.path("o/checkpoint.safetensors"), toPath: place.path("backup/2024/checkpoint.safetensors"))
      #expect(try resume("backup/2024/checkpoint.safetensors").status == 0)
      let table = try place.text("d.csv")
      for (changed, reason) in [
        (table + "9,9,a\n", "28 samples for training, not 29"),
        (table.replacingOccurrences(of: ",b\n", with: ",c\n"), "'b', not 'c'"),
        (table.replacingOccurrences(of: "x1,x2", with: "x2,x1"), "'x1', not 'x2'"),
        (table.replacingOccurrences(of: ",0.7,", with: ",0.8,"), "other values"),
      ] {
        try place.write(changed, to: "d.csv")
        let run = try resume("o/checkpoint.safetensors")
        #expect(run.status == 65 && run.errors.contains(reason), "\(run)")
      }
    }

    @Test("outputs that are not finite never give a class")
    func notFinite() throws {
      let place = try #require(place)
      _ = try train(
        "x,y", (0..<60).map { "\($0),\(["a", "b", "c"][$0 / 20])" },
        layers: "{\"type\": \"dense\", \"units\": 8, \"activation\": \"relu\"}, " + dense(3, "softmax"),
        loss: "sparse_categorical_crossentropy")
      try place.write("x\n1\n3e38\n-3e38\n", to: "t.csv")
      let run = try place.glia("predict", "o/model.safetensors", "--data", "t.csv", "--output", "p.csv")
      let lines = try place.text("p.csv").split(separator: "\n")
      #expect(
        run.status == 0 && run.errors.contains("no prediction for row 3: the outputs for row 3 are not finite"),
        "\(run)")
      #expect(lines.count == 4 && lines[1].hasPrefix("a,") && lines[2].hasPrefix("a,") && lines[3] == ",,,", "\(lines)")
      let strict = try place.run(place.glia, ["predict", "o", "--data", "t.csv", "--output", "q.csv", "--strict"])
      #expect(
        strict.status == 65 && strict.errors.contains("the outputs for row ") && !place.exists("q.csv"), "\(strict)")
    }

    @Test("plots and evaluations state which part of the data they use")
    func parts() throws {
      let place = try #require(place)
      for (split, words) in [
        ("split.test=0.25", "on the test set, 25 samples"),
        ("split.validation=0.2", "on the validation set, 20 samples: the experiment has no test set"),
        ("split.seed=3", "on the 100 samples the model was trained on"),
      ] {
        let none = ["--set", "split.test=0", "--set", "split.validation=0", "--set", split]
        let run = try place.run(
          place.glia,
          ["train", "moons", "--epochs", "2", "--set", "data.samples=100", "--no-plots", "--output", "o"] + none)
        #expect(run.status == 0, "\(run)")
        let report = try place.glia("evaluate", "o", "--data", "o/report.json")
        #expect(report.status == 0 && report.errors.contains("note: evaluated \(words)"), "\(report)")
        for kind in ["boundary", "confusion", "roc", "diagram", "units"] {
          #expect(try place.glia("plot", kind, "o", "--output", "\(kind).png").status == 0)
        }
      }
    }

    @Test("one input is plotted as a curve, and a category can be fixed at a value")
    func inputs() throws {
      let place = try #require(place)
      let rows = (0..<60).map {
        "\(Double($0) / 10),\(["red", "green"][$0 % 2]),\(($0 * 7) % 13),\($0 < 30 ? "p" : "q")"
      }
      _ = try train(
        "a,colour,c,y", rows, layers: hidden + dense(1, "sigmoid"), data: ", \"categories\": [\"colour\"]")
      let fixed = ["plot", "boundary", "o", "--features", "a,c", "--output", "b.png", "--fix"]
      #expect(try place.run(place.glia, fixed + ["colour=red"]).status == 0)
      let unknown = try place.run(place.glia, fixed + ["colour=gren"])
      #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'green'?"), "\(unknown)")
      let one = try train("a,y", (0..<40).map { "\($0),\($0 < 20 ? "p" : "q")" }, layers: hidden + dense(1, "sigmoid"))
      #expect(one.status == 0)
    }

    @Test("a classifier can be trained with the squared error", arguments: ["sigmoid", "tanh", "linear"])
    func squaredError(activation: String) throws {
      let place = try #require(place)
      let run = try place.glia(
        "train", "moons", "--loss", "mse", "--set", "network.layers.2.activation=\(activation)", "--no-plots",
        "--output",
        "o", "--epochs", "60", "--set", "data.samples=400")
      let accuracy = try #require(try report()["test"]?["accuracy"]?.double)
      #expect(run.status == 0 && accuracy > 0.8, "\(run)")
      try place.write("x1,x2\n0,1\n1,-0.5\n", to: "t.csv")
      let predicted = try place.glia("predict", "o", "--data", "t.csv")
      #expect(predicted.lines.first?.hasPrefix("class,") == true, "\(predicted)")
      #expect(predicted.lines.dropFirst().map { $0.prefix(2) } == ["0,", "1,"], "\(predicted)")
    }

    @Test("three classes with the squared error have one output each; other numbers of outputs are rejected")
    func squaredErrorOfThree() throws {
      let rows = (0..<60).map { "\(Double($0) / 30 - 1),\(["a", "b", "c"][$0 / 20])" }
      let three = try train(
        "x,y", rows, layers: hidden + dense(3, "sigmoid"), loss: "mean_squared_error", training: "\"epochs\": 200")
      let accuracy = try #require(try report()["train"]?["accuracy"]?.double)
      #expect(three.status == 0 && accuracy > 0.9, "\(three)")
      let two = try train("x,y", rows, layers: hidden + dense(2, "sigmoid"), loss: "mean_squared_error")
      #expect(two.status == 65 && two.errors.contains("2 outputs for 3 classes"), "\(two)")
      let numbers = try train(
        "x,y", (0..<40).map { "\($0),\($0 % 2)" }, layers: dense(1, "sigmoid"), loss: "mean_squared_error")
      #expect(numbers.output.contains("mean_absolute_error"), "\(numbers)")
      let asked = try train(
        "x,y", (0..<40).map { "\($0),\($0 % 2)" }, layers: dense(1, "sigmoid"), loss: "mean_squared_error",
        training: "\"epochs\": 2, \"metrics\": [\"accuracy\"]")
      #expect(asked.status == 0 && asked.output.contains("accuracy"), "\(asked)")
    }

    @Test("misspelled commands and invalid rates")
    func nearlyRight() throws {
      let place = try #require(place)
      let command = try place.glia("trian", "moons")
      #expect(command.status == 64 && command.errors.contains("did you mean 'train'?"), "\(command)")
      let rate = try place.glia(
        "train", "moons", "--optimizer", "sgd:0.5", "--epochs", "1", "--no-plots", "--output", "o")
      #expect(rate.status == 0 && rate.output.contains("sgd(learning_rate 0.5)"), "\(rate)")
      let short = try place.glia("train", "moons", "--lr", "0.25", "--epochs", "1", "--no-plots", "--output", "o")
      #expect(short.status == 0 && short.output.contains("learning_rate 0.25"), "\(short)")
    }

    @Test("means over folds exclude undefined values, with a note")
    func folds() throws {
      let rows = (0..<12).map { "\($0),\($0 == 3 || $0 == 8 ? "b" : "a")" }
      let run = try train(
        "x,y", rows, layers: dense(1, "sigmoid"), training: "\"epochs\": 2, \"metrics\": [\"roc_auc\"]", "--folds", "4")
      #expect(run.status == 0 && run.output.contains("roc_auc has no value in fold"), "\(run)")
      let mean = try #require(run.lines.first { $0.contains("mean ") })
      #expect(!mean.contains("nan"), "\(run)")
    }
  }
}
