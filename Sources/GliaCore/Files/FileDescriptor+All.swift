import SystemPackage

extension FileDescriptor {
  /// The maximum number of bytes per call: some systems reject more than 2 GB.
  private static var largestChunk: Int { 1 << 30 }

  /// Writes all of `bytes`, whatever their number.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    for start in stride(from: 0, to: bytes.count, by: Self.largestChunk) {
      try writeAll(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(Self.largestChunk)))
    }
  }

  /// Reads until `buffer` is full or the file ends; a pipe may return its data in small pieces.
  ///
  /// - Parameters:
  ///   - buffer: receives the bytes.
  ///   - start: the offset of the first byte in the file; `nil` to continue after the previous read.
  /// - Returns: The number of bytes read.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, from start: Int? = nil) throws -> Int {
    var taken = 0
    while taken < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[taken...].prefix(Self.largestChunk))
      let count =
        if let start { try read(fromAbsoluteOffset: Int64(start + taken), into: rest) } else { try read(into: rest) }
      guard count > 0 else { break }
      taken += count
    }
    return taken
  }
}
