import Foundation
import Glia
import Testing

extension ToolTests {
  /// Typical CSV files on the command line.
  @Suite struct TableTests {
    private func experiment(
      _ data: String, layers: String = #"{"type": "dense", "units": 1}"#, loss: String = "mean_squared_error",
      metrics: String = #", "metrics": ["r2_score"]"#, epochs: Int = 200, rate: Double = 0.05, split: String = ""
    ) -> String {
      """
      {"data": {"type": "csv", "path": "d.csv", \(data)}, "network": {"layers": [\(layers)]}\(split), "training": {
        "loss": "\(loss)", "optimizer": {"type": "adam", "learning_rate": \(rate)}, "epochs": \(epochs), "seed": 1\(metrics)}}
      """
    }

    @discardableResult
    private func train(_ place: Workplace, _ text: String, _ experiment: String) throws -> Workplace.Outcome {
      try place.write(text, to: "d.csv")
      try place.write(experiment, to: "e.json")
      return try place.glia("train", "e.json", "--quiet", "--no-plots", "--output", "o")
    }

    private func value(_ name: String, of run: Workplace.Outcome) throws -> Double {
      let line = try #require(run.lines.first { $0.hasPrefix(name + " ") }, "\(run)")
      return try #require(line.split(separator: " ").last.flatMap { Double($0) })
    }

    @Test("an invalid row costs only its own prediction, unless --strict is given")
    func invalidRows() throws {
      let place = try Workplace()
      let rows = (0..<40).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),\(2 * $0)\n" }.joined()
      try train(
        place, "x,c,y\n" + rows,
        experiment(#""target": "y", "standardize": true, "categories": ["c"], "unknown": "ignore""#, epochs: 1))
      try place.write("c,x\na,1\nb,?\n\"b\"\nc,3\nb,4\n", to: "new.csv")
      let run = try place.run(place.glia, ["predict", "o", "--data", "new.csv", "--output", "p.csv"])
      let lines = try place.text("p.csv").split(separator: "\n", omittingEmptySubsequences: false)
      #expect(
        run.status == 0 && lines.count == 7 && lines[0] == "y" && lines[2].isEmpty && lines[3].isEmpty, "\(lines)")
      #expect([1, 4, 5].allSatisfy { Double(lines[$0]) != nil }, "\(lines)")
      #expect(
        run.errors == """
          note: no prediction for row 2: the missing value '?' (new.csv:3, column 'x')
          note: no prediction for row 3: a row with 1 cell (new.csv:4)
          note: 2 of 5 rows without a prediction; --strict rejects such files
          note: 1 value of 'c' is not in the training data, such as 'c'

          """, "\(run.errors)")
      #expect(try place.run(place.glia, ["predict", "o", "--data", "new.csv", "--strict"]).status == 65)
      try place.write("c,x\na,?\n", to: "none.csv")
      #expect(try place.run(place.glia, ["predict", "o", "--data", "none.csv"]).status == 65)
    }

    @Test("inspect shows what a table contains")
    func inspect() throws {
      let place = try Workplace()
      try place.write("size,color\n1,red\n2,green\n4,red\n?,red\n", to: "t.csv")
      let run = try place.run(place.glia, ["inspect", "t.csv"])
      #expect(
        run.output == """

          t.csv: 4 rows, 2 columns, separated by ','

            column  kind      missing  values  range   distribution
            ───────────────────────────────────────────────────────────────
            size    number          1       3  1 to 4  █  █     █
            color   category                2          red 75 %, green 25 %

            likely target: color (2 classes: red 75 %, green 25 %)


          """, "\(run.output)")
      #expect(run.status == 0 && run.errors.isEmpty)
      let json = try JSON(parsing: place.run(place.glia, ["inspect", "t.csv", "--json"]).output)
      #expect(json["rows"] == 4 && json["columns"]?[0]?["missing"] == 1 && json["likely_target"] == "color")
      #expect(try place.run(place.glia, ["inspect", "none.csv"]).status == 66)
    }

    @Test("init writes an experiment that trains well at once", arguments: [true, false])
    func starts(isRegression: Bool) throws {
      let place = try Workplace()
      let rows = (0..<200).map { i in
        let (x, c) = (Double(i * 37 % 200) / 20, ["red", "green", ""][i % 3])
        let y = isRegression ? "\(3 * x + (c == "red" ? 10 : 0))" : x + (c == "red" ? 4 : 0) > 6 ? "yes" : "no"
        return "\(i),\(i % 50 == 7 ? "NA" : "\(x)"),\(c),same,\(y)\n"
      }
      try place.write("id,x,color,constant,y\n" + rows.joined(), to: "t.csv")
      let run = try place.run(place.glia, ["init", "t.csv", "--target", "y"])
      #expect(
        run.status == 0 && run.output.contains("t.json:") && run.output.contains("id (numbers the rows)"), "\(run)")
      #expect(
        run.output.contains("constant (always the same)") && run.output.contains("cells are missing in x"), "\(run)")
      #expect(run.errors.isEmpty && run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
      let experiment = try JSON(parsing: place.text("t.json"))
      #expect(experiment["data"]?["categories"] == ["color"] && experiment["data"]?["ignore"] == ["id", "constant"])
      #expect(experiment["data"]?["missing"] == "mean" && experiment["data"]?["path"] == "t.csv")
      // 200 rows, of which 160 train: 30,000 / 160 epochs, and a penalty of 4 / 160 or 3 / 160.
      let training = experiment["training"]
      #expect(training?["epochs"] == 187 && training?["schedule"]?["steps"] == 187 && training?["batch_size"] == 16)
      let layers = experiment["network"]?["layers"]
      #expect(layers?[1]?["units"] == 64 && layers?[1]?["regularizer"]?["strength"] == (isRegression ? 0.03 : 0.02))
      let trained = try place.glia("train", "t.json", "--quiet", "--no-plots", "--output", "o", "--seed", "1")
      #expect(trained.status == 0, "\(trained)")
      let report = try JSON(parsing: place.text("o/report.json"))
      let name = isRegression ? "r2_score" : "accuracy"
      #expect(report["test"]?[name]?.double ?? 0 > 0.9, "\(report.compact)")
      // A second time, the file is kept.
      #expect(try place.run(place.glia, ["init", "t.csv", "--target", "y"]).status == 64)
      let wrong = try place.run(place.glia, ["init", "t.csv", "--target", "colour", "--output", "u.json"])
      #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'color'?"), "\(wrong)")
    }

    @Test("init writes experiments for tables of ten rows, with rare classes, and with many columns")
    func startsWithUnusualTables() throws {
      let place = try Workplace()
      let tables = [
        "x,y\n" + (0..<10).map { "\($0 * $0),\(150 + min($0, 8))\n" }.joined(),
        "x,y\n" + (0..<100).map { "\($0 * $0),\($0 % 50 == 7 ? "rare\($0)" : $0 < 50 ? "low" : "high")\n" }.joined(),
        (0..<40).map { "constant_\($0)," }.joined() + (0..<40).map { "x\($0)," }.joined() + "y\n"
          + (0..<800).map { row in
            String(repeating: "1,", count: 40) + (0..<40).map { "\(row * (2 * $0 + 3) % 97)," }.joined()
              + "\(["a", "b", "c"][row % 97 / 33])\n"
          }.joined(),
        "x,y\n" + (0..<30).map { "\($0 * $0),text \($0)\n" }.joined(),
      ]
      for (index, table) in tables.enumerated() {
        try place.write(table, to: "t\(index).csv")
        let run = try place.run(place.glia, ["init", "t\(index).csv", "--target", "y"])
        #expect(run.status == 0 && run.errors.isEmpty && run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
        let trained = try place.glia(
          "train", "t\(index).json", "--quiet", "--no-plots", "--output", "o", "--epochs", "2")
        #expect(trained.status == 0, "\(trained)")
      }
      // Nine weights in ten rows are no classes.
      #expect(try JSON(parsing: place.text("t0.json"))["training"]?["loss"] == "mean_squared_error")
      // A class of one row remains in the training part; thirty of them leave no test part.
      #expect(try JSON(parsing: place.text("t1.json"))["split"] == ["test": 0.2, "stratify": true])
      #expect(try JSON(parsing: place.text("t3.json"))["split"] == [:])
      let wide = try JSON(parsing: place.text("t2.json"))
      #expect(wide["split"]?["stratify"] == true && wide["network"]?["layers"]?[1]?["type"] == "dropout")
      #expect(wide["data"]?["ignore"]?[39] == "constant_39")
      try place.write("x,y\n" + (0..<1_001).map { "\($0 * $0),text \($0)\n" }.joined(), to: "texts.csv")
      let texts = try place.run(place.glia, ["init", "texts.csv", "--target", "y"])
      #expect(texts.status == 65 && texts.errors.contains("more than 1,000 texts"), "\(texts)")
    }

    @Test func timeStampsKeepTheirDigits() throws {
      let place = try Workplace()
      let rows = (0..<100).map { "\(1_700_000_000 + $0),\(Double($0) / 100)\n" }.joined()
      let run = try train(place, "t,y\n" + rows, experiment(#""target": "y", "standardize": true"#, epochs: 300))
      #expect(run.status == 0 && !run.errors.contains("warning"), "\(run)")
      let predictions = try place.glia("predict", "o/model.safetensors", "--data", "d.csv")
      #expect(Set(predictions.lines.dropFirst()).count == 100)
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "d.csv")
      #expect(try value("r2_score", of: evaluation) > 0.999_999)
      let unscaled = try train(place, "t,y\n" + rows, experiment(#""target": "y""#, epochs: 1))
      #expect(unscaled.errors.contains("'t' has 100 distinct values, of which only 2 are left"), "\(unscaled)")
    }

    @Test func largeTargetsAreLearnedOnceStandardized() throws {
      let place = try Workplace()
      let rows = (0..<200).map { "\(Double($0) / 200),\(200_000 + 300_000 * $0 / 200),\(-5 - Double($0))\n" }.joined()
      let run = try train(
        place, "x,y,z\n" + rows,
        experiment(
          #""target": ["y", "z"], "standardize": true, "standardize_targets": true"#,
          layers: #"{"type": "dense", "units": 2}"#, split: #", "split": {"test": 0.2}"#))
      #expect(run.status == 0, "\(run)")
      let tensors = try SafeTensors(contentsOf: place.path("o/model.safetensors")).tensors
      #expect(abs(try #require(tensors["target.mean"]).values[0] - 350_000) < 20_000)
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "d.csv")
      #expect(try value("r2_score", of: evaluation) > 0.999)
      let predictions = try place.glia("predict", "o/model.safetensors", "--data", "d.csv")
      let last = try #require(predictions.lines.last).split(separator: ",").compactMap { Double($0) }
      #expect(abs(last[0] - 498_500) < 2_000 && abs(last[1] + 204) < 1)
      let report = try place.text("o/report.json")
      #expect(report.contains("\"standardize_targets\": true"))
      #expect(try place.glia("plot", "residuals", "o", "--output", "r.png").status == 0)
    }

    @Test func targetsFarFromZeroKeepTheirDigits() throws {
      let place = try Workplace()
      // y = 10⁹ + 10 cos(x / 3), which a line cannot fit.
      let rows = (0..<200).map { "\(Double($0 * 7 % 41) / 10),\(1e9 + 10 * cos(Double($0 * 7 % 41) / 3))\n" }.joined()
      let run = try train(
        place, "x,y\n" + rows,
        experiment(
          #""target": "y", "standardize": true, "standardize_targets": true"#,
          metrics: #", "metrics": ["r2_score", "mean_absolute_error"]"#))
      #expect(run.status == 0, "\(run)")
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "d.csv")
      let predictions = try place.glia("predict", "o/model.safetensors", "--data", "d.csv").lines.dropFirst()
        .compactMap(Double.init)
      let wanted = (0..<200).map { 1e9 + 10 * cos(Double($0 * 7 % 41) / 3) }
      let error = zip(predictions, wanted).reduce(0) { $0 + abs($1.0 - $1.1) } / 200
      let squares = zip(predictions, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let mean = wanted.reduce(0, +) / 200
      let fit = 1 - squares / wanted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(Set(predictions).count == 41 && error > 1)
      #expect(abs(try value("mean_absolute_error", of: evaluation) - error) < 1e-4, "\(evaluation) \(error)")
      #expect(abs(try value("r2_score", of: evaluation) - fit) < 1e-4, "\(evaluation) \(fit)")
    }

    @Test func standardizedTargetsHaveNoMeaningForClasses() throws {
      let run = try train(
        Workplace(), "x,y\n1,a\n2,b\n",
        experiment(#""target": "y", "standardize_targets": true"#, loss: "binary_crossentropy", metrics: ""))
      #expect(run.status == 65 && run.errors.contains("standardize_targets cannot be used for classes"), "\(run)")
    }

    @Test(arguments: ["poisson", "mean_squared_logarithmic_error", "mape"])
    func standardizedTargetsHaveNoMeaningForSomeLosses(loss: String) throws {
      let run = try train(
        Workplace(), "x,y\n1,2\n2,3\n",
        experiment(#""target": "y", "standardize_targets": true"#, loss: loss, metrics: ""))
      #expect(run.status == 65 && run.errors.contains("standardize_targets cannot be used with"), "\(run)")
    }

    @Test func stratifyHasNoMeaningForARegression() throws {
      let rows = (0..<50).map { "\($0),\(Double($0) / 7)\n" }.joined()
      for split in [#"{"test": 0.2, "stratify": true}"#, #"{"type": "k_fold", "stratify": true}"#] {
        let run = try train(Workplace(), "x,y\n" + rows, experiment(#""target": "y""#, split: ", \"split\": \(split)"))
        #expect(run.status == 65 && run.errors.contains("stratify cannot be used for a regression target"), "\(run)")
      }
    }

    /// One step of gradient descent from weights of 0: softmax gives 1/3 each, and the bias moves to t - 1/3.
    @Test func probabilitiesAreLearnedFrom() throws {
      let place = try Workplace()
      let description = experiment(
        #""target": ["a", "b", "c"]"#,
        layers: #"{"type": "dense", "units": 3, "activation": "softmax", "initializer": "zeros"}"#,
        loss: "categorical_crossentropy", metrics: "", epochs: 1
      )
      .replacing(#""adam", "learning_rate": 0.05"#, with: #""sgd", "learning_rate": 1"#)
      let run = try train(place, "x,a,b,c\n0,0.2,0.3,0.5\n", description)
      #expect(run.status == 0, "\(run)")
      let bias = try #require(SafeTensors(contentsOf: place.path("o/model.safetensors")).tensors["layers.0.bias"])
      let expected: [Double] = [-2.0 / 15, -1.0 / 30, 1.0 / 6]
      for (value, right) in zip(bias.values, expected) { #expect(abs(Double(value) - right) < 1e-6) }
      let predictions = try place.glia("predict", "o/model.safetensors", "--data", "d.csv")
      #expect(predictions.lines[0] == "class,p_a,p_b,p_c" && predictions.lines[1].hasPrefix("c,"))
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "d.csv")
      #expect(try value("accuracy", of: evaluation) == 1)
      #expect(try place.glia("plot", "confusion", "o", "--data", "d.csv", "--output", "c.png").status == 0)
      let bad = try train(place, "x,a,b,c\n0,0.2,0.3,0.6\n", description)
      #expect(bad.status == 65 && bad.errors.contains("sum to 1.1"), "\(bad)")
    }

    @Test func leadingZerosAreKeptFromTrainingToPrediction() throws {
      let place = try Workplace()
      let rows = (0..<30).map { "\($0),\(["007", "012", "A1"][$0 / 10])\n" }.joined()
      let classifier = experiment(
        #""target": "y", "standardize": true"#, layers: #"{"type": "dense", "units": 3, "activation": "softmax"}"#,
        loss: "sparse_categorical_crossentropy", metrics: "")
      #expect(try train(place, "x,y\n" + rows, classifier).status == 0)
      try place.write("x,y\n1,007\n12,012\n", to: "t.csv")
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "t.csv")
      #expect(try value("accuracy", of: evaluation) == 1)
      #expect(try place.glia("predict", "o/model.safetensors", "--data", "t.csv").lines[1].hasPrefix("007,"))
      try place.write("x,y\n1,13\n", to: "u.csv")
      let unknown = try place.glia("evaluate", "o/model.safetensors", "--data", "u.csv")
      #expect(unknown.status == 65 && unknown.errors.contains("class '13' is unknown"), "\(unknown)")
    }

    @Test func categoriesOfManyValuesAreRefusedBeforeMemoryIsTaken() throws {
      let rows = (0..<40_000).map { "user\($0 % 20_000),\($0 % 2)\n" }.joined()
      let run = try train(
        Workplace(), "u,y\n" + rows, experiment(#""target": "y", "categories": ["u"]"#, epochs: 1))
      #expect(run.status == 65 && run.errors.contains("category 'u' has 20000 values in 40000 rows"), "\(run)")
      #expect(run.errors.contains("embedding"))
    }

    @Test func rowsLeftOutAreTold() throws {
      let place = try Workplace()
      let run = try train(
        place, "a,y\n1,0\n,1\n3,1\nNA,0\n", experiment(#""target": "y", "missing": "drop""#, epochs: 1))
      #expect(run.errors.contains("2 of 4 rows dropped: missing in a 2"), "\(run)")
      let evaluation = try place.glia("evaluate", "o/model.safetensors", "--data", "d.csv")
      #expect(evaluation.errors.contains("2 of 4 rows dropped"), "\(evaluation)")
    }
  }
}
