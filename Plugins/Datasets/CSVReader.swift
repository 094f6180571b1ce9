import GliaCore

/// Reads the rows of a CSV file (RFC 4180, UTF-8) one at a time; only the current row is held in memory.
///
/// Lines end with LF, CRLF, or CR, the last one also with the end of the file. Blanks around a cell are ignored; a quoted
/// cell keeps its contents, with two quotes for one. A byte order mark is skipped.
struct CSVReader {
  /// The name of the file in messages.
  let path: String
  /// The line number at which the current row starts.
  private(set) var line = 0
  /// Whether the current row is a blank line.
  private(set) var isBlank = false
  /// The concatenated cells of the current row.
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var highBits: UInt8 = 0

  private let file: GzipFile
  /// The cell separator.
  private(set) var separator = UInt8(ascii: ",")
  private var buffer: [UInt8] = []
  private var position = 0
  private var nextLine = 1

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")
  /// The maximum length of a row, so that a file without line ends does not exhaust memory.
  private static let longestRow = 1 << 26

  /// Opens a file and determines its separator from its beginning; if `streams` is true, it may be a pipe, or `-` for standard
  /// input.
  init(path: String, streams: Bool = false, separator: (ArraySlice<UInt8>) -> UInt8) throws {
    self.path = streams && path == RegularFile.standardInput ? "standard input" : path.visible(limit: 4096)
    file = try GzipFile(path, streams: streams)
    if let sort = file.binarySort {
      throw GliaError("this is \(sort)", at: self.path, expected: "a CSV file", remedy: Signature.remedy(for: sort))
    }
    if try peek() == 0xEF, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    self.separator = separator(buffer[position...])
  }

  /// The number of cells in the current row.
  var count: Int { ends.count }

  /// The range of a cell in ``bytes``.
  func range(of cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

  /// The text of a cell.
  func text(_ cell: Int) -> String { String(decoding: bytes[range(of: cell)], as: UTF8.self) }

  /// Advances to the next row; returns false at the end of the file.
  mutating func next() throws -> Bool {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    (line, highBits) = (nextLine, 0)
    guard try peek() != nil else { return false }
    var isQuoted = false
    repeat { if try readCell() { isQuoted = true } } while try readSeparator()
    isBlank = ends.count == 1 && bytes.isEmpty && !isQuoted
    // ASCII is always valid UTF-8.
    if highBits >= 0x80, !ends.indices.allSatisfy({ String(validating: bytes[range(of: $0)], as: UTF8.self) != nil }) {
      throw failure("the file is not valid UTF-8", line, remedy: "save the file as UTF-8")
    }
    return true
  }

  /// Reads the cell at the current position up to a separator or line end; returns whether it is quoted.
  private mutating func readCell() throws -> Bool {
    try skipBlanks()
    let isQuoted = try peek() == Self.quote
    if isQuoted {
      try readQuoted()
      try skipBlanks()
      if let byte = try peek(), !endsCell(byte) {
        throw failure("text after a closing quote", nextLine, remedy: "double the quotes inside cells")
      }
    } else {
      while let byte = try peek(), !endsCell(byte) {
        guard byte != Self.quote else {
          throw failure(
            "a quote inside a cell without quotes", nextLine,
            remedy: "put the cell in quotes, and double the quotes inside it")
        }
        append(byte)
      }
      while let last = bytes.last, bytes.count > (ends.last ?? 0), isBlank(last) { bytes.removeLast() }
    }
    ends.append(bytes.count)
    return isQuoted
  }

  /// Reads a quoted cell.
  private mutating func readQuoted() throws {
    let start = nextLine
    position += 1
    while let byte = try peek() {
      if byte == Self.quote {
        position += 1
        guard try peek() == Self.quote else { return }
      } else if byte == Self.newline {
        nextLine += 1
      }
      append(byte)
    }
    throw failure("a quote that is never closed", start, remedy: "close it, or double the quotes inside cells")
  }

  /// Skips the end of a cell; returns false if it ends the row.
  private mutating func readSeparator() throws -> Bool {
    let end = try peek()
    position = min(position + 1, buffer.count)
    if end == separator { return true }
    if end == Self.carriageReturn, try peek() == Self.newline { position += 1 }
    nextLine += 1
    return false
  }

  private mutating func skipBlanks() throws {
    while let byte = try peek(), isBlank(byte) { position += 1 }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    highBits |= byte
    position += 1
  }

  @inline(__always)
  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator || byte == Self.newline || byte == Self.carriageReturn
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte != separator && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
  }

  @inline(__always)
  private mutating func peek() throws -> UInt8? {
    if position == buffer.count { try refill() }
    return position < buffer.count ? buffer[position] : nil
  }

  private mutating func refill() throws {
    guard bytes.count + ends.count < Self.longestRow else {
      throw failure("a row of more than \(Self.longestRow >> 20) MB", line, remedy: "check that this is a CSV file")
    }
    buffer = try file.readSome()
    position = 0
  }

  private func failure(_ what: String, _ line: Int, remedy: String) -> GliaError {
    GliaError(what, at: "\(path):\(line)", expected: "comma-separated values in UTF-8", remedy: remedy)
  }
}
