import Foundation
import Testing

extension ToolTests {
  /// Every message that a user can cause, word for word; see ``ErrorCase``.
  @Suite struct ErrorMessagesTests {
    /// The runs whose folders the cases use as models.
    private static let runs = [
      "train classes.json --output classes", "train regression.json --output regression",
      "train colors.json --output colors", "train classes.json --ensemble 2 --output ensemble",
      "search classes.json --space training.epochs=1,2 --output searched",
      "curve classes.json --vary training.epochs=1,2 --seeds 1 --output curved",
      "compare classes.json --optimizers sgd,adam --seeds 2 --output compared",
    ]

    private func place() throws -> Workplace {
      let place = try Workplace()
      let inputs = ErrorCase.folder.appendingPathComponent("Inputs")
      for name in try FileManager.default.contentsOfDirectory(atPath: inputs.path) {
        try FileManager.default.copyItem(
          at: inputs.appendingPathComponent(name), to: place.folder.appendingPathComponent(name))
      }
      for run in Self.runs {
        let outcome = try place.run(place.glia, ErrorCase(command: run + " --no-plots --quiet").arguments)
        try #require(outcome.status == 0, "\(outcome)")
      }
      return place
    }

    @Test(arguments: ["command-line", "experiments", "models", "plots", "settings", "studies", "tables"])
    func messagesAreAsWritten(topic: String) throws {
      let (place, cases) = (try place(), try ErrorCase.all(about: topic))
      try #require(cases.count >= 20)
      for expected in cases {
        for file in expected.files { try place.write(file.lines.map { $0 + "\n" }.joined(), to: file.name) }
        let run = try place.run(place.glia, expected.arguments)
        let message = run.errors.replacing(place.folder.path, with: "FOLDER").split(separator: "\n").map(String.init)
        #expect(message == expected.message, "$ \(expected.command)")
        #expect(run.status == expected.status && !run.wasSignalled && run.output.isEmpty, "$ \(expected.command)")
      }
    }
  }
}
