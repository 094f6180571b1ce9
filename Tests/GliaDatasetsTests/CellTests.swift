import Foundation
import GliaCore
import GliaDatasets
import Testing

/// Nonnumeric cells, and error messages for files that do not match.
struct CellTests {
  @Test(
    arguments: [
      ("", .empty), ("  ", .empty), ("NA", .missing), ("N/A", .missing), ("nan", .missing), ("NaN", .missing),
      ("null", .missing), ("None", .missing), ("?", .missing), ("-", .missing), ("#N/A", .missing),
      ("0,05", .decimalComma), ("-12,5", .decimalComma), ("3,14159", .decimalComma), ("0,123", .decimalComma),
      ("1,5e-3", .decimalComma), (",5", .decimalComma), ("1234,567", .decimalComma), ("1,234", .comma),
      ("12,345", .comma), ("1,234.5", .thousands), ("1.234,5", .thousands), ("1 234", .thousands),
      ("1\u{A0}234,50", .thousands), ("1'234.5", .thousands), ("1,234,567", .thousands), ("1.234.567", .thousands),
      ("-1,234,567.89", .thousands), ("12%", .percent), ("12.5 %", .percent), ("-3,5%", .decimalComma),
      ("$5", .currency),
      ("€ 1,50", .currency), ("5 €", .currency), ("1.234,50 EUR", .currency), ("USD 12", .currency),
      ("2024-05-01", .date), ("01.05.2024", .date), ("5/1/24", .date), ("2024-05-01T12:30:00Z", .date),
      ("2024-05-01 12:30", .date), ("1 May 2024", .date), ("May 1, 2024", .date), ("01-Jan-2024", .date),
      ("12:30", .time), ("12:30:05.5", .time), ("1e60", .tooLarge), ("-1e400", .tooLarge), ("inf", .infinite),
      ("-Infinity", .infinite), ("true", .truth), ("No", .truth), ("12 kg", .unit), ("5.5cm", .unit),
      ("\u{2212}5", .typographic), ("٣", .typographic), ("male", .text), ("A1", .text), ("1_0", .text), ("0x10", .text),
      ("12 Main St", .text), ("1.2.3.4.5", .text), ("2024-05", .text), ("--", .text), ("192.168.0.1", .text),
    ] as [(String, CellKind)])
  func cellsAreToldByWhatTheyAre(text: String, kind: CellKind) {
    #expect(CellKind(of: text) == kind)
  }

  @Test func aPointIsNoDecimalComma() {
    #expect(CellKind(of: "0.05", decimal: ",") == .decimalPoint)
  }

  private func error(_ text: String, _ source: CSV = CSV(path: "", target: "y")) throws -> GliaError {
    var result: GliaError?
    try withFile(text) { path in
      var source = source
      source.path = path
      result = try #require(throws: GliaError.self) { try source.load() }
    }
    return try #require(result)
  }

  @Test func allColumnsThatDoNotFitAreTold() throws {
    let rows = (0..<40).map { "\($0 % 2 == 0 ? "male" : "female"),Mr. \($0),\($0 % 10 == 3 ? "NA" : "30"),12€,1\n" }
    let error = try error("sex,name,age,share,y\n" + rows.joined())
    #expect(error.what == "4 columns have invalid cells" && error.place?.hasSuffix(":2, column 'sex'") == true)
    let lines = try #require(error.remedy).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines == [
        "'sex', line 2: the text 'male' (40 cells): use \"categories\": [\"sex\"], which has 2 values, correct the cell, or add the column to \"ignore\"",
        "'name', line 2: the text 'Mr. 0' (40 cells): add the column to \"ignore\": it has 40 values in 40 rows",
        "'share', line 2: the amount of money '12€' (40 cells): write it without the currency symbol",
        "'age', line 5: the missing value 'NA' (4 cells): fill the cell in, use \"missing\": \"mean\" or \"drop\", or add the column to \"ignore\"",
      ])
  }

  @Test(arguments: [
    ("x;y\n0,05;a\n", "set \"decimal\": \",\""), ("x;y\n1.234,5;a\n", "thousands separators"),
    ("x;y\n1,2%;a\n", "set \"decimal\": \",\""), ("x,y\n2024-05-01,a\n", "\"dates\": [\"x\"]"),
    ("x,y\nNA,a\n", "\"missing\""),
    ("x,y\n1e60,a\n", "unit of the column"), ("x,y\nt,a\n", "write 1 and 0"),
    ("x,y\n$5,a\n", "without the currency symbol"),
    ("x,y\nred,a\nblue,a\n", "categories\": [\"x\"], which has 2 values"), ("x,y\n1,NA\n2,5\n", "removes the row"),
  ])
  func remediesFitTheCell(text: String, remedy: String) throws {
    #expect(try #require(try error(text).remedy).contains(remedy))
  }

  @Test func tenColumnsAreToldAtMost() throws {
    let names = (0..<15).map { "c\($0)" }
    let error = try error((names + ["y"]).joined(separator: ",") + "\n" + names.map { _ in "a," }.joined() + "1\n")
    #expect(error.what == "15 columns have invalid cells" && error.remedy?.contains("and 5 more") == true)
  }

  /// Hints for a model are about the file, because its settings are fixed.
  @Test func modelsAreNotToldToChangeSettings() throws {
    for missing in [nil, .drop] as [CSV.Missing?] {
      for cell in ["", "NA", "abc", "0,5", "0,5%"] {
        try withFile("a;b\n1;\(cell)\n") { path in
          let error = try #require(throws: GliaError.self) {
            _ = try features(of: path, ["a", "b"], like: CSV(path: "", target: "y", missing: missing))
          }
          let remedy = try #require(error.remedy)
          #expect(!remedy.contains("categories") && !remedy.contains("use \"missing\"") && !remedy.contains("ignore"))
        }
      }
    }
    try withFile("sex\nMale\n") { path in
      let error = try #require(throws: GliaError.self) {
        _ = try features(of: path, ["sex=female", "sex=male"], like: CSV(path: "", target: "y", categories: ["sex"]))
      }
      #expect(error.remedy == "did you mean 'male'?")
    }
  }

  @Test func suggestionsNameNoColumnThatIsInUse() throws {
    let error = try error("x1,x3,y\n1,2,3\n", CSV(path: "", target: ["y", "x2"], ignore: ["x1", "x3"]))
    #expect(error.what == "no column 'x2', needed as target" && error.remedy?.contains("did you mean") == false)
  }

  static let gaps = "age,port,y\n1,S,0\nNA,S,1\n3,?,0\n4,Q,N/A\n-,null,1\n6,S,nan\n7,Q,1\n"

  @Test func rowsLeftOutAreCounted() throws {
    try withFile(Self.gaps) { path in
      let data = try CSV(path: path, target: "y", categories: ["port"], missing: .drop).load()
      #expect(data.inputs.values == [1, 0, 1, 7, 1, 0] && data.inputNames == ["age", "port=Q", "port=S"])
      #expect(data.targets[0].labels == ["0", "1"])
      #expect(data.warnings == ["5 of 7 rows dropped: missing in age 2, port 2, y 2"])
    }
  }

  @Test func wordsAreMissingValues() throws {
    try withFile("x,y\n1,a\nNA,b\nN/A,a\nnan,b\nnull,a\nNone,a\n?,b\n-,a\n,b\n3,a\n") { path in
      let data = try CSV(path: path, target: "y", missing: .mean).load()
      #expect(data.inputs.values.map(\.isNaN) == [false] + Array(repeating: true, count: 8) + [false])
    }
  }

  @Test func decimalCommasAreRead() throws {
    try withFile("x;w;y\n0,05;1;1,50\n-1,5e1;2;2\n\"3,\";1;,5\n") { path in
      let data = try CSV(path: path, target: "y", weight: "w", decimal: ",").load()
      #expect(data.inputs.values == [0.05, -15, 3] && data.weights == [1, 2, 1])
      #expect(try data.targets[0].numbers() == [1.5, 2, 0.5] && data.targets[0].labels == ["1.50", "2", ".5"])
    }
  }
}
