import GliaCore
import GliaSearch
import Testing

@Suite("Mistakes in search spaces")
struct SearchSpaceErrorTests {
  @Test(
    "impossible ranges and lists are errors",
    arguments: [
      ("1..0", "is reversed"), ("log:0..1", "begins at 0"), ("log:-1..1", "begins at -1"), ("int:0.5..2", "not whole"),
      ("log-int:0..8", "begins at 0"), ("0..1:0", "not positive"), ("0..1:-1", "not positive"),
      ("log:1..8:1", "not positive"),
      ("int:0..8:0.5", "is not whole"), ("0..1:1e-300", "too small"), ("log:1..2:1.00000000000001", "too small"),
      ("log-int:1..100000:1.0001", "too small"), ("-1e308..1e308", "too wide"), ("nan..1", "not a number"),
      ("0..inf", "not a number"), ("0..1e400", "not a number"), ("a..b", "not a number"), ("..", "not a number"),
      ("1...5", "not a number"), ("0..1:2:3", "two steps"), ("int:5", "has no '..'"), ("ln:0..1", "unknown kind"),
      ("int-log-foo:0..1", "unknown kind"), ("int:0..1e17", "too large"), ("", "is missing"), ("a,,b", "is missing"),
      ("a,b,a", "listed twice"), ("1,1.0", "listed twice"), ("0..1 if x", "not a range with a condition"),
      ("0..1 if x=", "lacks a value"), ("0..1 if x=1 if y=2", "not a range with a condition"),
    ])
  func values(_ text: String, _ what: String) throws {
    let error = #expect(throws: GliaError.self) { try SearchDimension("a", parsing: text) }
    #expect(error?.what.contains(what) == true && error?.place?.hasPrefix("a") == true, "\(text): \(error as Any)")
  }

  @Test(
    "spaces name the setting that is wrong",
    arguments: [
      (#"{}"#, "a search space of 0 settings", nil), (#"[]"#, "found an array", nil),
      (#"{"": [1]}"#, "not the path", nil),
      (#"{"a..b": [1]}"#, "not the path", nil), (#"{"a": []}"#, "is empty", "a"),
      (#"{"a": 5}"#, "expected values", "a"),
      (#"{"a": {"rnge": "0..1"}}"#, "unknown key", "a"),
      (#"{"a": {"when": {"b": 1}}}"#, "either a range or values", "a"),
      (#"{"a": {"range": "0..1", "values": [1]}}"#, "either a range or values", "a"),
      (#"{"a": "0..1", "A": "0..1"}"#, "listed twice", "A"),
      (#"{"a": {"range": "0..1", "when": 1}}"#, "a condition", "a.when"),
      (#"{"a": {"range": "0..1", "when": {}}}"#, "a condition", "a.when"),
      (#"{"a": {"range": "0..1", "when": {"a": [0]}}}"#, "depends on itself", "a"),
      (#"{"a": {"range": "0..1", "when": {"b": [0]}}, "b": [0]}"#, "which follows it", "a"),
      (#"{"b": [1], "a": {"range": "0..1", "when": {"c": [0]}}}"#, "does not vary", "a"),
      (#"{"b": [1], "a": {"range": "0..1", "when": {"b": [2]}}}"#, "b is never 2", "a"),
      (#"{"b": [1], "a": {"range": "0..1", "when": {"b": []}}}"#, "no values", "a"),
      (#"{"b": "0..1", "a": {"range": "0..1", "when": {"b": [2]}}}"#, "b is never 2", "a"),
      (#"{"a.b": [1], "a": [1]}"#, "follows its part", "a"),
    ] as [(String, String, String?)])
  func spaces(_ text: String, _ what: String, _ place: String?) throws {
    let json = try JSON(parsing: text)
    let error = #expect(throws: GliaError.self) { try SearchSpace(from: json) }
    #expect(error?.what.contains(what) == true && error?.place ?? "" == place ?? "", "\(error as Any)")
  }

  @Test("a hint says what to write instead")
  func remedies() throws {
    let reversed = #expect(throws: GliaError.self) { try SearchDimension(parsing: "a.b=3..1") }
    #expect(
      reversed?.description == """
        the range 3..1 is reversed
          where:    a.b
          expected: the smaller number first
          hint:     write 1..3
        """)
    #expect(throws: GliaError.self) { try SearchDimension(parsing: "a.b") }
    #expect(throws: GliaError.self) { try SearchRange(0...Double.infinity) }
    #expect(throws: GliaError.self) { try SearchRange(0...1, step: .nan) }
  }
}
