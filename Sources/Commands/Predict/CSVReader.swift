import GliaCore

/// The rows of a CSV file (RFC 4180, UTF-8) one after the other; only the row at hand is in memory.
struct CSVReader {
  /// One row, and the line of the file that it begins on.
  struct Row {
    let line: Int
    let cells: [String]
  }

  private let file: RegularFile
  private let path: String
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let pieceSize = 1 << 18
  /// A file without line ends must not fill the memory.
  private static let longestRow = 1 << 26

  /// Opens a file whose cells are divided by `separator`.
  init(path: String, separator: UInt8 = UInt8(ascii: ",")) throws {
    (self.path, self.separator) = (path, separator)
    file = try RegularFile(path)
    if try peek() == 0xEF, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next row; nil at the end of the file.
  mutating func next() throws -> Row? {
    guard try peek() != nil else { return nil }
    let first = line
    var cells: [String] = []
    var size = 0
    while true {
      let (bytes, isLast) = try cell()
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw failure("the file is not valid UTF-8", first, remedy: "save the file as UTF-8")
      }
      cells.append(text)
      size += bytes.count + 1
      guard size < Self.longestRow else {
        throw failure("a row of more than \(Self.longestRow >> 20) MB", first, remedy: "check that this is a CSV file")
      }
      if isLast { return Row(line: first, cells: cells) }
    }
  }

  /// The bytes of the next cell without its quotes, and whether its row ends with it.
  private mutating func cell() throws -> (bytes: ArraySlice<UInt8>, isLast: Bool) {
    let quoted = try peek() == UInt8(ascii: "\"") ? quotedCell() : nil
    var bytes: ArraySlice<UInt8> = []
    var end: UInt8?
    while end == nil, try peek() != nil {
      let isEnd = { [separator] (byte: UInt8) in
        byte == separator || byte == Self.newline || byte == Self.carriageReturn
      }
      let stop = buffer[position...].firstIndex(where: isEnd) ?? buffer.count
      let piece = buffer[position..<stop]
      // Most cells lie in the buffer as a whole.
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      guard bytes.count < Self.longestRow else {
        throw failure("a cell of more than \(Self.longestRow >> 20) MB", line, remedy: "check that this is a CSV file")
      }
      if stop < buffer.count { end = buffer[stop] }
      position = min(stop + 1, buffer.count)
    }
    if end == Self.carriageReturn, try peek() == Self.newline { position += 1 }
    if end != separator { line += 1 }
    bytes.trim()
    guard let quoted else { return (bytes, end != separator) }
    guard bytes.isEmpty else {
      throw failure("text after a closing quote", line, remedy: "double the quotes inside of cells")
    }
    return (quoted, end != separator)
  }

  /// The bytes of a cell in quotes, up to and with the closing one.
  private mutating func quotedCell() throws -> ArraySlice<UInt8> {
    let (start, quote) = (line, UInt8(ascii: "\""))
    var bytes: ArraySlice<UInt8> = []
    position += 1
    while let byte = try peek(), bytes.count < Self.longestRow {
      position += 1
      if byte == Self.newline { line += 1 }
      if byte == quote {
        guard try peek() == quote else { return bytes }
        position += 1
      }
      bytes.append(byte)
    }
    throw failure("a quote that is never closed", start, remedy: "close it, or double quotes inside of cells")
  }

  private mutating func peek() throws -> UInt8? {
    if position == buffer.count {
      buffer = try file.read(upTo: Self.pieceSize)
      position = 0
    }
    return position < buffer.count ? buffer[position] : nil
  }

  private func failure(_ what: String, _ line: Int, remedy: String) -> GliaError {
    GliaError(what, at: "\(path.excerpt):\(line)", expected: "comma-separated values in UTF-8", remedy: remedy)
  }
}

extension ArraySlice<UInt8> {
  /// Leaves out blanks at both ends.
  fileprivate mutating func trim() {
    while first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { removeFirst() }
    while last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { removeLast() }
  }
}
