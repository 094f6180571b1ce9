import GliaCore
import SwiftCSV

/// The text of a CSV file, handed out row by row with line numbers.
///
/// The rows are streamed: the views of SwiftCSV fill up short rows and drop what long ones have too much.
struct CSVFile {
  /// What messages call the file.
  let path: String
  /// The cells of the first row.
  let header: [String]
  private let csv: EnumeratedCSV

  /// Reads a file; throws for one that is missing, too large for memory, not UTF-8 or without balanced quotes.
  init(path: String, separator: Character) throws {
    self.path = path.map { String($0).excerpt }.joined()
    // The text, its cells and the numbers in them are in memory together.
    var bytes = try FileReader.bytes(of: path, limit: Memory.available / 12)
    // SwiftCSV loses an empty last cell without a line end.
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let valid = zip(String(decoding: bytes, as: UTF8.self).utf8, bytes).prefix { $0 == $1 }
      throw GliaError(
        "the file is not valid UTF-8", at: "\(self.path):\(1 + valid.count { $1 == UInt8(ascii: "\n") })",
        expected: "text in UTF-8", remedy: "save the file as UTF-8")
    }
    do {
      csv = try EnumeratedCSV(string: text, delimiter: .character(separator), loadColumns: false, rowLimit: 0)
    } catch { throw Self.unbalancedQuotes(at: "\(self.path):1") }
    header = csv.header
    // SwiftCSV takes a quote that is never closed for one that ends with the file.
    if bytes.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 1 {
      var last = 1
      try forEachRow { line, _ in last = line }
      throw Self.unbalancedQuotes(at: "\(self.path):\(last)")
    }
  }

  /// Calls `body` with the rows after the header, and with the lines they begin on.
  func forEachRow(_ body: (_ line: Int, _ cells: [String]) throws -> Void) throws {
    var line = 2 + Self.lines(of: header)
    var failure: (any Error)?
    withoutActuallyEscaping(body) { body in
      do {
        try csv.enumerateAsArray(startAt: 1, rowLimit: nil) { cells in
          guard failure == nil else { return }
          do { try body(line, cells) } catch { failure = error }
          line += 1 + Self.lines(of: cells)
        }
      } catch { failure = failure ?? Self.unbalancedQuotes(at: "\(path):\(line)") }
    }
    if let failure { throw failure }
  }

  /// How many line ends stand within quoted cells.
  private static func lines(of cells: [String]) -> Int {
    cells.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "\n") } }
  }

  private static func unbalancedQuotes(at place: String) -> GliaError {
    GliaError(
      "the quotes do not balance", at: place,
      expected: #"quotes around whole cells, and two for one inside: "5"" disc""#,
      remedy: "close the quote, or double the one inside")
  }
}
