import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct ResumeTests {
    let place = try? Workplace()

    func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    @Test func aResumedTrainingEqualsAnUninterruptedOne() throws {
      let place = try workplace()
      let stops = "training.callbacks=[{\"type\": \"early_stopping\", \"patience\": 50}]"
      try place.glia("train", "moons.json", "--output", "whole", "--epochs", "9", "--set", stops)
      try place.glia("train", "moons.json", "--output", "parts", "--epochs", "4", "--set", stops)
      let run = try place.glia(
        "train", "moons.json", "--output", "parts", "--epochs", "9", "--set", stops, "--resume",
        "parts/checkpoint.safetensors")
      #expect(run.status == 0, "\(run)")
      #expect(try place.bytes("parts/model.safetensors") == place.bytes("whole/model.safetensors"))
      #expect(try place.columns("parts") == place.columns("whole"))
    }

    @Test func anotherExperimentIsRefusedByName() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out")
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--resume", "out/checkpoint.safetensors", "--set", "data.noise=0.3")
      #expect(run.status == 65)
      #expect(run.errors.contains("data.noise is 0.05, not 0.3"), "\(run)")
    }

    @Test func fewerEpochsThanThereAreAreRefused() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out")
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--resume", "out/checkpoint.safetensors", "--epochs", "2")
      #expect(run.status == 64)
    }

    @Test func aModelIsNoCheckpoint() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out")
      let run = try place.glia("train", "moons.json", "--resume", "out/model.safetensors")
      #expect(run.status == 65)
      #expect(run.errors.contains("not a checkpoint"), "\(run)")
    }

    @Test(arguments: [(SIGINT, "moons.json", Int32(130)), (SIGTERM, "xor", 143)])
    func anInterruptedTrainingGoesOnAsIfNothingHadHappened(_ signal: Int32, _ experiment: String, _ status: Int32)
      throws
    {
      let place = try workplace()
      let cut = try place.glia("train", experiment, "--output", "cut", "--epochs", "1000000") { process in
        let start = Date()
        while !place.errorsSoFar.contains("epoch"), Date().timeIntervalSince(start) < 20 { usleep(2000) }
        kill(process.processIdentifier, signal)
      }
      #expect(cut.status == status && !cut.wasSignalled, "\(cut)")
      let report = try JSON(parsing: place.text("cut/report.json"))
      #expect(report["stopped"]?.string == "interrupted")
      #expect(place.exists("cut/model.safetensors") && place.exists("cut/history.csv"))

      let epochs = try #require(report["epochs"]?.int) + 2
      let rest = try place.glia(
        "train", experiment, "--output", "cut", "--epochs", "\(epochs)", "--resume", "cut/checkpoint.safetensors")
      #expect(rest.status == 0, "\(rest)")
      try place.glia("train", experiment, "--output", "whole", "--epochs", "\(epochs)")
      #expect(try place.bytes("cut/model.safetensors") == place.bytes("whole/model.safetensors"))
      #expect(try place.columns("cut") == place.columns("whole"))
    }
  }
}

extension Workplace {
  /// The history of a run, without times.
  fileprivate func columns(_ folder: String) throws -> [[Substring]] {
    try text("\(folder)/history.csv").split(separator: "\n").map { $0.split(separator: ",").dropLast() }
  }
}
