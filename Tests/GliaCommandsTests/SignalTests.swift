import Foundation
import Glia
import Testing

extension ToolTests {
  @Suite struct SignalTests {
    let place = try? Workplace()

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      return place
    }

    /// Trains indefinitely, and sends signals once training has started.
    private func train(
      _ folder: String, _ signals: Int32..., in place: Workplace, through shell: String? = nil
    ) throws -> Workplace.Outcome {
      let arguments = ["train", "moons.json", "--epochs", "1000000", "--no-plots", "--output", folder]
      let tool = try place.glia
      let (program, words) =
        shell.map { (URL(fileURLWithPath: "/bin/sh"), ["-c", "\($0); exec \"$@\"", "sh", tool.path] + arguments) }
        ?? (tool, arguments)
      return try place.run(program, words) { process in
        place.wait { place.errorsSoFar.contains("epoch") }
        for signal in signals {
          kill(process.processIdentifier, signal)
          usleep(50_000)
        }
      }
    }

    @Test(arguments: [SIGHUP, SIGINT, SIGTERM])
    func theFirstSignalSavesAndAnswers(_ signal: Int32) throws {
      let place = try workplace()
      let run = try train("out", signal, in: place)
      #expect(run.status == 128 + signal && !run.wasSignalled, "\(run)")
      #expect(run.errors.contains("\nstopping after this step"), "\(run)")
      #expect(run.errors.contains("Control-C again") == (signal == SIGINT))
      #expect(try JSON(parsing: place.text("out/report.json"))["stopped"]?.string == "interrupted")
      #expect(
        try place.files(in: "out") == ["checkpoint.safetensors", "history.csv", "model.safetensors", "report.json"])
    }

    @Test func quitLeavesAtOnceWithoutMuchAdo() throws {
      let place = try workplace()
      let run = try train("out", SIGQUIT, in: place)
      #expect(run.status == 128 + SIGQUIT && !run.wasSignalled, "\(run)")
      #expect(!run.errors.contains("crash") && !run.errors.contains("stopping"), "\(run)")
      #expect(try place.files(in: "out").isEmpty)
    }

    /// Checks of callbacks train in a temporary folder.
    @Test func interruptedChecksLeaveNoFolder() throws {
      let place = try workplace()
      try FileManager.default.createDirectory(atPath: place.path("tmp"), withIntermediateDirectories: true)
      let callbacks = Registry.standard.components(of: .callback).map { $0.type.name }
      let command = "TMPDIR=\(place.path("tmp")) exec \"$@\""
      let arguments = ["-c", command, "sh", try place.glia.path, "check"] + callbacks + callbacks + callbacks
      let run = try place.run(URL(fileURLWithPath: "/bin/sh"), arguments) { process in
        while process.isRunning, try place.files(in: "tmp").isEmpty { usleep(100) }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && !run.wasSignalled, "\(run)")
      #expect(try place.files(in: "tmp").isEmpty)
    }

    @Test func anIgnoredSignalStaysIgnored() throws {
      let place = try workplace()
      let run = try train("out", SIGHUP, SIGINT, SIGQUIT, SIGTERM, in: place, through: "trap '' HUP INT QUIT")
      #expect(run.status == 128 + SIGTERM, "\(run)")
      #expect(place.exists("out/model.safetensors"))
    }

    @Test func aClosedTerminalKeepsNothingFromBeingSaved() throws {
      let place = try workplace()
      // The output can no longer be written.
      let run = try train("out", SIGHUP, in: place, through: "exec > /dev/full")
      #expect(run.status == 129, "\(run)")
      #expect(place.exists("out/model.safetensors") && place.exists("out/report.json"))
    }

    @Test func aHugeStepIsLeftWithTheSecondSignal() throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--epochs", "1000000", "--batch-size", "60", "--no-plots", "--output", "out",
        "--checkpoint-interval", "1e-9", "--set", "network.layers.0.units=3000000"
      ) { process in
        // The second step is running after the first.
        place.wait { place.exists("out/checkpoint.safetensors") }
        kill(process.processIdentifier, SIGINT)
        place.wait { place.errorsSoFar.contains("again to exit") }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && !run.wasSignalled, "\(run)")
      #expect(try place.files(in: "out") == ["checkpoint.safetensors"])
    }

    @Test func picturesThatTakeLongAreLeftOutAfterASignal() throws {
      let place = try workplace()
      let run = try place.glia(
        "train", "moons.json", "--epochs", "1000000", "--output", "out", "--set", "network.layers.0.units=30000",
        "--checkpoint-interval", "1e-9"
      ) { process in
        place.wait { place.exists("out/checkpoint.safetensors") }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && run.errors.contains("note: plots omitted"), "\(run)")
      #expect(place.exists("out/report.json") && !place.exists("out/boundary.png"))
    }

    @Test(arguments: [SIGHUP, SIGINT, SIGQUIT, SIGTERM])
    func otherCommandsEndAtOnceAndLeaveNoFileBehind(_ signal: Int32) throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--no-plots", "--output", "model")
      let run = try place.predictSlowly { process in kill(process.processIdentifier, signal) }
      #expect(run.status == 128 + signal && !run.wasSignalled, "\(run)")
      #expect(try place.files(in: "predictions").isEmpty)
      let check = try place.glia("check") { process in
        usleep(300_000)
        kill(process.processIdentifier, signal)
      }
      #expect(check.status == 128 + signal && !check.wasSignalled, "\(check)")
    }

    @Test func whatAKilledRunLeftIsClearedByTheNextOneThere() throws {
      let place = try workplace()
      try place.glia("train", "moons.json", "--no-plots", "--output", "model")
      let killed = try place.predictSlowly { process in kill(process.processIdentifier, SIGKILL) }
      #expect(killed.wasSignalled)
      let left = try place.files(in: "predictions")
      #expect(left.count == 1 && left[0].hasPrefix(".glia-"))
      for name in [".glia-probe", ".glia-old.tmp", ".glia-notes", "own.tmp"] {
        try place.write("x", to: "predictions/\(name)")
      }
      let rest = [".glia-notes", "own.tmp"]
      try place.write("x1,x2\n1,2\n", to: "points.csv")
      let model = "model/model.safetensors"
      try place.glia("predict", model, "--data", "points.csv", "--output", "predictions/next.csv")
      #expect(try place.files(in: "predictions") == (rest + ["next.csv"]).sorted())

      // A run that is still writing keeps its file, whatever other runs do.
      let slow = try place.predictSlowly { process in
        let started = try place.files(in: "predictions").count
        let second = Process()
        (second.executableURL, second.currentDirectoryURL) = (try place.glia, place.folder)
        second.arguments = ["train", "moons.json", "--no-plots", "--quiet", "--output", "predictions", "--epochs", "1"]
        second.standardOutput = FileHandle.nullDevice
        try second.run()
        second.waitUntilExit()
        #expect(second.terminationStatus == 0)
        #expect(try place.files(in: "predictions").count == started + 4)
      }
      #expect(slow.status == 0 && place.exists("predictions/slow.csv"), "\(slow)")
    }

    @Test func aCrashWithinAnEpochCostsLittle() throws {
      let place = try workplace()
      let options = ["--no-plots", "--epochs", "2", "--batch-size", "1", "--set", "data.samples=100000"]
      let cut = try place.run(
        place.glia, ["train", "moons.json", "--output", "cut", "--checkpoint-interval", "0.05"] + options
      ) { process in
        place.wait { place.exists("cut/checkpoint.safetensors") }
        kill(process.processIdentifier, SIGKILL)
      }
      #expect(cut.wasSignalled && !cut.errors.contains("epoch 1/2"), "\(cut)")
      #expect(try place.files(in: "cut").filter { !$0.hasPrefix(".") } == ["checkpoint.safetensors"])
      let rest = try place.run(
        place.glia, ["train", "moons.json", "--output", "cut", "--resume", "cut/checkpoint.safetensors"] + options)
      #expect(rest.status == 0, "\(rest)")
      try place.run(place.glia, ["train", "moons.json", "--output", "whole"] + options)
      #expect(try place.bytes("cut/model.safetensors") == place.bytes("whole/model.safetensors"))
    }
  }
}

extension Workplace {
  /// Predicts from a pipe into `predictions/slow.csv`, and calls `body` once the file has been started; then closes the pipe.
  fileprivate func predictSlowly(_ body: (Process) throws -> Void) throws -> Outcome {
    let (pipe, folder) = (path("pipe"), path("predictions"))
    try? FileManager.default.removeItem(atPath: pipe)
    #expect(mkfifo(pipe, 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let former = try files(in: "predictions").count
    return try glia(
      "predict", "model/model.safetensors", "--data", "pipe", "--output", "predictions/slow.csv"
    ) { process in
      let writer = FileHandle(fileDescriptor: open(pipe, O_WRONLY), closeOnDealloc: true)
      // More than one read.
      let rows = String(repeating: "0.5,-0.25\n", count: 60_000)
      try writer.write(contentsOf: Data(("x1,x2\n" + rows).utf8))
      wait { (try? files(in: "predictions").count) ?? 0 > former }
      try body(process)
      try? writer.close()
    }
  }
}
