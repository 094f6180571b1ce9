import SystemPackage

extension FileDescriptor {
  /// The most bytes that one call reads or writes: some systems refuse more than 2 GB.
  private static var largestChunk: Int { 1 << 30 }

  /// Writes all of `bytes`, however many they are.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    for start in stride(from: 0, to: bytes.count, by: Self.largestChunk) {
      try writeAll(UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(Self.largestChunk)))
    }
  }

  /// Reads until `buffer` is full or the file ends, which a pipe may do bit by bit.
  ///
  /// - Parameters:
  ///   - buffer: Where the bytes go.
  ///   - start: The place in the file of the first one; `nil` to go on where the last reading ended.
  /// - Returns: How many bytes were read.
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
