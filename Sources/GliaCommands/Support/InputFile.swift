import Foundation
import GliaCore
import SystemPackage

/// A file given by the user.
enum InputFile {
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether the file is JSON, judging by its extension or because it begins like a JSON object.
  static func isJSON(_ path: String) throws -> Bool {
    if path.lowercased().hasSuffix(".json") { return true }
    let file = try RegularFile(path)
    let start = try file.read(upTo: 64)
    let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    return text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
  }

  /// Throws if the file at `path` is JSON by its name, which would be read as a damaged table.
  static func requireTable(_ path: String) throws {
    guard path.lowercased().hasSuffix(".json") else { return }
    throw GliaError(
      "a JSON file is not a table", at: path.visible(limit: 4096), expected: "a CSV file",
      remedy: "see an experiment with 'glia describe \(path.visible(limit: 4096))'")
  }

  /// Runs `body` with the path of a file that can be read more than once, and with its name. For standard input (`-`), a
  /// pipe or a device, the path is that of a copy, which is deleted afterwards however the program ends.
  static func withRereadable<Result>(_ path: String, _ body: (_ path: String, _ name: String) throws -> Result) throws
    -> Result
  {
    let isInput = path == RegularFile.standardInput
    let (named, name) = isInput ? ("/dev/stdin", "standard input") : (path, path)
    let type = try? Stat(named).type
    guard isInput || type != nil, type != .regular, type != .directory else { return try body(named, name) }
    let input = try RegularFile(path, streams: true)
    var template = Array("\(NSTemporaryDirectory())/glia-XXXXXX".utf8CString)
    let handle = mkstemp(&template)
    guard handle >= 0 else { throw failure(Errno(rawValue: errno), name) }
    defer { close(handle) }
    let copy = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #if os(Linux)
      unlink(copy)
      let reread = "/proc/self/fd/\(handle)"
    #else
      defer { unlink(copy) }
      let reread = copy
    #endif
    try spool(input, to: FileDescriptor(rawValue: handle), name)
    do { return try body(reread, name) } catch var error as GliaError {
      error.place = error.place?.replacing(reread, with: name)
      throw error
    }
  }

  /// Copies `input`, which must fit in memory.
  private static func spool(_ input: RegularFile, to file: FileDescriptor, _ name: String) throws {
    var size = 0
    while true {
      let piece = try input.read(upTo: 1 << 18)
      guard !piece.isEmpty else { return }
      size += piece.count
      try Memory.require(floats: size / 4, for: "the input", share: 0.25, at: name)
      do { try file.writeAll(piece) } catch { throw failure(error, name) }
    }
  }

  private static func failure(_ reason: any Error, _ name: String) -> GliaError {
    GliaError(
      "cannot write a temporary copy: \(reason)", at: name, expected: "enough disk space",
      remedy: "save the input to a file first", category: .output)
  }
}
