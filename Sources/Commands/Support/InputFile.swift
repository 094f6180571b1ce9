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
