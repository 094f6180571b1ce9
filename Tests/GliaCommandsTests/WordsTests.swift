import Testing

@testable import GliaCommands

@Suite struct WordsTests {
  @Test(arguments: [
    ("loss 5.427e+17", "loss 5.427×10¹⁷"), ("sgd lr 1e-06", "sgd lr 10⁻⁶"), ("adam lr 0.01", "adam lr 0.01"),
    ("1e+100 and 2.5e-300", "10¹⁰⁰ and 2.5×10⁻³⁰⁰"), ("nadam 1e0", "nadam 10⁰"), ("there", "there"), ("", ""),
  ]) func numbersOfPictures(text: String, typeset: String) {
    #expect(text.typeset == typeset)
  }

  @Test func durations() {
    #expect(
      [0, 0.0031, 0.31, 12, 185, 7800].map(\.asDuration) == [
        "0.0 ms", "3.1 ms", "0.31 s", "12 s", "3 min 05 s", "2 h 10 min",
      ])
    #expect(
      Double.nan.asDuration == "?" && (-1.0).asDuration == "?" && !Double.greatestFiniteMagnitude.asDuration.isEmpty)
  }
}
