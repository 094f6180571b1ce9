import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct CallbackTests {
    let place = try? Workplace()

    func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    private let callbacks =
      "training.callbacks=[{\"type\": \"checkpoint\", \"keep\": 2}, \"csv_log\", \"layer_statistics\"]"

    @Test func checkpointsAreResumedAndUsedAsModels() throws {
      let place = try workplace()
      for (folder, epochs) in [("whole", "8"), ("parts", "5")] {
        let run = try place.glia("train", "moons.json", "--output", folder, "--epochs", epochs, "--set", callbacks)
        #expect(run.status == 0, "\(run)")
      }
      let measured = try place.glia("evaluate", "parts/checkpoint-0004.safetensors", "--data", "moons.json")
      #expect(measured.status == 0 && measured.lines.count == 2, "\(measured)")
      #expect(try place.glia("evaluate", "parts/best.safetensors", "--data", "moons.json").status == 0)
      let run = try place.glia(
        "train", "moons.json", "--output", "parts", "--epochs", "8", "--set", callbacks, "--resume",
        "parts/checkpoint-0004.safetensors")
      #expect(run.status == 0, "\(run)")
      #expect(try place.files(in: "parts") == place.files(in: "whole"))
      for name in ["model.safetensors", "statistics.csv"] {
        #expect(try place.bytes("parts/\(name)") == place.bytes("whole/\(name)"), "\(name)")
      }
      #expect(try place.text("parts/log.csv") == place.text("parts/history.csv"))
      #expect(try place.withoutSeconds("parts/log.csv") == place.withoutSeconds("whole/log.csv"))
    }

    @Test func aRunAfterAnotherLeavesNoneOfItsCheckpoints() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out", "--epochs", "6", "--set", callbacks)
      try place.glia("train", "moons.json", "--output", "out", "--epochs", "1", "--set", callbacks)
      let left = try place.files(in: "out").filter { $0.hasPrefix("checkpoint-") }
      #expect(left == ["checkpoint-0001.safetensors"])
    }

    @Test(
      arguments: [("../log.csv", 64), ("missing/log.csv", 73), ("history.csv", 65), ("boundary.png", 65)]
        as [(String, Int32)])
    func filesThatCannotBeWrittenAreFoundBeforeTraining(_ file: String, _ status: Int32) throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--set",
        "training.callbacks=[{\"type\": \"csv_log\", \"file\": \"\(file)\"}]")
      #expect(run.status == status, "\(run)")
      #expect(!place.exists("out") && !place.exists("log.csv"))
    }

    @Test func aFileThatCannotBeWrittenLaterCostsTheFileAlone() throws {
      let place = try workplace()
      let blocked = place.path("out/checkpoint-0002.safetensors")
      try FileManager.default.createDirectory(atPath: blocked, withIntermediateDirectories: true)
      let run = try place.glia("train", "moons.json", "--output", "out", "--set", callbacks)
      #expect(run.status == 73 && run.errors.contains("checkpoint-0002.safetensors"), "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["stopped"]?.string == "completed" && report["epochs"]?.int == 4)
      #expect(place.exists("out/model.safetensors") && place.exists("out/checkpoint-0004.safetensors"))
      #expect(try place.text("out/log.csv") == place.text("out/history.csv"))
    }

    @Test func aTargetIsAReasonToStop() throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--epochs", "50", "--set",
        "training.callbacks=[{\"type\": \"target\", \"monitor\": \"accuracy\", \"value\": 0.1}]")
      #expect(run.status == 0, "\(run)")
      let report = try JSON(parsing: place.text("out/report.json"))
      #expect(report["stopped"]?.string == "target" && report["epochs"]?.int == 1)
    }
  }
}

extension Workplace {
  /// The rows of a history, without times.
  fileprivate func withoutSeconds(_ name: String) throws -> [[Substring]] {
    try text(name).split(separator: "\n").map { $0.split(separator: ",").dropLast() }
  }
}
