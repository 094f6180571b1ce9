import Foundation
import GliaCore
import Testing

extension ToolTests {
  /// A rejected or failed run keeps the files of an earlier run.
  @Suite struct KeptFilesTests {
    let place = try? Workplace()

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      try place.write(Examples.flowers, to: "flowers.csv")
      return place
    }

    private static let callbacks = "training.callbacks=[\"checkpoint\", \"csv_log\", \"layer_statistics\"]"

    private static let missing = "data={\"type\": \"csv\", \"path\": \"flowrs.csv\", \"target\": \"species\"}"

    /// Options that are rejected, with the exit status.
    static let refused: [(status: Int32, options: [String])] = [
      (65, ["--folds", "2000"]), (65, ["--folds", "61"]), (65, ["--folds", "9223372036854775807"]),
      (65, ["--folds", "9223372036854775806"]), (64, ["--folds", "1"]), (64, ["--folds", "-9223372036854775808"]),
      (66, ["--set", missing]), (66, ["--folds", "2", "--set", missing]),
      (64, ["--folds", "2", "--set", "data.noise=-1"]), (64, ["--folds", "2", "--set", "data.nois=1"]),
      (65, ["--folds", "3", "--set", "network.layers.1.units=2"]), (66, ["--folds", "2", "--initial-weights", "none"]),
      (66, ["--initial-weights", "none"]), (66, ["--resume", "none"]), (65, ["--resume", "out/model.safetensors"]),
      (65, ["--set", "network.layers.0.units=1000000000000"]), (64, ["--checkpoint-interval", "0"]),
      (64, ["--checkpoint-interval", "nan"]), (64, ["--set", "split.test=0.9"]),
    ]

    /// Callback files that are rejected if used with the callback `checkpoint`, with the exit status.
    static let files: [(status: Int32, file: String)] = [
      (73, "logs/log.csv"), (64, "../log.csv"), (65, "./model.safetensors"), (65, "model.safetensors"),
      (65, ".//report.json"), (65, "Model.safetensors"), (65, "checkpoint-0001.safetensors"),
      (65, "./checkpoint-0123.safetensors"), (65, "best.safetensors"), (65, "learning.png"), (64, "a\\u0000b"),
      (64, "."), (64, ""), (73, String(repeating: "n", count: 300)),
    ]

    @Test func aRefusedRunLeavesAFormerRunsFiles() throws {
      let place = try workplace()
      let first = try place.glia("train", "moons.json", "--output", "out", "--set", Self.callbacks)
      #expect(first.status == 0, "\(first)")
      let former = try place.contents(of: "out")
      #expect(former.keys.contains("checkpoint-0004.safetensors") && former.keys.contains("loss.png"))
      var refused = Self.refused
      for (status, file) in Self.files {
        let callbacks = "training.callbacks=[\"checkpoint\", {\"type\": \"csv_log\", \"file\": \"\(file)\"}]"
        refused += [(status, ["--set", callbacks]), (status, ["--set", callbacks, "--folds", "2"])]
      }
      for (status, options) in refused {
        let run = try place.run(place.glia, ["train", "moons.json", "--output", "out", "--quiet"] + options)
        #expect(run.status == status && !run.wasSignalled, "\(options): \(run)")
        #expect(try place.contents(of: "out") == former, "\(options)")
      }
    }

    @Test func whatACommandReadsItDoesNotWriteOver() throws {
      let place = try workplace()
      try place.write(
        Examples.csv("flowers.csv", target: "\"species\"", units: 3, loss: "sparse_categorical_crossentropy"),
        to: "flowers.json")
      #expect(try place.glia("train", "flowers.json", "--output", "out", "--no-plots").status == 0)
      try FileManager.default.createSymbolicLink(
        atPath: place.path("link.csv"), withDestinationPath: place.path("flowers.csv"))
      try FileManager.default.createDirectory(atPath: place.path("own"), withIntermediateDirectories: true)
      try place.write(Examples.flowers, to: "own/history.csv")
      try place.write(
        Examples.csv("own/history.csv", target: "\"species\"", units: 3, loss: "sparse_categorical_crossentropy"),
        to: "own.json")
      func contents() throws -> [String: Data] {
        try place.contents(of: ".").filter { !$0.key.hasPrefix(".") }
      }
      let former = try contents()
      let log = "training.callbacks=[{\"type\": \"csv_log\", \"file\": \"NAME\"}]"
      for arguments in [
        ["predict", "out", "--data", "flowers.csv", "--output", "flowers.csv"],
        ["predict", "out", "--data", "flowers.csv", "--output", "./link.csv"],
        ["predict", "out", "--data", "flowers.csv", "--output", "out/model.safetensors"],
        ["evaluate", "out", "--data", "flowers.csv", "--output", "flowers.csv"],
        ["evaluate", "out", "--data", "flowers.json", "--output", "out/model.safetensors"],
        ["evaluate", "out", "--data", "flowers.json", "--output", "flowers.json"],
        ["train", "own.json", "--output", "own"],
        ["train", "flowers.json", "--output", ".", "--set", log.replacing("NAME", with: "flowers.csv")],
        ["train", "flowers.json", "--output", ".", "--set", log.replacing("NAME", with: "flowers.json")],
      ] {
        let run = try place.run(place.glia, arguments)
        #expect(run.status == 73 && run.errors.contains("is an input and would be overwritten"), "\(arguments): \(run)")
        #expect(
          try contents() == former, "\(arguments)")
      }
      #expect(try place.glia("train", "out/report.json", "--output", "out", "--no-plots").status == 0)
    }

    @Test func theDefaultFolderIsLeftAsWell() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--no-plots")
      let former = try place.contents(of: "glia-output/small-moons")
      #expect(try place.glia("train", "moons.json", "--folds", "2000").status == 65)
      #expect(try place.contents(of: "glia-output/small-moons") == former)
    }

    /// Things that may exist in place of a file.
    enum Obstacle: CaseIterable {
      case folder, pipe, circle, lostLink

      func put(at path: String) throws {
        switch self {
        case .folder: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        case .pipe: #expect(mkfifo(path, 0o600) == 0)
        case .circle: #expect(symlink(path, path) == 0)
        case .lostLink: #expect(symlink("none/file", path) == 0)
        }
      }
    }

    @Test(arguments: Obstacle.allCases)
    func whatIsInTheWayIsFoundBeforeTraining(_ obstacle: Obstacle) throws {
      let place = try workplace()
      let names = [
        "model.safetensors", "checkpoint.safetensors", "history.csv", "report.json", "loss.png", "boundary.png",
        "log.csv", "best.safetensors",
      ]
      for name in names {
        for (folder, options) in [("out-\(name)", []), ("folds-\(name)/fold-2", ["--folds", "3"])] {
          try FileManager.default.createDirectory(atPath: place.path(folder), withIntermediateDirectories: true)
          try obstacle.put(at: place.path("\(folder)/\(name)"))
          let output = folder.replacing("/fold-2", with: "")
          let before = try place.files(in: output)
          let run = try place.run(
            place.glia, ["train", "moons.json", "--output", output, "--set", Self.callbacks, "--quiet"] + options)
          #expect(run.status == 73 && run.errors.contains(name), "\(run)")
          #expect(try place.files(in: folder) == [name])
          #expect(try place.files(in: output) == before)
        }
      }
      let run = try place.glia(
        "compare", "moons.json", "--optimizers", "sgd", "--output", "out-report.json/report.json")
      #expect(run.status == (obstacle == .folder ? 0 : 73), "\(run)")
    }

    @Test func aFolderThatCannotBeWrittenIsNamed() throws {
      // The superuser can write anywhere.
      guard geteuid() != 0 else { return }
      let place = try workplace()
      try FileManager.default.createDirectory(atPath: place.path("out"), withIntermediateDirectories: true)
      #expect(chmod(place.path("out"), 0o500) == 0)
      let run = try place.glia("train", "moons.json", "--output", "out")
      #expect(run.status == 73 && run.errors.contains("where:    out\n"), "\(run)")
    }

    @Test func whatHasNoSuccessorGoesWithTheModel() throws {
      let place = try workplace()
      let first = try place.glia("train", "moons.json", "--output", "out")
      #expect(first.status == 0 && place.exists("out/boundary.png"))
      try FileManager.default.createDirectory(atPath: place.path("out/fit.png"), withIntermediateDirectories: true)
      try place.write("mine", to: "out/fit.png/notes.txt")
      let run = try place.glia("train", "moons.json", "--output", "out", "--no-plots", "--epochs", "1")
      #expect(run.status == 0, "\(run)")
      #expect(!place.exists("out/boundary.png") && !place.exists("out/loss.png"))
      #expect(try place.text("out/fit.png/notes.txt") == "mine")
    }

    @Test func foldsReplaceASingleTrainingOnceTheyHaveAModel() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out", "--no-plots")
      try place.glia("train", "moons.json", "--output", "folds", "--folds", "4", "--no-plots", "--quiet")
      // The first fold is interrupted before it has a model.
      for folder in ["out", "folds"] {
        let former = try place.contents(of: folder)
        let run = try place.glia(
          "train", "moons.json", "--output", folder, "--folds", "2", "--no-plots", "--epochs", "1000000"
        ) { process in
          place.wait { !place.errorsSoFar.isEmpty }
          kill(process.processIdentifier, SIGKILL)
        }
        #expect(run.wasSignalled)
        for (name, bytes) in former { #expect(try place.bytes("\(folder)/\(name)") == bytes) }
      }
    }

    @Test func interruptedFoldsNameThoseThatExist() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--output", "out", "--folds", "5", "--no-plots", "--quiet")
      let run = try place.glia(
        "train", "moons.json", "--output", "out", "--folds", "5", "--no-plots", "--epochs", "4000"
      ) { process in
        place.wait { place.errorsSoFar.contains("fold 2 of 5") }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130, "\(run)")
      let count = try #require((2...4).first { run.output.contains("fold-1 … fold-\($0)\n") }, "\(run)")
      #expect(run.output.contains("small moons: \(count) of 5 folds, the last interrupted"))
      let folders = (1...count).map { "fold-\($0)" }
      #expect(try place.files(in: "out") == folders + ["folds.csv", "predictions.csv"])
      #expect(try place.text("out/folds.csv").split(separator: "\n").count == count + 1)
    }

    @Test func aZeroByteInANameSpoilsNothing() throws {
      let place = try workplace()
      let run = try place.glia("train", "moons.json", "--output", "out", "--set", "name=\"a\\u0000b\"")
      #expect(run.status == 0 && run.errors.contains("epoch"), "\(run)")
      #expect(place.exists("out/loss.png") && place.exists("out/boundary.png"))
    }
  }
}

extension Workplace {
  /// The regular files in a folder and its subfolders, by relative path.
  func contents(of folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path(folder)) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path("\(folder)/\(name)"), isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      contents[name] = try bytes("\(folder)/\(name)")
    }
    return contents
  }

  /// Waits until `condition` holds, for at most 30 seconds.
  func wait(until condition: () -> Bool) {
    let start = Date()
    while !condition(), Date().timeIntervalSince(start) < 30 { usleep(2000) }
  }
}
