import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct TrainTests {
    let place = try? Workplace()

    func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    @Test func writesAllFilesIntoTheNamedFolder() throws {
      let place = try workplace()
      let run = try place.glia("train", "moons.json")
      #expect(run.status == 0, "\(run)")
      let files = ["checkpoint.safetensors", "history.csv", "model.safetensors", "report.json"]
      #expect(try files.allSatisfy(place.files(in: "glia-output/small-moons").contains))
      #expect(try !place.files(in: "glia-output/small-moons").contains { $0.hasSuffix(".tmp") || $0.hasPrefix(".") })
    }

    @Test func historyHasTheColumnsOfTheContract() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out")
      let lines = try place.text("out/history.csv").split(separator: "\n").map {
        $0.split(separator: ",").map(String.init)
      }
      let names = [
        "epoch", "learning_rate", "loss", "penalty", "accuracy", "validation_loss", "validation_accuracy", "seconds",
      ]
      #expect(lines.first == names)
      #expect(lines.dropFirst().map { $0.first } == ["1", "2", "3", "4"])
      #expect(lines.dropFirst().allSatisfy { $0.count == names.count && $0[1] == "0.001" && $0[3] == "0" })
      #expect(lines.dropFirst().allSatisfy { $0.allSatisfy { Double($0) != nil } })
    }

    @Test func historyWithoutValidationHasNoColumnsForIt() throws {
      let place = try workplace()
      try place.glia("train", "xor", "--epochs", "2", "--output", "out")
      #expect(try place.text("out/history.csv").hasPrefix("epoch,learning_rate,loss,penalty,accuracy,seconds\n1,"))
    }

    @Test func reportSaysEverything() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out", "--seed", "9")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["seed"]?.int == 9)
      #expect(report["epochs"]?.int == 4)
      // 36 of 60 samples are left, five batches of 8 per epoch.
      #expect(report["steps"]?.int == 20)
      #expect(report["parameters"]?.int == 13)
      #expect(report["stopped"]?.string == "completed")
      #expect(report["seconds"]?.double != nil)
      #expect(report["best_epoch"] == .null && report["experiment"]?["format"] == 1)
      #expect(report["machine"]?["kernels"]?.string == Machine.kernels)
      #expect(report["machine"]?["processor"]?.string == Machine.processor)
      for part in ["train", "validation", "test"] {
        #expect(report[part]?.object?.keys == ["loss", "accuracy"])
      }
      #expect(report["experiment"]?["training"]?["schedule"]?["type"]?.string == "constant")
      #expect(report["experiment"]?["training"]?["metrics"]?[0]?["type"]?.string == "accuracy")
    }

    @Test func partsThatDoNotExistAreNull() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out", "--set", "split=null")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["validation"] == .null)
      #expect(report["test"] == .null)
    }

    @Test func aReportIsAnExperiment() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "a", "--epochs", "2")
      let run = try place.glia("train", "a/report.json", "--output", "b")
      #expect(run.status == 0, "\(run)")
      #expect(try place.bytes("a/model.safetensors") == place.bytes("b/model.safetensors"))
    }

    @Test func whatWillNotLearnIsSaidBefore() throws {
      let place = try workplace()
      let zeros = ["0", "1"].flatMap { ["--set", "network.layers.\($0).initializer=zeros"] }
      // A small test set would cause another warning.
      let quiet = ["train", "moons.json", "--quiet", "--set", "split.test=0"]
      let run = try place.run(place.glia, quiet + zeros)
      #expect(run.status == 0, "\(run)")
      #expect(run.errors.hasPrefix("warning: the 3 units of layers.0.weight have equal initial weights"))
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(try place.run(place.glia, quiet).errors.isEmpty)
    }

    @Test func transformsGroupsAndAugmentationsByName() throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--set", "training.transforms=[\"clip_by_global_norm\", \"ema\"]",
        "--set", "training.augmentations=[\"mixup\"]",
        "--set", "training.groups=[{\"tensors\": [\"layers.0\"], \"trainable\": false}]", "--output", "out")
      #expect(run.status == 0, "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["experiment"]?["training"]?["transforms"]?[1]?["momentum"]?.double == 0.99)
      let unknown = try place.glia("train", "moons.json", "--set", "training.groups=[{\"tensors\": [\"layers.7\"]}]")
      #expect(unknown.status == 65 && unknown.errors.contains("layers.1.bias"), "\(unknown)")
    }

    @Test func resultsAndProgressGoSeparateWays() throws {
      let place = try workplace()
      let loud = try place.glia("train", "moons.json")
      #expect(loud.output.contains("small moons: 2–3–1") && !loud.output.contains("epoch 1/4"))
      #expect(loud.errors.contains("epoch 1/4") && loud.errors.contains("epoch 4/4"))
      #expect(!(loud.output + loud.errors).contains("\u{1B}") && !loud.errors.contains("\r"))
      let quiet = try place.glia("train", "moons.json", "--quiet", "--set", "split.test=0")
      #expect(quiet.errors.isEmpty)
      #expect(quiet.status == 0)
    }

    @Test func plainProgressIsSparse() throws {
      let run = try workplace().glia("train", "xor", "--epochs", "300")
      #expect((10...20).contains(run.errors.split(separator: "\n").count), "\(run)")
    }

    @Test func settingsAreAppliedInOrderAfterTheNamedOptions() throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--set", "training.optimizer.learning_rate=0.5", "--set", "network.layers.0.units=7",
        "--set",
        "network.layers.0.units=5", "--learning-rate", "0.25", "--optimizer", "sgd", "--set", "name=of mine",
        "--output", "out")
      #expect(run.status == 0, "\(run)")
      let experiment = try #require(try JSON(parsing: place.text("out/report.json"))["experiment"])
      #expect(experiment["training"]?["optimizer"]?["type"]?.string == "sgd")
      #expect(experiment["training"]?["optimizer"]?["learning_rate"]?.double == 0.5)
      #expect(experiment["network"]?["layers"]?[0]?["units"]?.int == 5)
      #expect(experiment["name"]?.string == "of mine")
    }

    @Test func initialWeightsAreTaken() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "a")
      // A learning rate this small does not change any weight.
      let run = try place.glia(
        "train", "moons.json", "--output", "b", "--initial-weights", "a/model.safetensors", "--optimizer", "sgd",
        "--learning-rate", "1e-30", "--epochs", "1")
      #expect(run.status == 0, "\(run)")
      let (a, b) = (
        try SafeTensors(contentsOf: place.path("a/model.safetensors")),
        try SafeTensors(contentsOf: place.path("b/model.safetensors"))
      )
      #expect(a.tensors == b.tensors)
    }

    @Test func initialWeightsOfOtherShapesAreRefused() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "a")
      let run = try place.glia(
        "train", "moons.json", "--initial-weights", "a/model.safetensors", "--set", "network.layers.0.units=4")
      #expect(run.status == 65)
      #expect(run.errors.contains("layers.0.weight") && run.errors.contains("[4, 2]"), "\(run)")
    }

    @Test func initialWeightsOfOtherProgramsAreTaken() throws {
      let place = try workplace()
      var file = SafeTensors()
      file.tensors["fc1.bias"] = try Tensor(shape: [3], [1, 2, 3])
      file.tensors["fc1.weight"] = try Tensor(shape: [3, 2], [1, 2, 3, 4, 5, 6])
      file.tensors["out.bias"] = try Tensor(shape: [1], [7])
      file.tensors["out.kernel"] = try Tensor(shape: [3, 1], [8, 9, 10])
      try file.write(to: place.path("other.safetensors"))
      let options = [
        "--initial-weights", "other.safetensors", "--optimizer", "sgd", "--learning-rate", "1e-30", "--epochs", "1",
      ]
      let run = try place.run(place.glia, ["train", "moons.json", "--output", "a"] + options)
      #expect(run.status == 0 && run.errors.contains("initial weights from other.safetensors:"), "\(run)")
      #expect(run.errors.contains("layers.1.weight  out.kernel  [1, 3], transposed"), "\(run)")
      let model = try SafeTensors(contentsOf: place.path("a/model.safetensors"))
      #expect(model.tensors["layers.0.weight"]?.values == [1, 2, 3, 4, 5, 6])
      #expect(model.tensors["layers.1.weight"]?.values == [8, 9, 10])
      let folds = try place.run(place.glia, ["train", "moons.json", "--output", "b", "--folds", "2"] + options)
      #expect(folds.errors.components(separatedBy: "initial weights from").count == 2, "\(folds)")
    }

    @Test func divergenceLeavesAReport() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out")
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--set", "network.layers.1.activation=linear", "--loss",
        "mean_squared_error", "--optimizer", "sgd", "--learning-rate", "1e30")
      #expect(run.status == 1)
      #expect(run.errors.contains("error: training diverged"))
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["stopped"]?.string == "diverged")
      #expect(try !place.text("out/history.csv").isEmpty)
    }
  }
}
