import GliaCore
import Testing

@Suite struct JSONParserTests {
  @Test func readsEverySortOfValue() throws {
    let text = #"""
      { "name": "two moons", "empty": [], "none": {}, "flags": [true, false, null],
        "numbers": [0, -0, 12, -1.50, 1e3, 2E-8, 1.0e+10, 12345678901234567890],
        "nested": {"a": [{"b": [[]]}]} }
      """#
    let json = try JSON(parsing: text)
    #expect(json.object?.keys == ["name", "empty", "none", "flags", "numbers", "nested"])
    #expect(json["name"] == "two moons")
    #expect(json["flags"] == [true, false, .null])
    let numbers = ["0", "-0", "12", "-1.50", "1e3", "2E-8", "1.0e+10", "12345678901234567890"]
    #expect(json["numbers"] == .array(numbers.map { .number($0) }))
    #expect(json["nested"] == ["a": [["b": [[]]]]])
  }

  @Test func decodesEscapesAndUTF8() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00 é€😀""#
    #expect(try JSON(parsing: text) == .string("\"\\/\u{8}\u{C}\n\r\tAé€😀 é€😀"))
    #expect(try JSON(parsing: #""\u0000""#) == "\0")
    #expect(try JSON(parsing: [0xEF, 0xBB, 0xBF, 0x20, 0x31]) == 1)
  }

  @Test(arguments: [
    ("", "1:1", "end of the text", "ends too early"), (" \n ", "2:2", "end of the text", "ends too early"),
    ("{\"a\": 1,\n}", "2:1", "'}'", "remove the comma before it"),
    ("[1, 2, ]", "1:8", "']'", "remove the comma before it"),
    ("[1,, 2]", "1:4", "','", "remove the comma"), ("[,1]", "1:2", "','", "remove the comma"),
    ("{'a': 1}", "1:2", "'''", "double quotes"), ("{\"a\": 'x'}", "1:7", "'''", "double quotes"),
    ("{\u{201C}a\u{201D}: 1}", "1:2", "'\u{201C}'", "double quotes"),
    ("{units: 4}", "1:2", "'units'", "double quotes"), ("{\"units\": four}", "1:11", "'four'", "double quotes"),
    ("{\"a\": 1 // one\n}", "1:9", "'/'", "comment"), ("# x\n1", "1:1", "'#'", "comment"),
    ("/* x */ 1", "1:1", "'/'", "comment"),
    ("{\"a\": 1\n \"b\": 2}", "2:2", "'\"'", "put a comma before it"), ("[1 2]", "1:4", "'2'", "put a comma before it"),
    ("[\"é😀\" 2]", "1:7", "'2'", "put a comma before it"), ("{\"a\" 1}", "1:6", "'1'", "double quotes"),
    ("{\"a\" = 1}", "1:6", "'='", "':'"), ("{\"a\": }", "1:7", "'}'", ""), ("{1: 2}", "1:2", "'1'", "double quotes"),
    ("NaN", "1:1", "'NaN'", "no NaN"), ("[-Infinity]", "1:3", "'Infinity'", "no infinity"),
    ("[True]", "1:2", "'True'", "'true'"), ("[None]", "1:2", "'None'", "'null'"), ("nul", "1:1", "'nul'", ""),
    ("truex", "1:1", "'truex'", ""), ("+1", "1:1", "'+'", "digit"), (".5", "1:1", "'.'", "digit"),
    ("5.", "1:3", "end of the text", ""), ("-", "1:2", "end of the text", ""), ("1e", "1:3", "end of the text", ""),
    ("[01]", "1:2", "leading zero", "zeros"), ("-01", "1:1", "leading zero", "zeros"), ("0x1F", "1:2", "'x1F'", ""),
    ("1 2", "1:3", "'2'", ""), ("{} x", "1:4", "'x'", ""), ("[1]]", "1:4", "']'", ""), ("]", "1:1", "']'", ""),
    ("{\"a\": [1}", "1:9", "'}'", ""), ("[1", "1:3", "end of the text", ""), ("{\"a\"", "1:5", "end of the text", ""),
    ("\"abc", "1:1", "not closed", "'\"'"), ("\"a\nb\"", "1:1", "not closed", "'\"'"),
    ("\"a\tb\"", "1:3", "byte 0x9", "escape"), ("\"\\x\"", "1:2", "unknown escape", "backslash"),
    ("\"\\", "1:2", "unknown escape", "backslash"), ("\"\\u12", "1:4", "unfinished escape", ""),
    ("\"\\u12G4\"", "1:4", "unfinished escape", ""), ("\"\\u+123\"", "1:4", "unfinished escape", ""),
    ("\"\\uD800\"", "1:2", "unpaired surrogate", ""), ("\"\\uDC00\"", "1:2", "unpaired surrogate", ""),
    ("\"\\uD800\\uD800\"", "1:2", "unpaired surrogate", ""),
    ("\"\\uD800\\n\"", "1:2", "unpaired surrogate", ""), ("\"\\uDC00\\uD800\"", "1:2", "unpaired surrogate", ""),
    ("{\"a\": 1,\n \"a\": 2}", "2:2", "duplicate key 'a'", "remove"),
    ("{\"a\": 1, \"\\u0061\": 2}", "1:10", "duplicate key 'a'", "remove"),
  ])
  func refusesWithPlaceAndRemedy(text: String, place: String, what: String, remedy: String) {
    let error = #expect(throws: GliaError.self) { try JSON(parsing: text, name: "a.json") }
    #expect(error?.place == "a.json:\(place)")
    #expect(error?.what.contains(what) == true, "\(String(describing: error))")
    #expect(remedy.isEmpty || error?.remedy?.contains(remedy) == true, "\(String(describing: error))")
    #expect(error?.category == .description)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], "1:2", "byte 0xFF"), ([0x22, 0x61, 0xC3, 0x22], "1:3", "byte 0xC3"),
      ([0x22, 0xC0, 0x80, 0x22], "1:2", "byte 0xC0"), ([0x22, 0xED, 0xA0, 0x80, 0x22], "1:2", "byte 0xED"),
      ([0x22, 0xF0, 0x90, 0x80, 0x22], "1:2", "byte 0xF0"), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "1:2", "byte 0xF4"),
      ([0xFF, 0xFE, 0x31, 0x00], "1:1", "byte 0xFF"), ([0x7B, 0x00, 0x7D, 0x00], "1:2", "byte 0x0"),
      ([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x31], "1:1", "'\\u{FEFF}'"),
    ] as [([UInt8], String, String)])
  func refusesWhatIsNotUTF8(bytes: [UInt8], place: String, what: String) {
    let error = #expect(throws: GliaError.self) { try JSON(parsing: bytes, name: "a.json") }
    #expect(error?.place == "a.json:\(place)")
    #expect(error?.what.contains(what) == true, "\(String(describing: error))")
  }

  @Test func limitsNesting() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let deepest = try JSON(parsing: nested(512, open, close))
      #expect(deepest.compact == nested(512, open, close))
      #expect(try JSON(parsing: deepest.text()) == deepest)
      let error = #expect(throws: GliaError.self) { try JSON(parsing: nested(100_000, open, close)) }
      #expect(error?.what.contains("more than 512") == true)
      #expect(throws: GliaError.self) { try JSON(parsing: nested(513, open, close)) }
    }
  }

  @Test(.timeLimit(.minutes(5))) func takesLinearTime() throws {
    let members = (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    let object = try JSON(parsing: "{\(members)}").object
    #expect(object?.count == 100_000)
    #expect(object?["k99999"] == 99999)
    #expect(throws: GliaError.self) { try JSON(parsing: "{\(members),\"k77\":0}") }
    let lines = String(repeating: "\n", count: 1_000_000)
    #expect(#expect(throws: GliaError.self) { try JSON(parsing: lines + "x") }?.place == "JSON:1000001:1")
    let word = String(repeating: "a", count: 1_000_000)
    #expect((#expect(throws: GliaError.self) { try JSON(parsing: word) }?.what.count ?? 1000) < 100)
    #expect(try JSON(parsing: "\"\(word)\"") == .string(word))
  }

  @Test(.timeLimit(.minutes(5))) func survivesDamage() throws {
    let valid = Array(
      #"{"a": [1, -2.5e3, {"b": "x\n\u00e9\uD83D\uDE00 é€😀"}], "c": null, "d": [true, false, {}], "e": []}"#.utf8)
    var mutations = Mutations(seed: 1)
    var survivors = 0
    for _ in 0..<20_000 {
      // Anything that can be parsed must survive a round trip in both printed forms.
      guard let json = try? JSON(parsing: mutations.damage(valid)) else { continue }
      survivors += 1
      #expect(try JSON(parsing: json.compact) == json)
      #expect(try JSON(parsing: json.description) == json)
    }
    #expect(survivors > 100)
  }
}
