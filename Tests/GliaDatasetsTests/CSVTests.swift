import Foundation
import Glia
import Testing

/// Reading well-formed files.
struct CSVTests {
  /// Twelve samples of Fisher's iris data (1936), four of each species.
  static let irises = """
    sepal_length,sepal_width,petal_length,petal_width,species
    5.1,3.5,1.4,0.2,setosa
    4.9,3.0,1.4,0.2,setosa
    4.7,3.2,1.3,0.2,setosa
    4.6,3.1,1.5,0.2,setosa
    7.0,3.2,4.7,1.4,versicolor
    6.4,3.2,4.5,1.5,versicolor
    6.9,3.1,4.9,1.5,versicolor
    5.5,2.3,4.0,1.3,versicolor
    6.3,3.3,6.0,2.5,virginica
    5.8,2.7,5.1,1.9,virginica
    7.1,3.0,5.9,2.1,virginica
    6.3,2.9,5.6,1.8,virginica

    """

  @Test func irisesAreRead() throws {
    try withFile(Self.irises, name: "iris.csv") { path in
      let source = CSV(path: path, target: "species", ignore: ["sepal_width"], standardize: true)
      let data = try source.loadUnstandardized()
      #expect(data.name == "iris" && data.count == 12 && source.standardize)
      #expect(data.inputNames == ["sepal_length", "petal_length", "petal_width"])
      #expect(Array(data.inputs[row: 4]) == [7.0, 4.7, 1.4])
      #expect(Array(data.inputs[row: 11]) == [6.3, 5.6, 1.8])
      #expect(data.targets.map(\.name) == ["species"])
      #expect(data.targets[0].classes == ["setosa", "versicolor", "virginica"])
      #expect(data.targets[0].labels[7] == "versicolor" && data.weights == nil)
    }
  }

  @Test(arguments: [
    "\u{FEFF}a,b,c\n1,2,x\n3,4,y\n", "a,b,c\r\n1,2,x\r\n3,4,y\r\n", "a,b,c\r1,2,x\r3,4,y", "a,b,c\n1,2,x\n3,4,y",
    "a,b,c\n1,2,x\n3,4,y\n\n \n\r\n", "a, b ,c\n 1,2 , x\n3,\t4,y \n",
    "\"a\",\"b\",\"c\"\n\"1\",\" 2\",\"x\"\n3,4,\"y\"", "a, \"b\" ,c\n1,2,\t\"x\"\n3 ,4,\"y\" \n",
  ])
  func variantsReadAlike(text: String) throws {
    try withFile(text) { path in
      let data = try CSV(path: path, target: "c").load()
      #expect(data.inputNames == ["a", "b"] && data.inputs.values == [1, 2, 3, 4])
      #expect(data.targets == [Column("c", text: ["x", "y"])])
    }
  }

  @Test func quotedCellsKeepWhatTheyHold() throws {
    let cells = ["plain", "a, b", "5\" disc", "two\nlines", "two\r\nlines", "\"", "Ünï, \"cödé\"", "'"]
    let rows = cells.enumerated().map { "\($0),\"\($1.replacing("\"", with: "\"\""))\"" }
    for lineEnd in ["\n", "\r\n"] {
      let text = (["\"x, \"\"1\"\"\",\"class\""] + rows).joined(separator: lineEnd)
      try withFile(text) { path in
        let data = try CSV(path: path, target: "class").load()
        #expect(data.inputNames == ["x, \"1\""] && data.inputs.values == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(data.targets[0].labels == cells)
      }
    }
  }

  @Test func targetsAreNumbersIfAllAre() throws {
    try withFile("x,a,b,c\n1,1,10,0x10\n2,2.50,2,1\n3,-3e2,ten,2\n") { path in
      let data = try CSV(path: path, target: ["b", "a", "c"]).load()
      #expect(data.inputNames == ["x"])
      #expect(
        data.targets == [
          Column("b", text: ["10", "2", "ten"]), Column("a", numbers: [1, 2.5, -300], written: ["1", "2.50", "-3e2"]),
          Column("c", text: ["0x10", "1", "2"]),
        ])
    }
  }

  @Test func weightsAreReadAside() throws {
    try withFile("x,w,y\n1,0,5\n2,2.5,6\n") { path in
      let data = try CSV(path: path, target: "y", weight: "w").load()
      #expect(data.inputNames == ["x"] && data.weights == [0, 2.5])
    }
  }

  @Test(arguments: [";", "\t", "|", " "])
  func separatorsCanBeChosen(separator: String) throws {
    try withFile("a,y\n1,2\n".replacing(",", with: separator)) { path in
      let data = try CSV(path: path, target: "y", separator: separator).load()
      #expect(data.inputNames == ["a"] && data.inputs.values == [1] && data.targets == [Column("y", [2])])
      #expect(
        try features(of: path, ["y", "a"], like: CSV(path: "", target: "y", separator: separator)).values == [2, 1])
    }
  }

  @Test(
    arguments: [
      ("1", 1), ("-1.5", -1.5), ("+2", 2), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-3", 0.001), ("-0", 0),
      ("0.1", 0.1), ("3.4e38", 3.4e38), ("1e-60", 0), ("007", 7),
    ] as [(String, Float)])
  func numbersAreDecimal(text: String, number: Float) throws {
    try withFile("x\n\(text)\n") { path in
      let features = try features(of: path, ["x"])
      #expect(features.values == [number])
    }
  }

  @Test func predictionReadsOnlyItsColumns() throws {
    try withFile(Self.irises) { path in
      let features = try features(of: path, ["petal_width", "sepal_length"])
      #expect(features.shape == [12, 2])
      #expect(Array(features.values.prefix(4)) == [0.2, 5.1, 0.2, 4.9])
    }
  }

  @Test func relativePathsStartInTheFolder() throws {
    let current = FileManager.default.currentDirectoryPath
    func path(_ path: String, in folder: String) -> String? {
      (CSV(path: path, target: "y").located(in: folder) as? CSV)?.path
    }
    #expect(path("a.csv", in: "/data/set") == "/data/set/a.csv")
    #expect(path("../a.csv", in: "/data") == "/a.csv")
    #expect(path("/a.csv", in: "/data") == "/a.csv")
    #expect(path("a.csv", in: "") == current + "/a.csv")
    #expect(path("a.csv", in: "data") == current + "/data/a.csv")
    try withFile(Self.irises, name: "iris.csv") { full in
      let source = CSV(path: "iris.csv", target: "species").located(in: (full as NSString).deletingLastPathComponent)
      let data = try source.load()
      #expect(data.count == 12)
    }
  }

  @Test func linesAreLearned() throws {
    try withFile(Self.irises, name: "iris.csv") { path in
      let data = try CSV(path: path, target: "species").load()
      let encoded = try data.encoded(for: SparseCategoricalCrossentropy())
      #expect(encoded.classes == ["setosa", "versicolor", "virginica"])
      #expect(encoded.values.values == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    }
  }
}

/// The features of all samples in a file, read as for predictions.
func features(of path: String, _ columns: [String], like source: CSV = CSV()) throws -> Tensor {
  var rows = try CSVFeatureRows(path: path, columns: columns, like: source)
  return try #require(try rows.next(.max)).inputs
}

/// Runs `body` with the path of a file with the given text in a temporary folder.
func withFile(_ text: String, name: String = "data.csv", _ body: (String) throws -> Void) throws {
  try withFile(bytes: Array(text.utf8), name: name, body)
}

/// Runs `body` with the path of a file with the given bytes in a temporary folder.
func withFile(bytes: [UInt8], name: String = "data.csv", _ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("glia-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(bytes).write(to: file)
  try body(file.path)
}
