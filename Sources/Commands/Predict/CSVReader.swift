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
      cells.append(text.trimmed)
      size += bytes.count + 1
      guard size < Self.longestRow else {
        throw failure("a row of more than \(Self.longestRow >> 20) MB", first, remedy: "check that this is a CSV file")
      }
      if isLast { return Row(line: first, cells: cells) }
    }
  }

  /// The bytes of the next cell without its quotes, and whether its row ends with it.
  private mutating func cell() throws -> (bytes: [UInt8], isLast: Bool) {
    var bytes: [UInt8] = []
    let quote = UInt8(ascii: "\"")
    let isQuoted = try peek() == quote
    if isQuoted {
      let start = line
      position += 1
      while true {
        guard let byte = try take(), bytes.count < Self.longestRow else {
          throw failure("a quote that is never closed", start, remedy: "close it, or double quotes inside of cells")
        }
        if byte == quote {
          guard try peek() == quote else { break }
          position += 1
        }
        bytes.append(byte)
      }
    }
    while let byte = try peek() {
      if byte == separator {
        position += 1
        return (bytes, false)
      }
      position += 1
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if byte == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") { position += 1 }
        line += 1
        return (bytes, true)
      }
      guard !isQuoted || byte == UInt8(ascii: " ") else {
        throw failure("text after a closing quote", line, remedy: "double the quotes inside of cells")
      }
      guard bytes.count < Self.longestRow else {
        throw failure("a cell of more than \(Self.longestRow >> 20) MB", line, remedy: "check that this is a CSV file")
      }
      if !isQuoted { bytes.append(byte) }
    }
    return (bytes, true)
  }

  private mutating func peek() throws -> UInt8? {
    if position == buffer.count {
      buffer = try file.read(upTo: Self.pieceSize)
      position = 0
    }
    return position < buffer.count ? buffer[position] : nil
  }

  /// The next byte, inside of quotes.
  private mutating func take() throws -> UInt8? {
    guard let byte = try peek() else { return nil }
    position += 1
    if byte == UInt8(ascii: "\n") { line += 1 }
    return byte
  }

  private func failure(_ what: String, _ line: Int, remedy: String) -> GliaError {
    GliaError(what, at: "\(path.excerpt):\(line)", expected: "comma-separated values in UTF-8", remedy: remedy)
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    return String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
