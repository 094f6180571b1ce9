import CZlib

/// A file that is read in chunks and decompressed if it is in gzip format (RFC 1952).
package final class GzipFile {
  private let file: RegularFile
  private let path: String
  private let stream: UnsafeMutablePointer<z_stream>
  private var piece: [UInt8]
  private var position = 0
  private let isCompressed: Bool
  private static let pieceSize = 1 << 18
  /// The maximum compression ratio of Deflate.
  private static let bestRatio = 1032

  /// Opens the file at `path`; if `streams` is true, it may be a pipe, or `-` for standard input.
  package init(_ path: String, streams: Bool = false) throws {
    (file, self.path) = (try RegularFile(path, streams: streams), path)
    piece = try file.read(upTo: Self.pieceSize)
    isCompressed = piece.starts(with: [0x1F, 0x8B])
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // A window of 15 bits, the maximum; adding 16 selects the gzip format.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw failure("cannot be decompressed: zlib reports \(status)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The kind of file that it is if it is a binary one, by its first bytes.
  package var binarySort: String? { isCompressed ? nil : Signature.binarySort(of: piece) }

  /// An upper bound of the decompressed size.
  package var mostBytes: Int {
    guard isCompressed else { return file.size }
    let (bytes, overflow) = file.size.multipliedReportingOverflow(by: Self.bestRatio)
    return overflow ? .max : bytes
  }

  /// Reads some further bytes, as soon as there are any; none at the end.
  package func readSome() throws -> [UInt8] {
    if isCompressed { return try read(Self.pieceSize) }
    defer { position = piece.count }
    return position < piece.count ? Array(piece[position...]) : try file.read(upTo: Self.pieceSize)
  }

  /// Reads the next `count` bytes, or fewer at the end; allocates memory for `count` bytes at once.
  package func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        if position == piece.count { (piece, position) = (try file.read(upTo: Self.pieceSize), 0) }
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[filled..<count])
        if isCompressed {
          guard try inflate(into: rest, &filled) else { return }
        } else {
          guard position < piece.count else { return }
          let taken = min(rest.count, piece.count - position)
          _ = rest.update(fromContentsOf: piece[position..<position + taken])
          (position, filled) = (position + taken, filled + taken)
        }
      }
    }
  }

  private var isBetweenMembers = false

  /// Decompresses the current chunk into `rest`; returns false at the end of the file.
  private func inflate(into rest: UnsafeMutableBufferPointer<UInt8>, _ filled: inout Int) throws -> Bool {
    if position == piece.count {
      guard isBetweenMembers else { throw failure("the compressed file is cut off") }
      return false
    }
    // A gzip file may consist of several concatenated members.
    if isBetweenMembers { inflateReset(stream) }
    let room = min(rest.count, Self.pieceSize)
    let status = piece.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress.map { $0 + position }
      stream.pointee.avail_in = UInt32(input.count - position)
      stream.pointee.next_out = rest.baseAddress
      stream.pointee.avail_out = UInt32(room)
      return CZlib.inflate(stream, Z_NO_FLUSH)
    }
    position = piece.count - Int(stream.pointee.avail_in)
    filled += room - Int(stream.pointee.avail_out)
    isBetweenMembers = status == Z_STREAM_END
    guard status == Z_OK || isBetweenMembers else { throw failure("the compressed file is damaged") }
    return true
  }

  /// The error for an unreadable file.
  package func failure(_ what: String, expected: String = "a plain or gzip-compressed file") -> GliaError {
    GliaError(what, at: path.visible(limit: 4096), expected: expected, remedy: "download the file again")
  }
}
