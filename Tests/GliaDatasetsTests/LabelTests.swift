import Foundation
import GliaCore
import GliaDatasets
import GliaLosses
import Testing

/// Labels stay as written; numbers are the same class if their exact decimal values are equal.
struct LabelTests {
  private func column(_ cells: [String]) throws -> Column {
    var column = Column("", text: [])
    try withFile("x,y\n" + cells.map { "1,\($0)\n" }.joined()) { path in
      column = try CSV(path: path, target: "y").load().targets[0]
    }
    return column
  }

  @Test(arguments: [
    (["16777216", "16777217"], ["16777216", "16777217"]),
    (["100000002", "100000001", "200000000"], ["100000001", "100000002", "200000000"]),
    (["12345678901234567891", "12345678901234567890"], ["12345678901234567890", "12345678901234567891"]),
    (["9007199254740993", "9007199254740992"], ["9007199254740992", "9007199254740993"]),
    (["10", "9", "-1", "0.5"], ["-1", "0.5", "9", "10"]), (["007", "012"], ["007", "012"]),
    (["007", "012", "A1"], ["007", "012", "A1"]), (["1.0", "2.0"], ["1.0", "2.0"]),
    (["1", "1.0", "1e0", "2"], ["1", "2"]), (["1.0", "1.00"], ["1.0"]), (["-0", "0", "+0"], ["0"]),
    (["0.1", "0.10000000000000001"], ["0.1", "0.10000000000000001"]), (["1e-400", "2e-400"], ["1e-400", "2e-400"]),
    (["yes", "No", "no"], ["No", "no", "yes"]), (["1", "1.0", "b"], ["1", "1.0", "b"]),
    (["-12345678901234567891", "-12345678901234567892"], ["-12345678901234567892", "-12345678901234567891"]),
  ])
  func classesAreWhatIsWritten(cells: [String], classes: [String]) throws {
    let column = try column(cells)
    #expect(column.classes == classes)
    #expect(Set(column.labels) == Set(classes))
  }

  @Test(arguments: [
    (["1", "2"], ["2.0", "1e0", "1"], [1, 0, 0]), (["007", "012", "A1"], ["007", "A1", "012"], [0, 2, 1]),
    (["7", "007"], ["007", "7"], [1, 0]), (["1.0", "2.0"], ["1", "2"], [0, 1]),
    (["100000001", "100000002"], ["100000002", "100000001"], [1, 0]),
  ])
  func knownClassesAreFoundByTextThenByValue(known: [String], cells: [String], indices: [Float]) throws {
    let column = try column(cells)
    let inputs = try Tensor(shape: [cells.count, 1], cells.map { _ in 0 })
    let encoded = try Dataset(inputs: inputs, targets: [column]).encoded(
      for: SparseCategoricalCrossentropy(), classes: known)
    #expect(encoded.values.values == indices && encoded.classes == known)
  }

  @Test(arguments: [nil, CSV.Missing.mean])
  func wordsForMissingValuesAreClassesWithAWarning(missing: CSV.Missing?) throws {
    func warnings(_ cells: String...) throws -> [String] {
      var found: [String] = []
      try withFile("x,y\n" + cells.map { "1,\($0)\n" }.joined()) { path in
        found = try CSV(path: path, target: "y", missing: missing).load().warnings
      }
      return found
    }
    let start = "column 'y' has 3 words for missing values, such as 'NA', read as a class name;"
    let found = try warnings("cat", "NA", "dog", "?", "NA")
    #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
    #expect(try warnings("NA", "none").count == 1)
    #expect(try warnings("cat", "dog").isEmpty && warnings("1", "2").isEmpty)
  }

  @Test func aHeaderOfNumbersIsWarnedOf() throws {
    try withFile("5.1,3.5,setosa\n4.9,3.0,setosa\n6.4,3.2,versicolor\n") { path in
      let warnings = try CSV(path: path, target: "setosa").load().warnings
      #expect(warnings.count == 1 && warnings[0].hasPrefix("the first line looks like a sample (5.1, 3.5, setosa)"))
      let error = #expect(throws: GliaError.self) { try CSV(path: path, target: "species").load() }
      #expect(error?.remedy == "the first line looks like a sample: add a header row before it")
    }
    try withFile("0,1,2,y\n1,2,3,a\n2,3,4,b\n") { path in
      let warnings = try CSV(path: path, target: "y").load().warnings
      #expect(warnings.isEmpty)
    }
  }

  @Test func aValueThatTwoClassesHaveIsUnknown() throws {
    #expect(ClassIndex(["7", "007"])["7.0"] == nil)
    #expect(ClassIndex(["7", "x"])["8"] == nil && ClassIndex(["7", "x"])["x"] == 1)
  }

  @Test func partsKeepTheForm() throws {
    let data = try Dataset(
      inputs: Tensor(rows: [[1], [2], [3]]),
      targets: [Column("y", numbers: [7, 12, 7], written: ["007", "012", "7"])])
    #expect(data.targets[0].labels == ["7", "012", "7"])
    #expect(try #require(try data.part([0, 1])).targets[0].labels == ["007", "012"])
    #expect(try data.targets[0].numbers() == [7, 12, 7])
  }

  @Test func numbersBeyondSinglePrecisionAreNoTargets() throws {
    let column = try column(["1e60", "2"])
    #expect(column.classes == ["2", "1e60"])
    let error = try #require(throws: GliaError.self) { try column.numbers() }
    #expect(error.what.contains("too large"))
  }

  @Test func randomDecimalsAreOrderedAndToldApart() throws {
    var random = Random(seed: 3)
    for _ in 0..<500 {
      let (a, b) = (Int(random.below(2000)) - 1000, Int(random.below(2000)) - 1000)
      let shift = Int(random.below(5))
      func text(_ n: Int) -> String { "\(n)" + String(repeating: "0", count: shift) + "e-\(shift + 2)" }
      let column = Column("", numbers: [Double(a) / 100, Double(b) / 100], written: [text(a), text(b)])
      #expect(column.classes == (a == b ? [text(a)] : a < b ? [text(a), text(b)] : [text(b), text(a)]), "\(a) \(b)")
    }
  }
}
