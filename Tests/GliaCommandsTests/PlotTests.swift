import Foundation
import Testing

extension ToolTests {
  @Suite struct PlotTests {
    let place = try? Workplace()

    /// Width and height of a PNG file, from its header.
    static func size(of file: Data) -> [Int]? {
      let bytes = Array(file.prefix(24))
      guard bytes.count == 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Array(bytes[12..<16]) == Array("IHDR".utf8)
      else { return nil }
      return [bytes[16..<20], bytes[20..<24]].map { $0.reduce(0) { $0 << 8 | Int($1) } }
    }

    /// A model for the moons and one for a curve.
    func trained() throws -> Workplace {
      let place = try #require(place)
      try place.write(Examples.moons, to: "moons.json")
      for experiment in ["moons.json", "sine"] {
        let name = experiment == "sine" ? "sine" : "moons"
        try #require(try place.glia("train", experiment, "--epochs", "3", "--no-plots", "--output", name).status == 0)
      }
      try #require(
        try place.glia(
          "compare", "moons.json", "--optimizers", "sgd:0.5,adam,rmsprop", "--seeds", "2", "--output", "compared",
          "--quiet"
        ).status == 0)
      return place
    }

    static let moons = "moons/model.safetensors"
    static let sine = "sine/model.safetensors"

    static let kinds: [(kind: String, arguments: [String], size: [Int])] = [
      ("boundary", [moons], [1280, 960]), ("loss", ["moons"], [1280, 960]),
      ("comparison", ["compared"], [1280, 960]), ("trajectories", ["beale"], [1280, 1280]),
      ("diagram", [moons], [1280, 960]),
      ("units", [moons], [1280, 960]), ("activations", [], [1600, 1200]),
      ("gradients", ["moons.json", "--epochs", "2"], [1280, 960]),
      ("histograms", ["moons.json", "--epochs", "2"], [1280, 960]), ("confusion", [moons], [1280, 960]),
      ("roc", [moons], [1280, 960]), ("precision_recall", [moons], [1280, 960]), ("calibration", [moons], [1280, 960]),
      ("residuals", [sine], [1600, 800]), ("importance", [moons], [1280, 448]), ("dependence", [moons], [1600, 700]),
    ]

    @Test func everyKindIsDrawn() throws {
      let place = try trained()
      for (kind, arguments, size) in Self.kinds {
        let run = try place.run(try place.glia, ["plot", kind] + arguments)
        #expect(run.status == 0 && run.output == "\(kind).png\n", "\(kind) \(run)")
        #expect(try Self.size(of: place.bytes("\(kind).png")) == size, "\(kind)")
        let small = ["--output", "small.png", "--width", "\(size[0] / 2)", "--title", "Ω"]
        #expect(try place.run(try place.glia, ["plot", kind] + arguments + small).output == "small.png\n", "\(kind)")
        #expect(try Self.size(of: place.bytes("small.png")) == size.map { $0 / 2 }, "\(kind)")
      }
    }

    @Test func equalInputMakesEqualPictures() throws {
      let place = try trained()
      for arguments in [["roc", Self.moons], ["gradients", "moons.json"]] {
        let pictures = try ["a.png", "b.png"].map { name in
          try place.run(try place.glia, ["plot"] + arguments + ["--output", name])
          return try place.bytes(name)
        }
        #expect(pictures[0] == pictures[1])
      }
    }

    @Test func samplesComeFromWhereTheyAreSaidToBe() throws {
      let place = try trained()
      func bytes(_ data: String...) throws -> Data {
        let run = try place.run(try place.glia, ["plot", "boundary", Self.moons, "--output", "b.png"] + data)
        #expect(run.status == 0, "\(run)")
        return try place.bytes("b.png")
      }
      try place.write("x2,more,x1,y\n0,9,1,0\n1,9,0,1\n-1,9,0,1\n", to: "points.csv")
      let own = try bytes()
      #expect(try bytes("--data", "moons.json") == own)
      #expect(try bytes("--data", "circles") != own)
      let points = try bytes("--data", "points.csv", "--target", "y")
      #expect(points != own)
    }

    @Test func aRegressionOfTwoInputsIsASurface() throws {
      let place = try #require(place)
      try place.write("a,b,height\n0,0,1\n1,0,2\n0,1,3\n1,1,4\n", to: "hill.csv")
      try place.write(
        Examples.csv("hill.csv", target: "\"height\"", units: 1, loss: "mean_squared_error"), to: "hill.json")
      try place.glia("train", "hill.json", "--output", "hill", "--no-plots")
      for (kind, size) in [("boundary", [1280, 960]), ("residuals", [1600, 800]), ("units", [1280, 960])] {
        for data in [[], ["--data", "hill.csv"]] {
          let run = try place.run(try place.glia, ["plot", kind, "hill/model.safetensors"] + data)
          #expect(run.status == 0, "\(run)")
          #expect(try Self.size(of: place.bytes("\(kind).png")) == size)
        }
      }
    }

    @Test func aFunctionOfOneInputIsACurve() throws {
      let place = try trained()
      let run = try place.glia("plot", "boundary", Self.sine)
      #expect(run.status == 0, "\(run)")
      #expect(try Self.size(of: place.bytes("boundary.png")) == [1280, 960])
    }

    @Test func aClassifierOfManyInputsIsDrawnOnAPlane() throws {
      let place = try #require(place)
      try place.write("a,b,c,y\n" + (0..<20).map { "\($0),\($0 % 3),\($0 % 5),\($0 % 2)\n" }.joined(), to: "many.csv")
      try place.write(
        Examples.csv("many.csv", target: "\"y\"", units: 2, loss: "sparse_categorical_crossentropy"), to: "many.json")
      try place.glia("train", "many.json", "--output", "many", "--no-plots")
      func bytes(_ options: String...) throws -> Data {
        let run = try place.run(
          try place.glia, ["plot", "boundary", "many/model.safetensors", "--output", "plane.png"] + options)
        #expect(run.status == 0, "\(run)")
        return try place.bytes("plane.png")
      }
      let plane = try bytes("--features", "a,c")
      #expect(try bytes() != plane)
      #expect(try bytes("--features", "a,c", "--fix", "b=-50") != plane)
      // The mean of b.
      #expect(try bytes("--features", "a,c", "--fix", "b=0.95") == plane)
      for (says, options) in [
        ("did you mean 'a'", ["--features", "A,c"]), ("not a pair of features", ["--features", "a"]),
        ("not a pair of features", ["--features", "a,a"]),
        ("is not an assignment", ["--features", "a,b", "--fix", "c"]),
        ("is not an assignment", ["--features", "a,b", "--fix", "c=x"]),
        ("no feature 'd=2'", ["--features", "a,b", "--fix", "d=2=1"]), ("--fix without --features", ["--fix", "c=1"]),
      ] {
        let run = try place.run(try place.glia, ["plot", "boundary", "many/model.safetensors"] + options)
        #expect(run.status == 64 && run.errors.contains(says), "\(options) \(run)")
      }
    }

    @Test func featuresMayHaveAnyName() throws {
      let place = try #require(place)
      try place.write(
        "\"a,b\",c=1,d,y\n" + (0..<20).map { "\($0),\($0 % 3),\($0 % 5),\($0 % 2)\n" }.joined(), to: "odd.csv")
      try place.write(
        Examples.csv("odd.csv", target: "\"y\"", units: 2, loss: "sparse_categorical_crossentropy"), to: "odd.json")
      try place.glia("train", "odd.json", "--output", "odd", "--no-plots")
      // A folder can be given instead of the model in it.
      let run = try place.glia("plot", "boundary", "odd", "--features", "a,b,d", "--fix", "c=1=0.5")
      #expect(run.status == 0, "\(run)")
      let table = try place.glia("train", "odd.csv")
      #expect(table.status == 65 && table.errors.contains("a CSV file is not an experiment"), "\(table)")
    }

    @Test func comparisonsAreDrawnOfTheirTables() throws {
      let place = try trained()
      #expect(try place.glia("plot", "comparison", "compared/comparison.csv", "--threshold", "0.1").status == 0)
      #expect(try place.glia("plot", "comparison", "compared", "--validation").status == 0)
      try place.write(
        "optimizer,seed,epoch,loss,stopped\nb,1,1,0.5,completed\nb,1,2,0.25,completed\na,1,1,9,diverged\n",
        to: "own.csv")
      #expect(try place.glia("plot", "comparison", "own.csv").status == 0)
      for (status, says, text) in [
        (65, "no column 'loss'", "optimizer,seed,epoch,stopped\na,1,1,completed\n"),
        (65, "'low' in column 'loss'", "optimizer,seed,epoch,loss,stopped\na,1,1,low,completed\n"),
        (65, "nothing.csv:2", "optimizer,seed,epoch,loss,stopped\n"),
      ] as [(Int32, String, String)] {
        try place.write(text, to: "nothing.csv")
        let run = try place.glia("plot", "comparison", "nothing.csv", "--output", "no.png")
        #expect(run.status == status && run.errors.contains(says), "\(run)")
        #expect(!place.exists("no.png"))
      }
      #expect(try place.glia("plot", "comparison", "own.csv", "--threshold", "inf").status == 64)
      #expect(try place.glia("plot", "comparison", "own.csv", "--validation").status == 65)
    }

    @Test func waysOfOptimizersAndWeights() throws {
      let place = try trained()
      for arguments in [
        ["rosenbrock", "--optimizers", "sgd:0.001,adam:0.1", "--steps", "20", "--start", "-1,2.5"],
        ["moons.json", "--optimizers", "sgd:0.5,adam", "--quiet"], ["sine", "--epochs", "2"],
        ["sine", "--optimizers", "sgd:1e30,adam", "--epochs", "3"],
      ] {
        let run = try place.run(try place.glia, ["plot", "trajectories"] + arguments)
        #expect(run.status == 0 && run.output == "trajectories.png\n", "\(arguments) \(run)")
      }
      for (status, says, arguments) in [
        (66, "did you mean 'rastrigin'", ["rastrigi"]),
        (64, "applies only to experiments", ["beale", "--epochs", "3"]),
        (64, "100000", ["beale", "--steps", "0"]), (64, "not a point", ["beale", "--start", "1"]),
        (64, "not a point", ["beale", "--start", "1,nan"]), (64, "from its seed", ["moons.json", "--start", "1,1"]),
        (64, "appears twice", ["beale", "--optimizers", "sgd,sgd"]), (64, "sdg", ["beale", "--optimizers", "sdg"]),
        (64, "number above 0", ["beale", "--optimizers", "sgd:-1"]),
      ] as [(Int32, String, [String])] {
        let run = try place.run(try place.glia, ["plot", "trajectories", "--output", "no.png"] + arguments)
        #expect(run.status == status && run.errors.contains(says), "\(arguments) \(run)")
        #expect(!place.exists("no.png"))
      }
    }

    @Test func everyLookDiffers() throws {
      let place = try trained()
      let looks = try ["light", "dark", "print"].map { theme in
        #expect(try place.glia("plot", "units", Self.moons, "--theme", theme).status == 0)
        return try place.bytes("units.png")
      }
      #expect(Set(looks).count == 3)
    }

    @Test func aLossIsDrawnOfItsFile() throws {
      let place = try trained()
      try place.write("epoch,loss,validation_loss,speed\n1,2,3,4\n2,,2.5,3\n", to: "own.csv")
      #expect(try place.glia("plot", "loss", "own.csv").status == 0)
      #expect(try place.glia("plot", "loss", "moons/history.csv").status == 0)
      for (text, says) in [
        ("", "no header"), ("epoch,loss\n", "no samples"), ("epoch,accuracy\n1,2\n", "no column 'loss'"),
        ("loss\n1\n", "no column 'epoch'"), ("epoch,loss\n1,x\n", "text 'x'"), ("epoch,loss\n1,1e999\n", "1e999"),
        ("epoch,loss\n1\n", "1 cell"), ("epoch,loss,x\n1,,2\n", "finite"),
      ] {
        try place.write(text, to: "bad.csv")
        let run = try place.glia("plot", "loss", "bad.csv", "--output", "bad.png")
        #expect(run.status == 65 && !run.wasSignalled && run.errors.contains(says), "\(text) \(run)")
        #expect(!place.exists("bad.png"))
      }
    }

    @Test func kindsThatDoNotFitTheModel() throws {
      let place = try trained()
      for (status, says, arguments) in [
        (65, "not a classifier", ["roc", Self.sine]),
        (65, "no precision-recall", ["precision_recall", Self.sine]),
        (64, "a model of 1 input", ["boundary", Self.sine, "--features", "a,b"]),
        (65, "maps of 1 input", ["units", Self.sine]),
        (65, "predicts classes", ["residuals", Self.moons]),
        (64, "no target 'z'", ["residuals", Self.sine, "--of", "z"]),
        (65, "features", ["confusion", Self.moons, "--data", "sine"]),
        (66, "unknown experiment", ["confusion", Self.moons, "--data", "mons"]),
        (65, "glia.experiment", ["diagram", "moons/history.csv"]),
        (66, "No such file", ["units", "missing.safetensors"]),
        (66, "No such file", ["loss", "sine.csv"]), (66, "No such file", ["loss", "."]),
      ] as [(Int32, String, [String])] {
        let run = try place.run(try place.glia, ["plot"] + arguments + ["--output", "no.png"])
        #expect(run.status == status && !run.wasSignalled && run.output.isEmpty, "\(arguments) \(run)")
        #expect(run.errors.contains(says) || says == "glia.experiment", "\(arguments) \(run)")
        #expect(!place.exists("no.png"))
      }
    }

    static let usage: [(status: Int32, says: String, arguments: [String])] = [
      (64, "missing kind of plot", []), (64, "did you mean 'roc'", ["rok", "--data", "x"]),
      (64, "did you mean 'units'", ["unit"]), (64, "unknown kind", [String(repeating: "x", count: 10_000)]),
      (64, "did you mean 'sigmoid'", ["activations", "sigmod"]), (64, "64 to 20000", ["activations", "--width", "0"]),
      (64, "64 to 20000", ["activations", "--height", "-1"]), (64, "--width", ["activations", "--width", "1e3"]),
      (64, "100 million", ["activations", "--width", "20000", "--height", "20000"]),
      (64, "light", ["activations", "--theme", "plaid"]), (64, "end in .png", ["activations", "--output", "a.jpg"]),
      (64, "end in .png", ["activations", "--output", ""]),
      (73, "no folder", ["activations", "--output", "none/a.png"]),
      (73, "cannot", ["activations", "--output", "/proc/a.png"]),
      (66, "did you mean 'moons'", ["gradients", "mons"]), (64, "epochs", ["histograms", "moons", "--epochs", "-1"]),
      (64, "learning_rate", ["gradients", "moons", "--learning-rate", "0"]),
    ]

    @Test(arguments: usage.indices)
    func mistakesAreToldOnce(_ index: Int) throws {
      let place = try #require(place)
      let mistake = Self.usage[index]
      let run = try place.run(try place.glia, ["plot"] + mistake.arguments)
      #expect(run.status == mistake.status && !run.wasSignalled && run.output.isEmpty, "\(run)")
      #expect(run.errors.contains(mistake.says), "\(run.errors.prefix(2000))")
      #expect(run.errors.components(separatedBy: "error: ").count == 2, "\(run.errors.prefix(2000))")
    }

    @Test func aFolderInThePicturesPlaceIsFoundBeforeTheTraining() throws {
      let place = try #require(place)
      try FileManager.default.createDirectory(atPath: place.path("taken.png"), withIntermediateDirectories: true)
      let run = try place.glia("plot", "gradients", "moons", "--output", "taken.png")
      #expect(run.status == 73 && run.errors.contains("folder") && !run.errors.contains("epoch"), "\(run)")
    }

    @Test func aDivergedTrainingIsDrawnUpToThere() throws {
      let place = try #require(place)
      let run = try place.glia(
        "plot", "gradients", "sine", "--epochs", "50", "--optimizer", "sgd", "--learning-rate", "1e6", "--quiet")
      #expect(run.status == 1 && run.output == "gradients.png\n" && run.errors.contains("diverged"), "\(run)")
      #expect(try Self.size(of: place.bytes("gradients.png")) != nil)
    }

    @Test func anInterruptedTrainingIsDrawn() throws {
      let place = try #require(place)
      let run = try place.glia("plot", "histograms", "moons", "--epochs", "100000") { process in
        while process.isRunning, !place.errorsSoFar.contains("epoch") { usleep(10_000) }
        process.interrupt()
      }
      #expect(run.status == 130 && run.output == "histograms.png\n", "\(run)")
      #expect(try Self.size(of: place.bytes("histograms.png")) == [1280, 960])
      #expect(try place.files(in: ".").filter { !$0.hasPrefix(".") } == ["histograms.png"])
    }
  }
}
