/// The separator of a CSV file, detected from its first lines.
///
/// Among comma, semicolon, tab, and bar, it is the one with which the header contains all required names; among several or
/// none, one with which all lines have equally many cells; among those, the one with the most cells, then the first.
/// Quoted text is ignored.
struct CSVSeparator {
  /// The candidates in order of preference.
  static let common = ",;\t|".utf8.map { $0 }

  private let lines: [[UInt8]]

  /// Creates a detector for `text`, the beginning of a file.
  init(_ text: ArraySlice<UInt8>) {
    var lines: [[UInt8]] = []
    var start = text.startIndex
    var isQuoted = false
    for (index, byte) in zip(text.indices, text) where lines.count < Self.mostLines {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), !isQuoted else { continue }
      if start < index { lines.append(Array(text[start..<index])) }
      start = index + 1
    }
    // The last line may be incomplete unless the file is short.
    if lines.isEmpty || lines.count == 1 && start < text.endIndex { lines.append(Array(text[start...])) }
    self.lines = lines
  }

  private static let mostLines = 50

  /// The separator of a file that should have the columns `wanted`; `own` is preferred, and `point` is excluded.
  func found(wanted: [String], own: UInt8? = nil, point: UInt8) -> UInt8 {
    let candidates = (own.map { [$0] } ?? []) + Self.common.filter { $0 != own && $0 != point }
    var best: (byte: UInt8, score: [Int])?
    for byte in candidates {
      let header = Self.cells(lines.first ?? [], byte)
      let counts = lines.map { Self.count($0, byte) }
      let holdsAll = !wanted.isEmpty && Set(header).isSuperset(of: wanted)
      // One that no line has separates nothing, but one that only other lines have is part of their text.
      let first = counts.first ?? 0
      let isRegular = counts.allSatisfy { $0 == first }
      let score = [holdsAll ? 1 : 0, isRegular ? (first > 0 ? 2 : 1) : first > 0 ? 1 : 0, first]
      if best.map({ $0.score.lexicographicallyPrecedes(score) }) ?? true { best = (byte, score) }
    }
    return best?.byte ?? UInt8(ascii: ",")
  }

  /// Whether the header contains `wanted` when split at `byte`.
  func holds(_ wanted: [String], by byte: UInt8) -> Bool {
    Set(Self.cells(lines.first ?? [], byte)).isSuperset(of: wanted)
  }

  private static func count(_ line: [UInt8], _ separator: UInt8) -> Int {
    var (count, isQuoted) = (0, false)
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if byte == separator, !isQuoted { count += 1 }
    }
    return count
  }

  private static func cells(_ line: [UInt8], _ separator: UInt8) -> [String] {
    var isQuoted = false
    let cells = line.split(omittingEmptySubsequences: false) { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == separator && !isQuoted
    }
    return cells.map { cell in
      let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t")]
      var cell = cell.drop { blanks.contains($0) }
      while let last = cell.last, blanks.contains(last) { cell.removeLast() }
      let text = String(decoding: cell, as: UTF8.self)
      guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
      return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
  }

  /// The separator as written in JSON.
  static func name(of byte: UInt8) -> String { byte == UInt8(ascii: "\t") ? "\\t" : String(UnicodeScalar(byte)) }
}
