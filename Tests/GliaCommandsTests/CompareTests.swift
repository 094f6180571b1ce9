import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct CompareTests {
    let place = try? Workplace()

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    @Test func writesTableAndPictures() throws {
      let place = try workplace()
      let run = try place.glia(
        "compare", "moons.json", "--optimizers", "sgd:0.5,momentum,Adam:0.01", "--seeds", "2", "--output", "out")
      #expect(run.status == 0, "\(run)")
      #expect(try place.files(in: "out") == ["boundaries.png", "comparison.csv", "comparison.png"])
      for name in ["sgd lr 0.5", "momentum lr 0.01", "adam lr 0.01", "diverged", "time per run"] {
        #expect(run.output.contains(name), "\(run)")
      }
      let lines = try place.text("out/comparison.csv").split(separator: "\n").map { $0.split(separator: ",") }
      #expect(
        lines.first?.joined(separator: ",")
          == "optimizer,seed,epoch,learning_rate,loss,penalty,accuracy,validation_loss,validation_accuracy,seconds,stopped"
      )
      // Three optimizers, two seeds, four epochs.
      #expect(lines.count == 25 && lines.allSatisfy { $0.count == 11 })
    }

    @Test func runsAreThoseOfTrain() throws {
      let place = try workplace()
      try place.glia("compare", "moons.json", "--optimizers", "adam,sgd:0.1", "--seeds", "3", "--output", "out")
      try place.glia("train", "moons.json", "--seed", "2", "--no-plots", "--output", "single")
      let history = try place.text("single/history.csv").split(separator: "\n").dropFirst().map {
        $0.split(separator: ",")[2]
      }
      let compared = try place.text("out/comparison.csv").split(separator: "\n").map { $0.split(separator: ",") }
        .filter { $0[0].hasPrefix("adam") && $0[1] == "2" }.map { $0[4] }
      #expect(compared == history && history.count == 4)
    }

    @Test func equalInputMakesEqualPictures() throws {
      let place = try workplace()
      for folder in ["a", "b"] {
        try place.glia(
          "compare", "moons.json", "--optimizers", "sgd,adam", "--seeds", "2", "--output", folder, "--quiet")
      }
      for name in ["comparison.png", "boundaries.png"] {
        #expect(try place.bytes("a/\(name)") == place.bytes("b/\(name)"))
      }
    }

    @Test func divergenceIsCounted() throws {
      let place = try workplace()
      let some = try place.glia(
        "compare", "sine", "--optimizers", "sgd:1e30,adam", "--seeds", "2", "--epochs", "3", "--output", "out")
      #expect(some.status == 0 && some.output.contains("2/2") && some.output.contains("0/2"), "\(some)")
      #expect(try place.files(in: "out").contains("comparison.png"))
      let all = try place.glia("compare", "sine", "--optimizers", "sgd:1e30", "--seeds", "1", "--output", "all")
      #expect(all.status == 1, "\(all)")
    }

    /// Exit statuses and arguments.
    static let mistakes = [
      "64 moons --optimizers sdg",
      "64 moons --optimizers sgd:fast",
      "64 moons --optimizers sgd:-1",
      "64 moons --optimizers sgd:nan",
      "64 moons --optimizers sgd,,adam",
      "64 moons --optimizers ,",
      "64 moons --optimizers sgd,sgd:0.01",
      "64 moons --optimizers sgd --seeds 0",
      "64 moons --optimizers sgd --seeds -99999999999",
      "64 moons --optimizers sgd --epochs 0",
      "64 moons",
      "64 moons --optimizers sgd --threshold nan",
      "66 nothing --optimizers sgd",
      "73 moons --optimizers sgd --output /dev/null/x",
    ]

    @Test(arguments: mistakes) func mistakesAreTold(mistake: String) throws {
      let words = mistake.split(separator: " ").map(String.init)
      let place = try workplace()
      let run = try place.run(place.glia, ["compare"] + words.dropFirst())
      #expect("\(run.status)" == words[0] && !run.wasSignalled && run.output.isEmpty, "\(run)")
    }
  }
}
