import Foundation
import GliaCore
import Testing

extension ToolTests {
  /// What explains a model: the importance of its inputs, and how its output depends on them.
  @Suite struct InsightTests {
    let place = try? Workplace()

    /// A regression whose price depends on area and city, but hardly on noise.
    private func houses() throws -> Workplace {
      let place = try #require(place)
      let rows = (0..<40).map { i in
        "\(i % 8),\(["Paris", "Rome", "Oslo"][i % 3]),\(i * 7 % 5),\(2 * (i % 8) + 8 * (i % 3))\n"
      }
      try place.write("area,city,noise,price\n" + rows.joined(), to: "houses.csv")
      try place.write(
        Examples.csv(
          "houses.csv", target: "\"price\"", units: 1, loss: "mean_squared_error",
          more: ", \"standardize\": true, \"categories\": [\"city\"]"), to: "houses.json")
      let run = try place.glia(
        "train", "houses.json", "--output", "houses", "--epochs", "60", "--no-plots", "--quiet")
      try #require(run.status == 0, "\(run)")
      return place
    }

    @Test func importanceIsATableAndJSON() throws {
      let place = try houses()
      let table = try place.glia("importance", "houses")
      #expect(table.status == 0 && table.lines[0].hasPrefix("input"), "\(table)")
      #expect(table.lines[0].contains("rise of the loss") && table.lines[0].contains("95 % interval"))
      #expect(
        table.lines.dropFirst(2).prefix(3).map { $0.prefix { $0 != " " } } == ["city", "area", "noise"], "\(table)")
      #expect(table.lines.last?.contains("without shuffling; each input shuffled 10 times") == true)
      #expect(table.errors.contains("note: measured on the 40 samples"), "\(table)")

      let run = try place.glia(
        "importance", "houses", "--data", "houses.csv", "--json", "--repeats", "3", "--metric", "r2_score", "--output",
        "bars.png")
      #expect(run.status == 0, "\(run)")
      let json = try JSON(parsing: run.output)
      #expect(json["measure"]?.string == "r2_score" && json["higher_is_better"] == true)
      #expect(json["samples"]?.int == 40 && json["repeats"]?.int == 3 && json["seed"]?.int == 0)
      let first = json["inputs"]?[0]
      #expect(first?["name"]?.string == "city" && first?["changes"]?.array?.count == 3)
      #expect(try PlotTests.size(of: place.bytes("bars.png")) == [1280, 522])
      #expect(try place.glia("importance", "houses").output == table.output)
    }

    @Test func correlatedFeaturesAreWarnedOf() throws {
      let place = try #require(place)
      try place.write("a,b,y\n" + (0..<20).map { "\($0),\(2 * $0 + $0 % 2),\($0)\n" }.joined(), to: "twins.csv")
      try place.write(
        Examples.csv(
          "twins.csv", target: "\"y\"", units: 1, loss: "mean_squared_error", more: ", \"standardize\": true"),
        to: "twins.json")
      try place.glia("train", "twins.json", "--output", "twins", "--no-plots", "--quiet")
      let run = try place.glia("importance", "twins")
      #expect(run.status == 0 && run.errors.contains("warning: 'a' and 'b' are correlated (0.99"), "\(run)")
    }

    @Test func dependenceIsDrawn() throws {
      let place = try houses()
      for (options, size) in [
        ([], [1600, 700]), (["--features", "city"], [1280, 960]), (["--features", "area,city"], [1600, 700]),
        (["--of", "price", "--data", "houses.csv", "--theme", "dark"], [1600, 700]),
      ] as [([String], [Int])] {
        let run = try place.run(try place.glia, ["plot", "dependence", "houses"] + options)
        #expect(run.status == 0 && run.output == "dependence.png\n", "\(options) \(run)")
        #expect(try PlotTests.size(of: place.bytes("dependence.png")) == size, "\(options)")
      }
      try place.write(Examples.flowers, to: "flowers.csv")
      try place.write(
        Examples.csv("flowers.csv", target: "\"species\"", units: 3, loss: "sparse_categorical_crossentropy"),
        to: "flowers.json")
      try place.glia("train", "flowers.json", "--output", "flowers", "--no-plots", "--quiet")
      #expect(try place.glia("plot", "dependence", "flowers", "--class", "blue, large").status == 0)
      for (says, arguments) in [
        ("did you mean 'area'", ["houses", "--features", "Area"]),
        ("listed twice", ["houses", "--features", "area,area"]),
        ("no input ''", ["houses", "--features", "area,"]), ("not a classifier", ["houses", "--class", "a"]),
        ("did you mean 'price'", ["houses", "--of", "prices"]), ("is a classifier", ["flowers", "--of", "species"]),
        ("did you mean 'virgin'", ["flowers", "--class", "virgins"]),
      ] {
        let run = try place.run(try place.glia, ["plot", "dependence"] + arguments)
        #expect(run.status == 64 && run.errors.contains(says), "\(arguments) \(run)")
      }
    }

    @Test func wrongRequestsAreRefused() throws {
      let place = try houses()
      for (status, says, options) in [
        (64, "--repeats", ["--repeats", "0"]), (64, "r2_score", ["--metric", "r2_scor"]),
        (64, ".png", ["--output", "bars.txt"]), (66, "nothing.csv", ["--data", "nothing.csv"]),
        (73, "cannot be written", ["--output", "no/such/folder/bars.png"]),
      ] as [(Int32, String, [String])] {
        let run = try place.run(try place.glia, ["importance", "houses"] + options)
        #expect(run.status == status && run.errors.contains(says), "\(options) \(run)")
      }
    }

    @Test func aRegressionOfManyInputsIsDrawnOnAPlane() throws {
      let place = try houses()
      func bytes(_ options: String...) throws -> Data {
        let run = try place.run(try place.glia, ["plot", "boundary", "houses", "--output", "plane.png"] + options)
        #expect(run.status == 0, "\(run)")
        return try place.bytes("plane.png")
      }
      let plane = try bytes("--features", "area,noise")
      #expect(try bytes() != plane)
      #expect(try bytes("--features", "area,noise", "--fix", "city=Rome") != plane)
    }

    @Test func regressionsAreAnimated() throws {
      let place = try #require(place)
      func animation(_ experiment: String, _ options: String...) throws -> Workplace.Outcome {
        try place.run(
          try place.glia, ["train", experiment, "--epochs", "2", "--animate", "--output", "out", "--quiet"] + options)
      }
      for experiment in ["sine", "hills.json"] {
        try place.write(
          """
          {
            "data": {"type": "hills", "samples": 40},
            "network": {"layers": [{"type": "dense", "units": 3, "activation": "tanh"}, {"type": "dense", "units": 1}]},
            "training": {"loss": "mean_squared_error", "optimizer": "adam"}
          }
          """, to: "hills.json")
        let run = try animation(experiment)
        #expect(run.status == 0 && !run.errors.contains("omitted"), "\(run)")
        let file = try place.bytes("out/learning.png")
        #expect(PlotTests.size(of: file) == [800, 600] && file.range(of: Data("acTL".utf8)) != nil)
      }
      try place.write(
        """
        {
          "data": {"type": "friedman1", "samples": 40},
          "network": {"layers": [{"type": "dense", "units": 1}]},
          "training": {"loss": "mean_squared_error", "optimizer": "adam"}
        }
        """, to: "friedman.json")
      let run = try animation("friedman.json")
      #expect(run.status == 0 && run.errors.contains("note: learning.png omitted"), "\(run)")
      #expect(!place.exists("out/learning.png"))
    }
  }
}
