import Foundation
import Glia
import Testing

/// Files of random bytes and fragments give either samples or an error message.
struct CSVFuzzTests {
  private static let pieces = [
    ",", ";", "\t", "|", "\n", "\r\n", "\r", "\"", "\"\"", "a", "y", "x1", "0", "-", "?", "NA", "nan", "1e400",
    "1e-400",
    "1,5", "1.234,5", "007", "1.0", "12345678901234567890", "12%", "$5", "2024-05-01", "ä", "\u{FEFF}", "\u{2212}3",
    " ",
    "true", "=", "c=1", "\u{0}", "\u{301}", "🙂", "inf", "e", "+", ".", "99999999999999999999999999999999999999999",
  ]

  private func text(_ random: inout Random) -> [UInt8] {
    var bytes = Array("a,c,x1,y\n1,r,0.5,1\n2,g,,0\n3,r,1e3,1\n".utf8)
    for _ in 0..<random.below(4) {
      let place = random.below(bytes.count + 1)
      switch random.below(4) {
      case 0: bytes.insert(UInt8(truncatingIfNeeded: random.below(256)), at: place)
      case 1: bytes.removeSubrange(min(place, bytes.count)..<min(place + random.below(6), bytes.count))
      default:
        bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)].utf8, at: place)
      }
    }
    return bytes
  }

  @Test func anyFileEndsInSamplesOrInAMessage() throws {
    var random = Random(seed: 11)
    var counts = (read: 0, refused: 0)
    for round in 0..<600 {
      let source = CSV(
        path: "", target: round % 7 == 0 ? ["y", "a"] : "y", weight: round % 5 == 0 ? "x1" : nil,
        categories: round % 4 == 3 ? [] : ["c"], missing: [.drop, .mean, nil][round % 3],
        standardize: round % 2 == 0, separator: [nil, ",", nil, ";"][round / 3 % 4], decimal: round % 5 == 1 ? "," : "."
      )
      try withFile(bytes: text(&random)) { path in
        var source = source
        source.path = path
        do {
          let data = try source.load()
          #expect(data.inputs.values.allSatisfy { $0.isFinite || source.missing == .mean })
          #expect(data.targets.allSatisfy { $0.labels.count == data.count && $0.classes.count <= data.count })
          counts.read += 1
        } catch let error as GliaError {
          #expect(!error.what.isEmpty)
          counts.refused += 1
        }
        do { _ = try features(of: path, ["a", "x1"], like: source) } catch is GliaError {}
      }
    }
    #expect(counts.read > 20 && counts.refused > 20, "\(counts)")
  }
}
