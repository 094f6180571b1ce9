import GliaCore
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("negativeSlope", "negative_slope"), ("useGPU", "use_gpu"), ("beta1", "beta1"), ("useGPUNow", "use_gpu_now"),
    ("GPUCount", "gpu_count"), ("l2Strength", "l2_strength"), ("units", "units"), ("already_snake", "already_snake"),
    ("A", "a"), ("", ""), ("learningRate", "learning_rate"),
  ])
  func spellsForJSON(swift: String, json: String) { #expect(Spelling.snakeCase(swift) == json) }

  @Test func spellsForSwift() {
    #expect(Spelling.camelCase("negative_slope") == "negativeSlope")
    #expect(Spelling.camelCase("units") == "units")
    #expect(Spelling.camelCase("") == "")
  }

  @Test func folds() {
    for name in ["learning_rate", "learningRate", "Learning-Rate", "LEARNING_RATE"] {
      #expect(Spelling.folded(name) == "learningrate")
    }
  }

  @Test(arguments: [
    ("thanh", "tanh"), ("sigmod", "sigmoid"), ("sigmiod", "sigmoid"), ("rleu", "relu"), ("Leaky-ReLU", "leaky_relu"),
    ("leaky", "leaky_relu"), ("leekyrelo", "leaky_relu"), ("transformer", nil), ("", nil), ("x", nil), ("__", nil),
  ])
  func suggests(name: String, expected: String?) {
    #expect(Suggestion.nearest(to: name, among: ["tanh", "sigmoid", "relu", "leaky_relu"]) == expected)
  }

  @Test(.timeLimit(.minutes(5))) func refusesToCompareHostileNames() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(Suggestion.nearest(to: long, among: Array(repeating: "tanh", count: 100)) == nil)
    #expect(Suggestion.nearest(to: "tanh", among: [long, "tanhh"]) == "tanhh")
  }
}
