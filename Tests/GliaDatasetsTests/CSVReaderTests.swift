import Foundation
import Glia
import Testing

/// Edge cases of the reader: chunks, all number formats, truncated and corrupted files.
struct CSVReaderTests {
  /// Compares decimals of all lengths and magnitudes with the standard library's strtof.
  @Test func numbersAreTheNearestFloats() throws {
    var random = Random(seed: 3)
    var texts = (0..<20_000).map { round -> String in
      let digits = (0...random.below(round % 3 == 0 ? 20 : 9)).map { _ in "\(random.below(10))" }.joined()
      let point = random.below(digits.count + 1)
      let exponent = round % 2 == 0 ? "" : "e\(random.below(41) - 30)"
      return (random.below(2) == 0 ? "-" : "") + digits.prefix(point) + "." + digits.dropFirst(point) + exponent
    }
    // Halfway between two floats, and next to it; the ends of the range.
    texts += [
      "16777217", "16777219", "16777217.0000001", "1.000000059604644775390625", "1.00000005960464477539062500001",
      "8388608.5", "3.4028235e38", "1.1754944e-38", "1e-45", "0.00000000000000000000001", "9007199254740993",
      "1.00000017881393432617187499", "00000000000000000000000000000001", "0.30000001192092896", "1e22", "1e-22",
      // The nearest double is halfway between two floats, but the number is not.
      "7.622801058460027e-04", "6.958329305052757e-02", "7.258526086807251e+00", "8.375780582427979e+00",
      "1.859062671661377e+01",
    ]
    try withFile("x\n" + texts.joined(separator: "\n")) { path in
      let values = try features(of: path, ["x"]).values
      #expect(values.count == texts.count)
      for (value, text) in zip(values, texts) {
        #expect(value.bitPattern == Float(text)?.bitPattern, "\(text) \(value)")
      }
    }
  }

  @Test(arguments: ["", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1-", "1 2", "1,", "e", "1e5.0", "0b1", "٣"])
  func otherTextsAreNoNumbers(text: String) throws {
    try withFile("x,y\n\"\(text)\",1\n") { path in
      #expect(throws: GliaError.self) { try features(of: path, ["x"]) }
    }
  }

  /// Cells of every length span the boundaries of the chunks in which a file is read.
  @Test func piecesDoNotShow() throws {
    let cells = (0..<60_000).map { String(repeating: "\($0 % 7)", count: 1 + $0 % 9) }
    let quoted = cells.enumerated().map { $0 % 3 == 0 ? "\"\($1)\r\n\"\"\"" : $1 }
    for offset in 0..<3 {
      let lines = zip(cells, quoted).map { "\($0),\($1)\r\n" }
      try withFile("x,\(String(repeating: "y", count: 1 + offset))\r\n" + lines.joined()) { path in
        let data = try CSV(path: path, target: ColumnNames([String(repeating: "y", count: 1 + offset)])).load()
        #expect(data.inputs.values == cells.compactMap { Float($0) })
        #expect(data.targets[0].labels == cells.enumerated().map { $0 % 3 == 0 ? $1 + "\r\n\"" : $1 })
      }
    }
  }

  @Test func rowsComePieceByPiece() throws {
    try withFile("x\n" + (0..<10).map { "\($0)\n" }.joined() + "\n") { path in
      var rows = try CSVFeatureRows(path: path, columns: [])
      var pieces: [[Float]] = []
      while let piece = try rows.next(4) { pieces.append(piece.inputs.values) }
      #expect(pieces == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    }
  }

  static let sample = "\u{FEFF}\"a\", b ,c,y\r\n1,\"2\",ä,no\r\n3.5,-4e2,\"b,\"\"\n\",yes\r\n,6,ä,no\n\n"

  @Test func filesCutAnywhereEndInAMessageOrInSamples() throws {
    let bytes = Array(Self.sample.utf8)
    var counts = Set<Int>()
    for length in 0...bytes.count {
      try withFile(bytes: Array(bytes[..<length])) { path in
        do {
          let data = try CSV(path: path, target: "y", categories: ["c"], missing: .drop).load()
          #expect(data.inputs.values.starts(with: [1, 2]))
          counts.insert(data.count)
        } catch {
          #expect(error is GliaError)
        }
      }
    }
    #expect(counts == [1, 2])
  }

  @Test func spoiledFilesEndInAMessageOrInSamples() throws {
    var random = Random(seed: 5)
    let interesting = Array("\",\r\n\0 \t=eE+-.019aä".utf8) + [0xFF, 0xC3]
    var failures = 0
    for _ in 0..<1500 {
      var bytes = Array(Self.sample.utf8)
      for _ in 0...random.below(4) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = interesting[random.below(interesting.count)]
        case 1: bytes.insert(interesting[random.below(interesting.count)], at: place)
        default: bytes.remove(at: place)
        }
      }
      try withFile(bytes: bytes) { path in
        do {
          let data = try CSV(path: path, target: "y", categories: ["c"], missing: .mean).load()
          #expect(data.count > 0 && data.inputs.values.allSatisfy { !$0.isInfinite })
        } catch {
          #expect(error is GliaError)
          failures += 1
        }
      }
    }
    #expect(failures > 500)
  }
}
