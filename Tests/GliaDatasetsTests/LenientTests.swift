import Foundation
import Glia
import Testing

/// Tables as they come: without a header, with empty and unknown categories, Booleans, invalid rows, compressed.
@Suite("Tables as they come")
struct LenientTests {
  private func rows(_ path: String, _ columns: [String], like source: CSV) throws -> CSVFeatureRows {
    try CSVFeatureRows(path: path, columns: columns, like: source)
  }

  @Test("an empty category is a value of its own, except where rows with missing values are dropped")
  func emptyCategory() throws {
    let text = "port,y\nS,1\n,2\nC,3\nnan,4\n\"  \",5\nNA,6\n"
    for missing in [nil, .mean] as [CSV.Missing?] {
      try withFile(text) { path in
        let source = CSV(path: path, target: "y", categories: ["port"], missing: missing)
        let data = try source.load()
        #expect(data.inputNames == ["port=", "port=C", "port=NA", "port=S"])
        #expect(data.inputs.values.indices.filter { data.inputs.values[$0] == 1 } == [3, 4, 9, 12, 16, 22])
        // A model reads the same file alike.
        #expect(try source.load(columns: data.inputNames).inputs == data.inputs)
      }
    }
    try withFile(text) { path in
      let data = try CSV(path: path, target: "y", categories: ["port"], missing: .drop).load()
      #expect(data.inputNames == ["port=C", "port=S"] && data.count == 2)
    }
  }

  @Test("an unknown value is an error with a suggestion, or has none of the known values")
  func unknownCategory() throws {
    try withFile("sex,age,y\nMale,20,1\nmale,30,1\n,40,1\nx,50,1\nx,60,1\n") { path in
      var source = CSV(path: path, target: "y", categories: ["sex"])
      let columns = ["sex=female", "sex=male", "age"]
      let error = try #require(throws: GliaError.self) { _ = try source.load(columns: columns) }
      #expect("\(error)".contains("did you mean 'male'?"), "\(error)")
      source.unknown = .ignore
      let data = try source.load(columns: columns)
      #expect(data.inputs.values == [0, 0, 20, 0, 1, 30, 0, 0, 40, 0, 0, 50, 0, 0, 60])
      #expect(data.warnings == ["4 values of 'sex' are not in the training data, such as 'Male'"])
      var rows = try rows(path, columns, like: source)
      #expect(
        try rows.nextPiece(2)?.count == 2 && rows.note == "1 value of 'sex' is not in the training data, such as 'Male'"
      )
      #expect(try rows.nextPiece(9)?.count == 3 && rows.note?.hasPrefix("4 values of 'sex'") == true)
    }
    #expect(try JSON(part: CSV(path: "a", target: "y", unknown: .ignore))["unknown"] == "ignore")
  }

  @Test("an invalid row does not affect the others")
  func invalidRows() throws {
    try withFile("b,a\n1,2\n,3\n4\n5,x\n6,0.1\n") { path in
      var rows = try rows(path, ["a", "b"], like: CSV(path: path, target: "y"))
      let piece = try #require(try rows.nextPiece(4096))
      #expect(piece.count == 5 && piece.samples?.inputs.values == [2, 1, 0.1, 6])
      #expect(piece.samples?.inputs.rows == 2 && piece.errors.keys.sorted() == [1, 2, 3])
      #expect(piece.errors[1]?.what == "an empty cell" && piece.errors[1]?.place == path + ":3, column 'b'")
      #expect(piece.errors[2]?.what == "a row with 1 cell" && piece.errors[3]?.what == "the text 'x'")
      #expect(try rows.nextPiece(1) == nil)
      var strict = try self.rows(path, ["a", "b"], like: CSV(path: path, target: "y"))
      #expect(throws: GliaError.self) { try strict.next(4096) }
    }
    try withFile("a\nx\ny\n") { path in
      var rows = try rows(path, ["a"], like: CSV(path: path, target: "y"))
      let piece = try #require(try rows.nextPiece(9))
      #expect(piece.samples == nil && piece.errors.count == 2)
    }
  }

  @Test("a file without a header calls its columns column_1, column_2, …")
  func noHeader() throws {
    try withFile("5.1,3.5,setosa\n6,2,virginica\n") { path in
      let source = CSV(path: path, target: "column_3", header: false)
      let data = try source.load()
      #expect(data.inputNames == ["column_1", "column_2"] && data.count == 2 && data.warnings.isEmpty)
      #expect(data.inputs.values == [5.1, 3.5, 6, 2] && data.targets[0].labels == ["setosa", "virginica"])
      var rows = try rows(path, ["column_2"], like: source)
      #expect(try rows.next(9)?.inputs.values == [3.5, 2])
    }
    try withFile("1,2\n3\n") { path in
      let error = try #require(throws: GliaError.self) {
        _ = try CSV(path: path, target: "column_2", header: false).load()
      }
      #expect(error.place == path + ":2" && error.expected == "2, as in the first row")
    }
    try withFile("") { path in
      let error = try #require(throws: GliaError.self) {
        _ = try CSV(path: path, target: "column_1", header: false).load()
      }
      #expect(error.what == "there are no samples")
    }
  }

  @Test(
    "* in an ignored name stands for any characters",
    arguments: [
      (["*_id"], ["a", "id_x", "ab", "day"]), (["a*"], ["x_id", "id_x", "day"]),
      (["*d*y"], ["x_id", "a", "id_x", "ab"]), (["*"], []), (["x_id", "*b*", "a*"], ["id_x", "day"]),
    ])
  func patterns(ignore: [String], left: [String]) throws {
    try withFile("x_id,a,id_x,ab,day,y\n1,2,3,4,5,6\n") { path in
      let source = CSV(path: path, target: "y", ignore: ignore)
      // The target belongs to "*" too, and a column has one role.
      guard ignore != ["*"] else {
        #expect(throws: GliaError.self) { try source.load() }
        return
      }
      let data = try source.load()
      #expect(data.inputNames == left)
    }
    try withFile("a,y\n1,2\n") { path in
      let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y", ignore: ["b*"]).load() }
      #expect(error.what == "no column 'b*', needed as ignore")
    }
  }

  @Test("Booleans are 1 and 0")
  func booleans() throws {
    try withFile("a,b,y\nTrue,yes,1\nfalse,NO,2\n1,Yes,3\n") { path in
      let data = try CSV(path: path, target: "y").load()
      #expect(data.inputs.values == [1, 1, 0, 0, 1, 1])
    }
    try withFile("a,y\nt,1\n") { path in #expect(throws: GliaError.self) { try CSV(path: path, target: "y").load() } }
  }

  @Test("a file compressed with gzip")
  func compressed() throws {
    // gzip.compress(b"a,b,y\n1,2,no\n3,4,yes\n5,6,no\n", mtime=0) in Python
    let packed = "H4sIAAAAAAACA0vUSdKp5DLUMdLJy+cy1jHRqUwt5jLVMQNxAVNeKj4cAAAA"
    let bytes = Array(try #require(Data(base64Encoded: packed)))
    try withFile(bytes: bytes, name: "data.csv.gz") { path in
      let data = try CSV(path: path, target: "y").load()
      #expect(data.inputs.values == [1, 2, 3, 4, 5, 6] && data.targets[0].labels == ["no", "yes", "no"])
    }
    try withFile(bytes: Array(bytes.dropLast(12)), name: "cut.csv.gz") { path in
      let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y").load() }
      #expect(error.what.contains("compressed file"), "\(error)")
    }
  }
}
