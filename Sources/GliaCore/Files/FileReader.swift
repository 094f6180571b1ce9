/// Reads whole files.
public enum FileReader {
  /// Returns the bytes of the regular file at `path`.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - limit: the maximum number of bytes to read into memory.
  /// - Throws: `GliaError` of the category `missingInput` if the file is missing, cannot be read or is not a regular file (a
  ///   pipe might never end), of the category `description` if it has more than `limit` bytes.
  public static func bytes(of path: String, limit: Int = 1 << 32) throws -> [UInt8] {
    let file = try RegularFile(path)
    guard file.size <= limit else {
      throw GliaError(
        "the file has \(file.size) bytes", at: path.visible(limit: 4096), expected: "at most \(limit) bytes")
    }
    try Memory.require(floats: file.size / 4, for: "the file", at: path.visible(limit: 4096))
    var bytes = try file.read(upTo: file.size)
    while bytes.count < file.size {
      let piece = try file.read(upTo: file.size - bytes.count)
      // The file may have been truncated in the meantime.
      if piece.isEmpty { break }
      bytes += piece
    }
    return bytes
  }
}
