import Foundation
import GliaCore
import GliaDatasets
import Testing

/// The separator is detected from the header and the first rows, unless it is given.
struct SeparatorTests {
  @Test(arguments: [
    ("a,b,y\n1,2,3\n", 2), ("a;b;y\n1;2;3\n", 2), ("a\tb\ty\n1\t2\t3\n", 2), ("a|b|y\n1|2|3\n", 2),
    // The header has priority, then rows of equal length, then the number of cells.
    ("a;b, c;y\n1;2;3\n", 2), ("\"a;b;c\",y\n1,2\n", 1), ("\"a,b\";\"y\"\n1;3\n", 1), ("a;y\n1;\"x,y,z\"\n", 1),
    ("a, b; c,y\r\n1,2,3\r\n", 2), ("\n", nil), ("y|a,b\n1|2\n", 1), ("y\ta b\tc\n1\t2\t3", 2),
  ])
  func separatorsAreFound(text: String, features: Int?) throws {
    try withFile(text) { path in
      let data = try? CSV(path: path, target: "y").load()
      #expect(data?.inputNames.count == features)
    }
  }

  @Test func decimalCommasLeaveTheRows() throws {
    try withFile("länge;breite;preis\n3,01;1,20;5,5\n4,00;2,5;6\n") { path in
      let data = try CSV(path: path, target: "preis", decimal: ",").load()
      #expect(data.inputNames == ["länge", "breite"] && data.inputs.values == [3.01, 1.2, 4, 2.5])
    }
  }

  @Test func aGivenSeparatorHoldsAndAWrongOneIsHinted() throws {
    try withFile("a;y\n1;2\n") { path in
      let error = try #require(throws: GliaError.self) { try CSV(path: path, target: "y", separator: ",").load() }
      #expect(error.what == "no column 'y', needed as target")
      #expect(error.remedy == "its columns are separated by ';': set \"separator\": \";\", or omit the setting")
    }
    try withFile("a\ty\n1\t2\n") { path in
      let data = try CSV(path: path, target: "y", separator: "\\t").load()
      #expect(data.inputs.values == [1])
    }
  }

  /// A model trained on a tab-separated file can read a comma-separated one.
  @Test func modelsFindTheSeparatorOfTheirFile() throws {
    for (text, own) in [("a,b\n1,2\n", "\t"), ("a|b\n1|2\n", ","), ("a~b\n1~2\n", "~"), ("a;b\n1;2\n", nil)] {
      try withFile(text) { path in
        let read = try features(of: path, ["b", "a"], like: CSV(path: "", target: "y", separator: own))
        #expect(read.values == [2, 1])
      }
    }
    try withFile("b;y;a\n2;5;1\n") { path in
      let data = try CSV(path: path, target: "y", separator: ",").load(columns: ["a", "b"])
      #expect(data.inputs.values == [1, 2])
    }
  }

  @Test(arguments: [
    CSV(path: "a", target: "y", separator: ",", decimal: ","), CSV(path: "a", target: "y", decimal: ";"),
    CSV(path: "a", target: "y", decimal: ""), CSV(path: "a", target: "y", separator: "ab"),
  ])
  func formatsThatCannotBeReadAreRefused(source: CSV) {
    #expect(throws: GliaError.self) { try source.validate() }
  }
}
