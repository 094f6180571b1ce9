import Glia
import Testing

@Suite("What a table contains")
struct TableSummaryTests {
  private let text = """
    id;size;species;born;tame;note;empty
    1;1,5;cat;2001-05-01;yes;aa;
    2;2,5;dog;2002-05-01;no;bb;NA
    3;;cat;2003-05-01;yes;cc;?
    4;10,5;cat;2004-05-01;yes;dd;
    5;3

    """

  @Test("kinds, missing cells, ranges, moments and histograms by hand")
  func columns() throws {
    try withFile(text) { path in
      let summary = try TableSummary(of: path, like: CSV(path: path, target: [], decimal: ","))
      #expect(summary.rows == 5 && summary.brokenRows == 1 && summary.separator == ";")
      #expect(summary.columns.map(\.kind) == [.number, .number, .category, .date, .boolean, .category, .empty])
      #expect(summary.columns.map(\.missing) == [0, 1, 0, 0, 0, 0, 4])
      #expect(summary.columns.map(\.distinct) == [4, 3, 2, 4, 2, 4, 0])
      let size = summary.columns[1]
      #expect(size.range == 1.5...10.5 && size.histogram == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1])
      // The mean of 1.5, 2.5 and 10.5 is 14.5 / 3; the squared distances sum to 48.666…
      let moments = try #require(size.moments)
      #expect(abs(moments.mean - 14.5 / 3) < 1e-12 && abs(moments.deviation - (146.0 / 9).squareRoot()) < 1e-12)
      #expect(
        summary.columns[2].values.map(\.text) == ["cat", "dog"] && summary.columns[2].values.map(\.count) == [3, 1])
      #expect(summary.columns[2].range == nil && summary.columns[2].histogram.isEmpty)
      #expect(summary.likelyTarget == "species")
      #expect(
        summary.warnings == [
          "1 row of 5 with fewer or more cells than the header", "'empty' is empty; add it to \"ignore\"",
        ])
    }
  }

  @Test("constant, long and mostly missing columns are warned of")
  func warnings() throws {
    let rows = (0..<40).map { "\($0),7,\($0 % 3 == 0 ? "\($0)" : ""),text \($0)\n" }.joined()
    try withFile("x,same,gaps,text\n" + rows) { path in
      let summary = try TableSummary(of: path)
      #expect(summary.warnings.count == 3, "\(summary.warnings)")
      #expect(summary.warnings[0].contains("'same' has the same value"))
      #expect(summary.warnings[1] == "'gaps' is missing in 65 % of the rows")
      #expect(summary.warnings[2].contains("'text' has 40 distinct texts in 40 rows"))
      #expect(summary.likelyTarget == "x")
    }
  }

  @Test("constant columns share one warning, and ignored columns have none")
  func groupedWarnings() throws {
    try withFile("a,b,c,d,e,x\n" + (0..<6).map { "1,2,3,4,5,\($0)\n" }.joined()) { path in
      let summary = try TableSummary(of: path)
      #expect(
        summary.warnings == [
          "5 columns ('a', 'b', 'c', 'd', …) have the same value in all rows, from which nothing can be learned; "
            + "add them to \"ignore\""
        ], "\(summary.warnings)")
      #expect(
        summary.warnings(ignoring: ["a", "b", "c", "d"]) == [
          "'e' has the same value in all rows, from which nothing can be learned; add it to \"ignore\""
        ])
      #expect(summary.warnings(ignoring: ["a", "b", "c", "d", "e"]).isEmpty)
    }
  }

  @Test("few numbers are classes only if they occur often enough")
  func classes() throws {
    // Nine weights in ten rows are measurements; three in nine rows, and two in any number, are classes.
    let rows = (0..<9).map { "\(150 + $0),\($0 % 3),\($0 / 8),\($0 % 4),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try withFile("weight,three,two,four,name\n" + rows) { path in
      let columns = try TableSummary(of: path).columns
      #expect(columns.map(\.holdsClasses) == [false, true, true, false, true])
    }
  }

  @Test("files without samples are refused, and a file without a header is read")
  func edges() throws {
    for text in ["", "a,b\n"] {
      try withFile(text) { path in #expect(throws: GliaError.self) { try TableSummary(of: path) } }
    }
    try withFile("1,x\n2,y\n") { path in
      let summary = try TableSummary(of: path, like: CSV(path: path, target: [], header: false))
      #expect(summary.rows == 2 && summary.columns.map(\.name) == ["column_1", "column_2"])
    }
  }
}
