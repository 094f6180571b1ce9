import Foundation
import GliaCore

/// What a file given by the user is.
enum InputFile {
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether the file is meant as JSON: by its name, or because it begins as an object does.
  static func isJSON(_ path: String) throws -> Bool {
    if path.lowercased().hasSuffix(".json") { return true }
    let file = try RegularFile(path)
    let start = try file.read(upTo: 64)
    let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    return text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
  }
}

/// A regular file that is read piece by piece.
final class RegularFile {
  private let handle: Int32
  private let path: String

  /// Opens the file; throws for what is missing, a folder, or no file at all, such as a pipe that might never end.
  init(_ path: String) throws {
    self.path = path
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    handle = path.isEmpty || path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard handle >= 0 else {
      throw Self.failure(
        "cannot be opened: \(path.isEmpty ? "the path is empty" : String(cString: strerror(errno)))", path)
    }
    var status = stat()
    guard fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Self.failure(status.st_mode & S_IFMT == S_IFDIR ? "this is a folder" : "this is no regular file", path)
    }
  }

  deinit { if handle >= 0 { close(handle) } }

  /// The next bytes, at most `limit`; none at the end.
  func read(upTo limit: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var taken: Int
      repeat { taken = Foundation.read(handle, buffer.baseAddress, limit) } while taken < 0 && errno == EINTR
      guard taken >= 0 else { throw Self.failure("cannot be read: \(String(cString: strerror(errno)))", path) }
      count = taken
    }
  }

  private static func failure(_ what: String, _ path: String) -> GliaError {
    GliaError(what, at: path.excerpt, expected: "a file that can be read", category: .missingInput)
  }
}
