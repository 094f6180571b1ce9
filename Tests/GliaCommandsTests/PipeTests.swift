import Foundation
import GliaCore
import Testing

extension ToolTests {
  @Suite struct PipeTests {
    let place = try? Workplace()

    private func workplace() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.flowers, to: "flowers.csv")
      try place.write(
        Examples.csv(
          "flowers.csv", target: "\"species\"", units: 3, loss: "sparse_categorical_crossentropy",
          activation: "softmax"), to: "flowers.json")
      if !place.exists("m/model.safetensors") {
        try place.glia("train", "flowers.json", "--output", "m", "--no-plots", "--quiet")
      }
      return place
    }

    /// Runs a shell command in which `glia` is the tool and `$M` the model.
    private func shell(_ line: String, in place: Workplace) throws -> Workplace.Outcome {
      let words = "glia() { \"\(try place.glia.path)\" \"$@\"; }; M=m/model.safetensors; "
      return try place.run(URL(fileURLWithPath: "/bin/bash"), ["-c", words + line])
    }

    @Test(arguments: [
      "cat flowers.csv | glia predict $M --data -", "glia predict $M --data - < flowers.csv",
      "cat flowers.csv | glia predict $M --data /dev/stdin", "glia predict $M --data /dev/stdin < flowers.csv",
      "glia predict $M --data <(cat flowers.csv)",
      "rm -f p; mkfifo p; (sleep 0.3; cat flowers.csv > p) & glia predict $M --data p",
      "glia predict $M --data flowers.csv --output -", "cat flowers.csv | glia predict $M --data - --output -",
      "glia predict $M --data flowers.csv --output /dev/stdout | cat",
      "glia predict $M --data flowers.csv --output >(cat > out.txt); sleep 0.3; cat out.txt",
      "rm -f q; mkfifo q; cat q & glia predict $M --data flowers.csv --output q; wait",
      "(head -2 flowers.csv; sleep 0.3; tail -n +3 flowers.csv) | glia predict $M --data -",
    ])
    func predictionsComeFromPipesAndGoIntoThem(_ line: String) throws {
      let place = try workplace()
      let expected = try place.glia("predict", "m/model.safetensors", "--data", "flowers.csv")
      let run = try shell(line, in: place)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
      #expect(run.output == expected.output)
    }

    @Test(arguments: [
      "cat flowers.csv | glia evaluate $M --data -", "glia evaluate $M --data - < flowers.csv",
      "cat flowers.csv | glia evaluate $M --data /dev/stdin", "glia evaluate $M --data <(cat flowers.csv)",
      "cat flowers.csv | glia evaluate $M --data - --output -",
      "glia evaluate $M --data flowers.csv --output e.txt; cat e.txt",
      "glia evaluate $M --data flowers.csv --output /dev/stdout | cat",
    ])
    func measurementsAsWell(_ line: String) throws {
      let place = try workplace()
      let expected = try place.glia("evaluate", "m/model.safetensors", "--data", "flowers.csv")
      #expect(expected.lines.count == 2)
      let run = try shell(line, in: place)
      #expect(run.status == 0 && run.errors.hasPrefix("note: evaluated on the 6 samples of "), "\(run)")
      #expect(run.output == expected.output)
    }

    @Test(
      arguments: [
        (65, "standard input:1", "glia predict $M --data - < /dev/null"),
        (65, "standard input:1", "glia evaluate $M --data - < /dev/null"),
        (66, "standard input", "glia predict $M --data - <&-"), (66, "standard input", "glia evaluate $M --data - <&-"),
        (65, "standard input:1", "yes | glia predict $M --data -"),
        (65, "standard input:3", "printf 'width,length\\n1,2\\n1,x\\n' | glia predict $M --data - --strict"),
        (65, "standard input:2", "printf 'width,length,species\\n1,x,virgin\\n' | glia evaluate $M --data -"),
        (65, "64 MB", "glia predict $M --data /dev/zero"),
        (73, "/dev/full", "glia predict $M --data flowers.csv --output /dev/full"),
        (73, "/dev/full", "glia evaluate $M --data flowers.csv --output /dev/full"),
        (73, "none/x", "glia evaluate $M --data flowers.csv --output none/x"),
        (73, "this is a folder", "glia predict $M --data flowers.csv --output m"),
        (0, "", "cat flowers.csv | glia predict $M --data - | head -1 > /dev/null; exit ${PIPESTATUS[1]}"),
      ] as [(Int32, String, String)])
    func whatIsWrongIsTold(_ status: Int32, _ says: String, _ line: String) throws {
      let run = try shell(line, in: try workplace())
      #expect(run.status == status && run.errors.contains(says) != says.isEmpty, "\(run)")
      #expect(run.errors.components(separatedBy: "error: ").count == (says.isEmpty ? 1 : 2), "\(run)")
    }

    @Test func aFileOfZerosIsNotReadToItsEnd() throws {
      let place = try workplace()
      try place.write("", to: "zeros")
      #expect(truncate(place.path("zeros"), 3 << 30) == 0)
      // Three gigabytes would not fit.
      for line in ["describe zeros", "predict zeros --data flowers.csv", "train flowers.json --resume zeros"] {
        let run = try shell("ulimit -v 2000000; glia \(line)", in: place)
        #expect(run.status == 65 && run.errors.contains("header"), "\(run)")
      }
    }

    @Test func logsHaveWholeRowsAfterAFullDisk() throws {
      let place = try workplace()
      try place.write(Examples.moons, to: "moons.json")
      for blocks in [1, 2, 3] {
        let run = try shell(
          "ulimit -f \(blocks); glia train moons.json --epochs 60 --no-plots --output full\(blocks) "
            + "--set 'training.callbacks=[\"csv_log\", \"layer_statistics\"]'", in: place)
        #expect(run.status == 73 && !run.wasSignalled, "\(run)")
        for name in ["log.csv", "statistics.csv"] {
          let text = try place.text("full\(blocks)/\(name)")
          let cells = Set(
            text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).count })
          #expect(text.hasSuffix("\n") && cells.count == 1 && text.utf8.count <= blocks * 1024, "\(text)")
        }
      }
    }

    @Test(arguments: ["abc", "0", "-1", "1.5", "", " 2", "0x10", "1e1", "257", "99999999999999999999", "2 ", "٣"])
    func aWrongNumberOfThreadsIsWarnedOfOnce(_ value: String) throws {
      let run = try shell("GLIA_THREADS='\(value)' glia train moons --epochs 1 --no-plots --quiet", in: workplace())
      #expect(run.status == 0, "\(run)")
      #expect(run.errors.hasPrefix("warning: '\(value)' is not a valid number of threads"), "\(run)")
      #expect(run.errors.components(separatedBy: "warning: ").count == 2 && run.errors.contains("GLIA_THREADS"))
    }

    @Test func theKernelsCanBeChosen() throws {
      let (place, train) = (try workplace(), "glia train moons --epochs 1 --no-plots --quiet --output chosen")
      let run = try shell("GLIA_KERNELS=portable \(train)", in: place)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
      #expect(try JSON(parsing: place.text("chosen/report.json"))["machine"]?["kernels"] == "portable")
      let other = try shell("GLIA_KERNELS=sse \(train)", in: place)
      #expect(other.status == 65, "\(other)")
      #expect(other.errors.hasPrefix("error: this processor has no kernels 'sse'\n  where:    GLIA_KERNELS\n"))
    }

    @Test(arguments: ["1", "2", "256", "03"])
    func aRightOneIsNot(_ value: String) throws {
      let run = try shell("GLIA_THREADS='\(value)' glia train moons --epochs 1 --no-plots --quiet", in: workplace())
      #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    }
  }
}
