import Foundation
import Glia
import Testing

/// Errors in CSV files, with their line and message.
struct CSVErrorTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let what: String
    let place: String
    var source = CSV(path: "", target: "y")
    var remedy = ""
    var testDescription: String { text.debugDescription }
  }

  static let faults = [
    Fault(text: "", what: "there is no header", place: ":1"),
    Fault(text: "\n\n", what: "there is no header", place: ":1"),
    Fault(text: "\u{FEFF}", what: "there is no header", place: ":1"),
    Fault(text: "x,y\n", what: "there are no samples below the header", place: ":2"),
    Fault(text: "x,y\n\n\n", what: "there are no samples below the header", place: ":2"),
    Fault(text: "x,,y\n1,2,3\n", what: "column 2 has no name", place: ":1"),
    Fault(
      text: "x,y,x\n1,2,3\n", what: "columns 1 and 3 are both called 'x'", place: ":1",
      remedy: "set \"header\": false, which calls them 'column_1' and 'column_3'"),
    Fault(
      text: "1,0,0\n2,1,0\n", what: "columns 2 and 3 are both called '0'", place: ":1",
      remedy: "set \"header\": false; otherwise rename one of them in the header"),
    Fault(text: "x,y,,\n1,2,,\n", what: "column 3 has no name", place: ":1"),
    Fault(
      text: "x,y,\n1,2,\n3,4,z\n", what: "column 3 has no name, but the value 'z'", place: ":3",
      remedy: "add the name to the header, or remove the value"),
    Fault(text: "x,y,\n1,2\n", what: "a row with 2 cells", place: ":2"),
    Fault(text: "x,y, x \n1,2,3\n", what: "columns 1 and 3 are both called 'x'", place: ":1"),
    Fault(text: "y\n1\n", what: "no feature column remains out of 1", place: ":1"),
    Fault(text: "x,y\n1,2\n3\n", what: "a row with 1 cell", place: ":3"),
    Fault(text: "x,y\n1,2\n3,4,5\n", what: "a row with 3 cells", place: ":3"),
    Fault(text: "x,y\n1,2\n3,4,\n", what: "a row with 3 cells", place: ":3"),
    Fault(text: "x,y\n1,2\n\n3,4\n", what: "a blank line between samples", place: ":3"),
    Fault(text: "x,y\n1,2\nabc,4\n", what: "the text 'abc'", place: ":3, column 'x'"),
    Fault(text: "x,y\n1,2\n1_0,4\n", what: "the text '1_0'", place: ":3, column 'x'"),
    Fault(text: "x,y\n1,2\n\"1,5\",4\n", what: "the decimal comma in '1,5'", place: ":3, column 'x'"),
    Fault(text: "x,y\n,2\n", what: "an empty cell", place: ":2, column 'x'"),
    Fault(text: "x,y\n  ,2\n", what: "an empty cell", place: ":2, column 'x'"),
    Fault(text: "y,x\n2,", what: "an empty cell", place: ":2, column 'x'"),
    Fault(text: "x,y\n1,\n", what: "an empty cell", place: ":2, column 'y'"),
    Fault(text: "x,y\n1,", what: "an empty cell", place: ":2, column 'y'"),
    Fault(text: "x,y\n1,nan\n2,a\n", what: "the missing value 'nan'", place: ":2, column 'y'"),
    Fault(text: "x,y\n1,-inf\n", what: "the infinite number '-inf'", place: ":2, column 'y'"),
    Fault(text: "x,y\n1,1e400\n", what: "the number '1e400', which is too large", place: ":2, column 'y'"),
    Fault(text: "x,y\nNaN,2\n", what: "the missing value 'NaN'", place: ":2, column 'x'"),
    Fault(text: "x,y\ninfinity,2\n", what: "the infinite number 'infinity'", place: ":2, column 'x'"),
    Fault(text: "x,y\n1e60,2\n", what: "the number '1e60', which is too large", place: ":2, column 'x'"),
    Fault(text: "x,y\n0x1p3,2\n", what: "the text '0x1p3'", place: ":2, column 'x'"),
    Fault(text: "x,y\n1,\"a\n2,b\n3,c\n", what: "a quote that is never closed", place: ":2"),
    Fault(text: "x,y\n1,a\n2,b\"\n", what: "a quote inside a cell without quotes", place: ":3"),
    Fault(text: "x,y\n1,a\n2,5\" disc 6\"\n", what: "a quote inside a cell without quotes", place: ":3"),
    Fault(text: "x,y\n1,\"a\nb\"\n2,\"a\"b\n", what: "text after a closing quote", place: ":4"),
    Fault(text: "x,y\n1,\"a\" b\"\"\n", what: "text after a closing quote", place: ":2"),
    Fault(text: "\"x,y\n1,2\n", what: "a quote that is never closed", place: ":1"),
    Fault(text: "x,y\n1,\"a\n\nb\"\nabc,2\n", what: "the text 'abc'", place: ":5, column 'x'"),
    Fault(text: "\"x\nz\",y\r\n1,\"a\r\nb\"\r\nabc,2\r\n", what: "the text 'abc'", place: ":5, column 'x\\nz'"),
    Fault(
      text: "width,species\n1,2\n", what: "no column 'specis', needed as target", place: ":1",
      source: CSV(path: "", target: "specis"), remedy: "did you mean 'species'?"),
    Fault(
      text: "x,weight,y\n1,2,3\n", what: "no column 'weigth', needed as weight", place: ":1",
      source: CSV(path: "", target: "y", weight: "weigth"), remedy: "did you mean 'weight'?"),
    Fault(
      text: "x,id,y\n1,2,3\n", what: "no column 'nowhere', needed as ignore", place: ":1",
      source: CSV(path: "", target: "y", ignore: ["id", "nowhere"])),
    Fault(
      text: "x,y\n1,2\n", what: "column 'y' is listed twice", place: ":1",
      source: CSV(path: "", target: "y", weight: "y")),
    Fault(
      text: "x,y\n1,2\n", what: "column 'y' is listed twice", place: ":1", source: CSV(path: "", target: ["y", "y"])),
    Fault(
      text: "x,y\n1,2\n", what: "column 'y' is listed twice", place: ":1",
      source: CSV(path: "", target: "y", ignore: ["y"])),
    Fault(
      text: "x,w,y\n1,2,3\n1,-2,3\n", what: "the number -2", place: ":3, column 'w'",
      source: CSV(path: "", target: "y", weight: "w")),
    Fault(
      text: "x,w,y\n1,,3\n", what: "an empty cell", place: ":2, column 'w'",
      source: CSV(path: "", target: "y", weight: "w")),
  ]

  @Test(arguments: faults)
  func faultsAreToldWithTheirPlace(fault: Fault) throws {
    try withFile(fault.text) { path in
      var source = fault.source
      source.path = path
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.what == fault.what)
      #expect(error.place == path + fault.place)
      #expect(error.category == .description && error.expected != nil)
      #expect(error.remedy?.hasSuffix(fault.remedy) == true, "\(error)")
    }
  }

  @Test func bytesThatAreNotUTF8AreRefused() throws {
    for (bytes, line) in [([0xFF, 0xFE, 0x78, 0x00], 1), (Array("x,y\n1,a\n2,".utf8) + [0xFC, 0x0A], 3)]
      as [([UInt8], Int)]
    {
      try withFile(bytes: bytes) { path in
        let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y").load() }
        #expect(error.what == "the file is not valid UTF-8" && error.place == "\(path):\(line)", "\(error)")
      }
    }
  }

  @Test(arguments: ["/nowhere/a.csv", "/tmp", "/dev/zero", "a\u{0}b"])
  func missingFilesAreInputsThatMiss(path: String) throws {
    let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y").load() }
    #expect(error.category == .missingInput)
    #expect(throws: GliaError.self) { try CSVFeatureRows(path: path, columns: ["x"]) }
  }

  @Test func predictionNamesWhatMisses() throws {
    try withFile(CSVTests.irises) { path in
      let error = try #require(throws: GliaError.self) {
        _ = try CSVFeatureRows(path: path, columns: ["petal_width", "height", "age"])
      }
      #expect(error.what == "no column 'height', 'age', needed as feature" && error.place == path + ":1")
      let text = try #require(throws: GliaError.self) { _ = try features(of: path, ["species"]) }
      #expect(text.place == path + ":2, column 'species'")
    }
  }

  @Test func pathsCannotSteerTheTerminal() throws {
    try withFile("x\n", name: "\u{1B}[31m.csv") { path in
      let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y").load() }
      #expect(!error.description.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test func hostileFilesEndInAMessage() throws {
    let texts = [
      String(repeating: "\"", count: 100_001), String(repeating: ",", count: 100_000),
      "x,y\n" + String(repeating: "\n", count: 100_000) + "1,2",
      "x,y\n" + String(repeating: "9", count: 100_000) + ",1",
      "x,y\n\u{0},1\n", String(repeating: "\"a\",", count: 100_000) + "\"", "x,y\n\"\u{301}1\",2\n",
    ]
    for text in texts {
      try withFile(text) { path in #expect(throws: GliaError.self) { try CSV(path: path, target: "y").load() } }
    }
  }
}
