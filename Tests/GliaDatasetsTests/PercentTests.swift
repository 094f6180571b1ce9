import Glia
import Testing

@Suite("Percentages, and separators at the ends of lines")
struct PercentTests {
  @Test("percentages are numbers in percent")
  func percentages() throws {
    try withFile("share;rate;y\n12%;5;0,5 %\n\" 3,5 % \";-1,25e1%;7\n;2%;1%\n") { path in
      let data = try CSV(path: path, target: "y", missing: .mean, decimal: ",").load()
      #expect(data.inputs.values[0...3] == [12, 5, 3.5, -12.5] && data.inputs.values[4].isNaN)
      #expect(try data.targets[0].numbers() == [0.5, 7, 1] && data.targets[0].labels == ["0.5", "7", "1"])
      let rows = try features(
        of: path, ["share", "rate"], like: CSV(path: "", target: "y", missing: .mean, decimal: ","))
      #expect(rows.values[0...3] == data.inputs.values[0...3])
    }
  }

  @Test("a percentage that is midway between floats is rounded once")
  func midway() throws {
    // Just above the midpoint of 16777216 and the next float; the nearest double is the midpoint itself.
    try withFile("x,y\n16777217.0000000001%,1\n") { path in
      let data = try CSV(path: path, target: "y").load()
      #expect(data.inputs.values == [16_777_218])
    }
  }

  @Test("percentages beside text are text", arguments: ["%", "a%", "12%%", "% 12", "1.234,5%"])
  func text(cell: String) throws {
    try withFile("x;y\n12%;1\n\(cell);2\n") { path in
      #expect(throws: GliaError.self) { try CSV(path: path, target: "y").load() }
      let data = try CSV(path: path, target: "y", categories: ["x"]).load()
      #expect(data.inputNames == ["x=12%", "x=\(cell)"].sorted())
    }
  }

  @Test("a column of percentages has a kind of its own")
  func kind() throws {
    try withFile("a,b,c\n10%,1%,5%\n20 %,2,x\nNA,?,7%\n") { path in
      let summary = try TableSummary(of: path)
      #expect(summary.columns.map(\.kind) == [.percent, .percent, .category])
      #expect(summary.columns[0].range == 10...20 && summary.columns[0].missing == 1)
      #expect(
        summary.warnings == [
          "'b' has 1 number without a percent sign, read as percent, too: 0.5 is 0.5 %"
        ], "\(summary.warnings)")
    }
  }

  @Test("a separator at the end of every line is no column", arguments: [",", ";", "\t", " , "])
  func trailing(separator: String) throws {
    let text = [["x", "z", "y", ""], ["1", "2", "a", ""], ["3", "", "b", " "]]
    try withFile(text.map { $0.joined(separator: separator) + "\n" }.joined()) { path in
      let source = CSV(path: path, target: "y", missing: .mean)
      let data = try source.load()
      #expect(data.inputNames == ["x", "z"] && data.inputs.values[0...2] == [1, 2, 3] && data.inputs.values[3].isNaN)
      #expect(try source.load(columns: ["z", "x"]).inputs.values[...1] == [2, 1])
      #expect(try features(of: path, ["x"], like: source).values == [1, 3])
      let summary = try TableSummary(of: path)
      #expect(summary.columns.map(\.name) == ["x", "z", "y"] && summary.brokenRows == 0)
    }
  }
}
