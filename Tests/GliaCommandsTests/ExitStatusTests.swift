import Foundation
import Testing

extension ToolTests {
  @Suite struct ExitStatusTests {
    let place = try? Workplace()

    /// An invalid invocation of the tool.
    struct Mistake: CustomTestStringConvertible, Sendable {
      let status: Int32
      let says: String
      let arguments: [String]

      init(_ status: Int32, _ says: String, _ arguments: String...) {
        (self.status, self.says, self.arguments) = (status, says, arguments)
      }

      var testDescription: String { arguments.map { String($0.prefix(80)) }.joined(separator: " ") }
    }

    static let usage = [
      Mistake(64, "unknown command 'nonsense'", "nonsense"),
      Mistake(64, "experiment", "train"),
      Mistake(64, "--epochs", "train", "moons", "--epochs", "many"),
      Mistake(64, "epochs", "train", "moons", "--epochs", "0"),
      Mistake(64, "epochs", "train", "moons", "--epochs", "1000000000000000000"),
      Mistake(64, "--epochs", "train", "moons", "--epochs", "99999999999999999999"),
      Mistake(64, "batch_size", "train", "moons", "--batch-size", "1000000000000000000"),
      Mistake(64, "--seed", "train", "moons", "--seed", "18446744073709551616"),
      Mistake(64, "learning_rate", "train", "moons", "--learning-rate", "0"),
      Mistake(64, "learning_rate", "train", "moons", "--learning-rate", "-1"),
      Mistake(64, "learning rate", "train", "moons", "--learning-rate", "nan"),
      Mistake(64, "did you mean 'adam'", "train", "moons", "--optimizer", "adm"),
      Mistake(64, "invalid JSON", "train", "moons", "--optimizer", "{\"type\": adam}"),
      Mistake(64, "unknown loss", "train", "moons", "--loss", ""),
      Mistake(64, "did you mean 'units'", "train", "moons", "--set", "network.layers.0.unit=3"),
      Mistake(64, "PATH=VALUE", "train", "moons", "--set", "epochs"),
      Mistake(64, "from 0 to 2", "train", "moons", "--set", "network.layers.3.units=3"),
      Mistake(64, "512", "train", "moons", "--set", "training.loss=" + String(repeating: "[", count: 100_000)),
      Mistake(64, "--output", "train", "moons", "--output", ""),
      Mistake(64, "mutually exclusive", "train", "moons", "--resume", "a", "--initial-weights", "b"),
      Mistake(64, "did you mean 'relu'", "components", "relux"),
    ]

    static let inputs = [
      Mistake(66, "did you mean 'moons'", "train", "mons"),
      Mistake(66, "no file '", "train", "missing.json"),
      Mistake(66, "unknown experiment", "train", ""),
      Mistake(66, "this is a folder", "train", "/"),
      Mistake(66, "not a regular file", "train", "/dev/zero"),
      Mistake(66, "not a regular file", "describe", "/dev/zero"),
      Mistake(66, "No such file", "train", "moons", "--initial-weights", "missing"),
      Mistake(66, "No such file", "train", "moons", "--resume", "missing"),
      Mistake(66, "No such file", "evaluate", "missing", "--data", "moons"),
      Mistake(66, "No such file", "predict", "missing", "--data", "moons"),
      Mistake(73, "not a folder", "train", "moons", "--epochs", "1", "--output", "/dev/null"),
      Mistake(73, "cannot create the folder", "train", "moons", "--epochs", "1", "--output", "/proc/glia/out"),
      Mistake(65, "more memory", "train", "moons", "--set", "network.layers.0.units=1000000000000"),
      Mistake(65, "more memory", "train", "moons", "--set", "data.samples=1000000000000000"),
    ]

    @Test(arguments: usage + inputs)
    func mistakesAreToldOnce(_ mistake: Mistake) throws {
      let place = try #require(place)
      let run = try place.run(try place.glia, mistake.arguments)
      #expect(run.status == mistake.status && !run.wasSignalled, "\(run)")
      #expect(run.errors.contains(mistake.says), "\(run.errors.prefix(2000))")
      #expect(run.errors.components(separatedBy: "error: ").count == 2, "\(run.errors.prefix(2000))")
      #expect(run.output.isEmpty)
    }

    /// An invalid experiment file.
    static let files: [(says: String, text: String)] = [
      ("invalid JSON", ""), ("invalid JSON", "{"), ("found an array", "[]"),
      ("512", String(repeating: "{\"a\":", count: 100_000)),
      ("did you mean 'tanh'", Examples.moons.replacingOccurrences(of: "\"tanh\"", with: "\"thanh\"")),
      ("unknown setting 'unit'", Examples.moons.replacingOccurrences(of: "\"units\": 3", with: "\"unit\": 3")),
      ("network.layers.0.units", Examples.moons.replacingOccurrences(of: "\"units\": 3", with: "\"units\": \"three\"")),
      ("epochs", Examples.moons.replacingOccurrences(of: "\"epochs\": 4", with: "\"epochs\": 1000000000000000000")),
      ("equal shapes", Examples.moons.replacingOccurrences(of: "\"units\": 1,", with: "\"units\": 2,")),
      ("no loss", Examples.moons.replacingOccurrences(of: "\"loss\": \"binary_crossentropy\", ", with: "")),
      (
        "no data",
        "{\"network\": {\"layers\": []}, \"training\": {\"loss\": \"mean_squared_error\", \"optimizer\": \"sgd\"}}"
      ),
    ]

    @Test(arguments: files.indices)
    func badExperimentsAreRefused(_ index: Int) throws {
      let place = try #require(place)
      try place.write(Self.files[index].text, to: "bad.json")
      let run = try place.glia("train", "bad.json")
      #expect(run.status == 65 && !run.wasSignalled, "\(run)")
      #expect(run.errors.contains(Self.files[index].says), "\(run.errors.prefix(2000))")
      #expect(!place.exists("glia-output"))
    }

    /// Data that is rejected before training.
    static let tables: [(says: String, text: String)] = [
      ("header", ""), ("no samples", "a,b,c\n"), ("2 cells", "a,b,c\n1,2,x\n1,2\n"), ("text 'one'", "a,b,c\none,2,x\n"),
      ("nan", "a,b,c\nnan,2,x\n"), ("inf", "a,b,c\ninf,2,x\n"), ("called 'a'", "a,a,c\n1,2,x\n"),
      ("empty", "a,b,c\n,2,x\n"),
      ("no column 'c'", "a,b\n1,2\n"), ("UTF-8", "a,b,c\n1,2,\u{FFFD}\n"),
    ]

    @Test(arguments: tables.indices)
    func badTablesAreRefused(_ index: Int) throws {
      let place = try #require(place)
      var bytes = Array(Self.tables[index].text.utf8)
      if let broken = bytes.firstIndex(of: 0xEF) { bytes[broken] = 0xFF }
      try Data(bytes).write(to: place.folder.appendingPathComponent("bad.csv"))
      try place.write(
        Examples.csv(
          "bad.csv", target: "\"c\"", units: 2, loss: "sparse_categorical_crossentropy", activation: "softmax"),
        to: "bad.json")
      let run = try place.glia("train", "bad.json")
      #expect(run.status == 65 && !run.wasSignalled, "\(run)")
      #expect(run.errors.contains(Self.tables[index].says), "\(run)")
      #expect(!place.exists("glia-output"))
    }

    @Test func aClassThatOnlyTheTestPartHasIsFoundBeforeTheTraining() throws {
      let place = try #require(place)
      // Whichever sample is in the test set, no other sample has its class.
      try place.write("a,c\n" + (0..<5).map { "\($0),class\($0)\n" }.joined(), to: "data.csv")
      let experiment = Examples.csv(
        "data.csv", target: "\"c\"", units: 4, loss: "sparse_categorical_crossentropy", activation: "softmax")
      try place.write(experiment, to: "e.json")
      let run = try place.glia("train", "e.json", "--set", "split.test=0.2")
      #expect(run.status == 65, "\(run)")
      #expect(run.errors.contains("occurs only in the test part") && run.errors.contains("stratify"), "\(run)")
    }

    @Test(arguments: ["[4611686018427387904, 4]", "[8589934592, 8589934592]", "[0]", "[]", "[-1]"])
    func inputShapesThatCannotBe(shape: String) throws {
      let place = try #require(place)
      let experiment = Examples.moons.replacingOccurrences(
        of: "\"network\": {", with: "\"network\": {\"input\": \(shape), ")
      try place.write(experiment, to: "shape.json")
      for command in ["train", "describe"] {
        let run = try place.glia(command, "shape.json")
        #expect(run.status == 65 && !run.wasSignalled, "\(run)")
        #expect(run.errors.contains("network"), "\(run)")
      }
    }

    @Test func aFolderInTheModelsPlaceIsRefusedBeforeTheTraining() throws {
      let place = try #require(place)
      try FileManager.default.createDirectory(
        atPath: place.path("taken/report.json"), withIntermediateDirectories: true)
      let run = try place.glia("train", "xor", "--output", "taken", "--epochs", "5")
      #expect(run.status == 73 && run.errors.contains("report.json"), "\(run)")
      #expect(try place.files(in: "taken") == ["report.json"])
    }

    @Test func aPipeIsNoExperiment() throws {
      let place = try #require(place)
      #expect(mkfifo(place.path("pipe"), 0o600) == 0)
      #expect(try place.glia("train", "./pipe").status == 66)
      #expect(try place.glia("describe", "./pipe").status == 66)
    }

    @Test func aFullDiskUnderStandardOutputIsTold() throws {
      try #require(FileManager.default.fileExists(atPath: "/dev/full"))
      let place = try #require(place)
      let shell = URL(fileURLWithPath: "/bin/sh")
      let tool = try place.glia.path
      #expect(try place.run(shell, ["-c", "'\(tool)' components > /dev/full"]).status == 73)
      let closed = try place.run(shell, ["-c", "('\(tool)' components; echo $? > status) | head -1"])
      #expect(closed.errors.isEmpty, "\(closed)")
      #expect(try place.text("status") == "0\n")
    }
  }
}
