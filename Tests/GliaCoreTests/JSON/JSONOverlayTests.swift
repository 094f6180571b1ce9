import GliaCore
import Testing

@Suite struct JSONOverlayTests {
  private let defaults: JSON.Object = ["learning_rate": 0.001, "beta1": 0.9, "limit": .null]

  private func overlay(_ settings: JSON.Object) throws -> JSON.Object {
    try JSON.overlay(settings, onto: defaults, at: "training.optimizer", what: "optimizer 'adam'")
  }

  @Test func keepsOrderAndSpellingOfTheDefaults() throws {
    let result = try overlay(["type": "adam", "Beta-1": 0.8, "learningRate": [1]])
    #expect(JSON.object(result).compact == #"{"learning_rate":[1],"beta1":0.8,"limit":null}"#)
    #expect(try overlay([:]) == defaults)
  }

  @Test func namesWhatIsKnown() {
    let error = #expect(throws: GliaError.self) { try overlay(["learning_rat": 1]) }
    #expect(
      error
        == GliaError(
          "unknown setting 'learning_rat' of optimizer 'adam'", at: "training.optimizer.learning_rat",
          expected: "one of beta1, learning_rate, limit", remedy: "did you mean 'learning_rate'?"))
    let none = #expect(throws: GliaError.self) { try JSON.overlay(["x": 1], onto: [:], at: "", what: "loss 'mse'") }
    #expect(none?.expected == "no settings")
    #expect(none?.place == "x")
  }

  @Test func refusesOneSettingInTwoSpellings() {
    let error = #expect(throws: GliaError.self) { try overlay(["learning_rate": 1, "learningRate": 2]) }
    #expect(error?.what == "'learning_rate' and 'learningRate' are the same setting")
    #expect(error?.place == "training.optimizer.learningRate")
  }
}
