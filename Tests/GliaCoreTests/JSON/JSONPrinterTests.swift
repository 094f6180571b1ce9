import GliaCore
import Testing

@Suite struct JSONPrinterTests {
  @Test func keepsInnermostValuesOnOneLine() {
    let json: JSON = [
      "name": "xor", "layers": [["type": "dense", "units": 4], ["type": "dropout"]], "none": [], "rates": [0.5, 1],
    ]
    #expect(
      json.text() == """
        {
          "name": "xor",
          "layers": [
            {"type": "dense", "units": 4},
            {"type": "dropout"}
          ],
          "none": [],
          "rates": [0.5, 1]
        }
        """)
    #expect(
      json.compact == """
        {"name":"xor","layers":[{"type":"dense","units":4},{"type":"dropout"}],"none":[],"rates":[0.5,1]}
        """)
  }

  @Test func breaksWhatIsLongerThanALine() {
    // 25 numbers of two digits take 25 * 2 + 24 * 2 + 2 = 100 columns; one more digit is too many.
    let fits = JSON.array(Array(repeating: 10, count: 25))
    #expect(!fits.text().contains("\n"))
    let long = JSON.array(Array(repeating: 10, count: 24) + [100])
    #expect(long.text() == "[\n" + String(repeating: "  10,\n", count: 24) + "  100\n]")
    #expect(JSON.array([fits]).text(indent: 0).hasPrefix("[\n[10, 10"))
    #expect(JSON.array([fits]).text(indent: 1).hasPrefix("[\n [\n  10,\n"))
    #expect(JSON.array([fits]).text(indent: -3) == JSON.array([fits]).text(indent: 0))
  }

  @Test func escapesWhatMustBe() {
    #expect(
      JSON.string("\"\\/\u{8}\n\r\t\u{1F}\0é😀\u{7F}").compact == "\"\\\"\\\\/\\u0008\\n\\r\\t\\u001f\\u0000é😀\u{7F}\"")
    #expect(JSON.object(["a\"b": 1]).compact == "{\"a\\\"b\":1}")
  }

  @Test(arguments: ["nan", "", " 1", "01", "1,2", "0x1", "inf", "1e", "true"])
  func neverPrintsAnInvalidNumber(text: String) {
    #expect(JSON.number(text).compact == "\"\(text)\"")
  }
}

@Suite struct DeepJSONTests {
  /// Nested lists, each with a number next to the inner list.
  private func nested(_ depth: Int) -> JSON {
    (0..<depth).reduce(JSON.array([])) { inner, _ in .array([.array([1, .array([])]), inner]) }
  }

  @Test func deepValuesAreNotMostlySpaces() {
    let (some, many) = (nested(100).text().utf8.count, nested(400).text().utf8.count)
    // Twice the indentation on twice as many lines would be sixteenfold.
    #expect(many < 6 * some)
  }

  @Test func deepValuesReadBack() throws {
    #expect(try JSON(parsing: nested(200).text()) == nested(200))
  }
}
