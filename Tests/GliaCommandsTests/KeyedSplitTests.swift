import Glia
import Testing

extension ToolTests {
  /// Splits by the columns of a table, and separate test files.
  @Suite struct KeyedSplitTests {
    private static let visits = (0..<24).map { row in
      "p\(row % 6),2024-01-\(row < 9 ? "0" : "")\(row + 1),\(row % 5),\(row * row % 7),\(row % 5 > 2 ? "ill" : "well")"
    }

    private func workplace(_ split: String, target: String = "state", loss: String = "binary_crossentropy") throws
      -> Workplace
    {
      let place = try Workplace()
      try place.write((["patient,date,a,b,state"] + Self.visits).joined(separator: "\n") + "\n", to: "visits.csv")
      let ignored = target == "state" ? "" : #", "ignore": ["state"]"#
      try place.write(
        """
        {
          "data": {"type": "csv", "path": "visits.csv", "target": "\(target)", "standardize": true\(ignored)},
          "split": \(split),
          "network": {"layers": [
            {"type": "dense", "units": 1, "activation": "\(target == "state" ? "sigmoid" : "linear")"}]},
          "training": {"loss": "\(loss)", "optimizer": "adam", "epochs": 2}
        }
        """, to: "e.json")
      return place
    }

    private func train(_ place: Workplace, _ more: String...) throws -> Workplace.Outcome {
      try place.run(place.glia, ["train", "e.json", "--output", "out", "--no-plots", "--quiet"] + more)
    }

    private func table(_ text: String) -> [[String]] {
      text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }

    @Test func groupsAndTimesAreNoFeatures() throws {
      let groups = try workplace(#"{"test": 0.3, "by": "patient"}"#)
      let refused = try train(groups)
      // The date is still a feature, which must be a number.
      #expect(refused.status == 65 && refused.errors.contains("date") && !refused.errors.contains("'p0'"), "\(refused)")
      let run = try train(groups, "--set", "data.ignore=[\"date\"]")
      #expect(run.status == 0, "\(run)")
      let evaluated = try groups.glia("evaluate", "out", "--data", "out/report.json")
      #expect(evaluated.status == 0 && evaluated.errors.contains("on the test set, 8 samples"), "\(evaluated)")

      let ordered = try workplace(#"{"test": 0.25, "validation": 0.25, "order": "date"}"#)
      let timed = try train(ordered, "--set", "data.ignore=[\"patient\", \"date\"]")
      #expect(
        timed.status == 0 && timed.output.contains("12 for training, 6 for validation, 6 for testing"), "\(timed)")
      let unknown = try train(ordered, "--set", "split.order=\"dat\"", "--set", "data.ignore=[\"patient\", \"date\"]")
      #expect(unknown.status == 65 && unknown.errors.contains("no column 'dat'"), "\(unknown)")
    }

    @Test func settingsAreCheckedTogether() throws {
      let place = try workplace(#"{"test": 0.3, "stratify": true}"#)
      let sets = ["--set", "data.ignore=[\"date\"]", "--set", "split.by=patient"]
      let words = ["train", "e.json", "--output", "out", "--no-plots"] + sets
      for more in [[], ["--set", "split.stratify=false"]] {
        let run = try place.run(place.glia, words + more)
        #expect(run.status == 0, "groups replace stratify: \(run)")
      }
      let refused = try place.run(place.glia, words + ["--set", "split.stratify=true"])
      #expect(refused.status == 64 && refused.errors.contains("--set split.stratify: split"), "\(refused)")
      let unknown = try train(place, "--set", "split.by=patient", "--set", "split.bye=1")
      #expect(unknown.status == 64 && unknown.errors.contains("--set split.bye: split.bye"), "\(unknown)")
      let kind = try train(place, "--set", "training.epochs=many", "--set", "training.epochs=3")
      #expect(kind.status == 64 && kind.errors.contains("--set training.epochs: training.epochs"), "\(kind)")
    }

    @Test func aSeparateFileIsTested() throws {
      let place = try workplace(#"{"test": "test.csv", "validation": 0.25}"#)
      let ignore = ["--set", "data.ignore=[\"patient\", \"date\"]"]
      try place.write("state,b,a\nill,1,4\nwell,2,0\nwell,3,1\n", to: "test.csv")
      let run = try train(place, ignore[0], ignore[1])
      #expect(run.status == 0 && run.output.contains("18 for training, 6 for validation, 3 for testing"), "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["experiment"]?["split"]?["test"]?.string == "../test.csv")
      // The same numbers as those of the file for the model.
      let evaluated = try place.glia("evaluate", "out", "--data", "test.csv")
      let loss = try #require(report["test"]?["loss"]?.double)
      let again = try place.glia("evaluate", "out", "--data", "out/report.json")
      for outcome in [evaluated, again] {
        let text = try #require(outcome.lines.first { $0.hasPrefix("loss ") }, "\(outcome)")
        #expect(abs((Double(text.dropFirst(5)) ?? .nan) - loss) < 1e-6, "\(outcome)")
      }

      try place.write("state,b,a\nill,1,4\nunclear,2,0\n", to: "test.csv")
      let unseen = try train(place, ignore[0], ignore[1])
      #expect(unseen.status == 65 && unseen.errors.contains("class 'unclear'"), "\(unseen)")
      try place.write("state,a\nill,4\n", to: "test.csv")
      let narrow = try train(place, ignore[0], ignore[1])
      #expect(narrow.status == 65 && narrow.errors.contains("no column 'b'"), "\(narrow)")
      #expect(try train(place, ignore[0], ignore[1], "--set", "split.test=none.csv").status == 66)
      let same = try train(place, ignore[0], ignore[1], "--set", "split.test=./visits.csv")
      #expect(same.status == 65 && same.errors.contains("the file of the training data"), "\(same)")
      let drawn = try place.glia("train", "moons", "--set", "split.test=test.csv", "--output", "moons", "--no-plots")
      #expect(drawn.status == 65 && drawn.errors.contains("moons cannot read a test file"), "\(drawn)")
    }

    @Test func predictionsAreThoseOfTheModelsOfTheFolds() throws {
      let place = try workplace(#"{"by": "patient"}"#)
      let run = try train(place, "--folds", "3", "--repeats", "2", "--set", "data.ignore=[\"date\"]")
      #expect(run.status == 0 && run.output.contains("6 of 6 folds, 3 in each of 2 repeats"), "\(run)")
      #expect(try place.files(in: "out") == ["folds.csv", "predictions.csv", "repeat-1", "repeat-2"])
      let results = table(try place.text("out/folds.csv"))
      #expect(results.first == ["repeat", "fold", "loss", "accuracy", "stopped"])
      #expect(results.dropFirst().map { $0[0] + $0[1] } == ["11", "12", "13", "21", "22", "23"])
      let lines = table(try place.text("out/predictions.csv"))
      #expect(lines.first == ["row", "repeat", "fold", "state", "class", "p_ill", "p_well"])
      #expect(lines.dropFirst().map { $0[0] + "/" + $0[1] } == (1...24).flatMap { ["\($0)/1", "\($0)/2"] })
      var folds: [String: Set<String>] = [:]
      for line in lines.dropFirst() {
        let row = try #require(Int(line[0]))
        #expect(line[3] == ((row - 1) % 5 > 2 ? "ill" : "well"))
        folds["\(line[1]) p\((row - 1) % 6)", default: []].insert(line[2])
      }
      #expect(folds.count == 12 && folds.values.allSatisfy { $0.count == 1 })
      let predicted = table(
        try place.glia("predict", "out/repeat-2/fold-3", "--data", "visits.csv").output)
      for line in lines.dropFirst() where line[1] == "2" && line[2] == "3" {
        let row = try #require(Int(line[0]))
        #expect(line[4] == predicted[row][0])
        for (own, other) in zip(line[5...], predicted[row][1...]) {
          #expect(abs((Double(own) ?? .nan) - (Double(other) ?? .nan)) < 1e-6)
        }
      }

      // A former run's files are removed.
      #expect(try train(place, "--folds", "2", "--set", "data.ignore=[\"date\"]").status == 0)
      #expect(try place.files(in: "out") == ["fold-1", "fold-2", "folds.csv", "predictions.csv"])
    }

    @Test func everySampleOrGroupIsLeftOut() throws {
      let place = try workplace("null", target: "b", loss: "mean_squared_error")
      let run = try train(place, "--folds", "all", "--set", "data.ignore=[\"patient\", \"date\", \"state\"]")
      #expect(run.status == 0 && run.output.contains("24 of 24 folds"), "\(run)")
      let lines = table(try place.text("out/predictions.csv"))
      #expect(lines.first == ["row", "fold", "true_b", "b"])
      #expect(lines.dropFirst().map { $0[0] } == (1...24).map { "\($0)" })
      #expect(lines.dropFirst().map { $0[0] } == lines.dropFirst().map { $0[1] })
      #expect(lines.dropFirst().map { $0[2] } == (0..<24).map { "\($0 * $0 % 7)" })

      let groups = try workplace(#"{"by": "patient"}"#)
      let left = try train(groups, "--folds", "all", "--set", "data.ignore=[\"date\"]")
      #expect(left.status == 0 && left.output.contains("6 of 6 folds"), "\(left)")

      let ordered = try workplace(#"{"order": "date"}"#)
      let ignore = "data.ignore=[\"patient\", \"date\"]"
      #expect(try train(ordered, "--folds", "all", "--set", ignore).status == 64)
      #expect(try train(ordered, "--folds", "3", "--repeats", "2", "--set", ignore).status == 64)
      let later = try train(ordered, "--folds", "3", "--set", ignore)
      #expect(later.status == 0, "\(later)")
      let rows = table(try ordered.text("out/predictions.csv")).dropFirst().map { $0[0] }
      #expect(rows == (7...24).map { "\($0)" })
      #expect(try train(groups, "--folds", "2", "--repeats", "0").status == 64)
      #expect(try train(groups, "--repeats", "2").status == 64)
      #expect(try train(groups, "--folds", "some").status == 64)
    }
  }
}
