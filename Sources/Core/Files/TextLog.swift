import SystemPackage

/// A text file that grows while others read it: every line is there as soon as it was appended.
public struct TextLog: Sendable {
  /// Where the file lies.
  public let path: String

  /// A file at `path` with `text`, in place of what stood there.
  ///
  /// - Throws: ``GliaError`` of the category `output`.
  public init(path: String, beginning text: String) throws {
    self.path = path
    try AtomicFile.write(text, to: path)
  }

  /// Adds `text` at the end, whole or not at all.
  ///
  /// - Throws: ``GliaError`` of the category `output`.
  public func append(_ text: String) throws {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.append, .create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      defer { try? file.close() }
      let length = try file.seek(offset: 0, from: .end)
      do { try file.writeAll(text.utf8) } catch {
        try? file.resize(to: length)
        throw error
      }
    } catch {
      throw GliaError(
        "cannot be written: \(error)", at: path.visible(limit: 4096), expected: "a file that can be written",
        remedy: "make room, or allow writing to it", category: .output)
    }
  }
}
