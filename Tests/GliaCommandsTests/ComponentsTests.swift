import GliaCore
import Testing

extension ToolTests {
  @Suite struct ComponentsTests {
    let place = try? Workplace()

    @Test func jsonListsEveryComponent() throws {
      let run = try #require(place).glia("components", "--json")
      let list = try #require(try JSON(parsing: run.output).array)
      #expect(list.allSatisfy { $0.object?.keys == ["kind", "name", "aliases", "summary", "settings", "required"] })
      let adam = try #require(list.first { $0["name"] == "adam" })
      #expect(adam["kind"] == "optimizer")
      #expect(
        adam["settings"]?.object?.map { "\($0.key) \($0.value.compact)" } == [
          "learning_rate 0.001", "beta1 0.9", "beta2 0.999", "epsilon 1e-08",
        ])
    }

    @Test func kindsNamesAndAliasesAreFound() throws {
      let place = try #require(place)
      let losses = try JSON(parsing: place.glia("components", "loss", "--json").output).array ?? []
      #expect(!losses.isEmpty && losses.allSatisfy { $0["kind"] == "loss" })
      let constants = try JSON(parsing: place.glia("components", "constant", "--json").output).array ?? []
      #expect(constants.compactMap { $0["kind"]?.string } == ["initializer", "schedule"])
      #expect(try place.glia("components", "Leaky-ReLU").output.contains("negative_slope=0.01"))
    }

    @Test func theTableFitsATerminal() throws {
      let run = try #require(place).glia("components")
      #expect(run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
    }

    @Test func shellsCompleteNames() throws {
      let place = try #require(place)
      try place.write("{}", to: "mine.json")
      func candidates(_ arguments: String...) throws -> [String] {
        try place.run(try place.glia, ["---completion"] + arguments + ["0", "0", ""]).lines
      }
      let experiments = try candidates("train", "--", "positional@0")
      #expect(experiments.contains("moons") && experiments.contains("mine.json"))
      let optimizers = try candidates("train", "--", "--optimizer")
      #expect(optimizers.contains("adam") && !optimizers.contains("relu"))
      #expect(try candidates("components", "--", "positional@0").contains("activation"))
    }

    @Test func helpAndVersionAreResults() throws {
      let place = try #require(place)
      for arguments in [[], ["--help"], ["train", "--help"], ["--version"], ["--generate-completion-script", "bash"]] {
        let run = try place.run(try place.glia, arguments)
        #expect(run.status == 0 && run.errors.isEmpty && !run.output.isEmpty, "\(run)")
      }
      #expect(try place.glia("train", "--help").output.contains("moons"))
    }
  }
}
