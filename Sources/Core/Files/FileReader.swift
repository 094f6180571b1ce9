import Foundation

/// Reads whole files.
public enum FileReader {
  /// The bytes of the regular file at `path`.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - limit: The most bytes that are taken into memory.
  /// - Throws: `GliaError` of the category `missingInput` for what is missing, cannot be read or is no regular file (a pipe
  ///   might never end), of the category `description` for a file of more than `limit` bytes.
  public static func bytes(of path: String, limit: Int = 1 << 32) throws -> [UInt8] {
    func failure(_ what: String, remedy: String? = nil) -> GliaError {
      GliaError(
        what, at: path.visible(limit: 4096), expected: "a file that can be read", remedy: remedy,
        category: .missingInput)
    }
    guard SystemCall.accepts(path) else { throw failure("this is not a path") }
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    let file = SystemCall.retrying { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard file >= 0 else { throw failure("cannot be opened: \(SystemCall.reason)") }
    defer { close(file) }

    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure("cannot be read: \(SystemCall.reason)") }
    guard !status.isFolder else { throw failure("this is a folder", remedy: "name a file in it") }
    guard status.isRegular else { throw failure("this is no regular file", remedy: "copy its content to a file first") }
    guard let size = Int(exactly: status.st_size), size <= limit else {
      throw GliaError(
        "the file has \(status.st_size) bytes", at: path.visible(limit: 4096), expected: "at most \(limit) bytes")
    }
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let taken = SystemCall.retrying { read(file, rest.baseAddress, min(rest.count, SystemCall.largestChunk)) }
        guard taken >= 0 else { throw failure("cannot be read: \(SystemCall.reason)") }
        // Someone may have shortened the file meanwhile.
        if taken == 0 { break }
        count += taken
      }
    }
  }
}
